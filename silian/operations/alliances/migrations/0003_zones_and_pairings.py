import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0002_agendas_posts_and_escalations"),
        ("organisations", "0005_mentors"),
        ("programmes", "0003_approved_plans_stay"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IndustrialZone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "国家级"),
                            ("provincial", "省级"),
                            ("municipal", "市县级"),
                        ],
                        max_length=12,
                        verbose_name="级别",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"
                    ),
                ),
                ("founded_on", models.DateField(verbose_name="设立日")),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="撤销日（不含）"),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="organisations.organisation",
                        verbose_name="管理机构",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.division",
                        verbose_name="地区",
                    ),
                ),
                (
                    "industries",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="reference.industry",
                        verbose_name="主导产业",
                    ),
                ),
            ],
            options={
                "verbose_name": "产业集聚区",
                "ordering": ["division", "name"],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("zone_school", "集聚区与院校对口合作"),
                            ("county_aid", "结对帮扶"),
                            ("counterpart", "对口支援"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "agreement_reference",
                    models.CharField(blank=True, max_length=80, verbose_name="协议编号"),
                ),
                ("starts_on", models.DateField(verbose_name="起始日")),
                ("ends_on", models.DateField(verbose_name="终止日（不含）")),
                ("plan", models.TextField(max_length=2000, verbose_name="合作计划")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待确认"),
                            ("running", "实施中"),
                            ("returned", "已退回"),
                            ("ended", "已结束"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_at", models.DateTimeField(verbose_name="答复期限")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=300, verbose_name="退回或结束的理由"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.division",
                        verbose_name="地区",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.division",
                        verbose_name="帮扶方",
                    ),
                ),
                (
                    "programmes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="programmes.programme",
                        verbose_name="共建专业",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="提出单位",
                    ),
                ),
                (
                    "proposed_by_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="organisations.organisation",
                        verbose_name="院校",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="alliances.industrialzone",
                        verbose_name="产业集聚区",
                    ),
                ),
            ],
            options={
                "verbose_name": "结对",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PairingAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="行动")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="成效")),
                (
                    "people",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="受益人数"),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="alliances.pairing",
                    ),
                ),
            ],
            options={
                "verbose_name": "结对行动",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="industrialzone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True)),
                fields=("division", "name"),
                name="industrial_zone_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="industrialzone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="industrial_zone_point_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="industrialzone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("closed_on__gte", models.F("founded_on")),
                    _connector="OR",
                ),
                name="industrial_zone_life_ordered",
            ),
        ),
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(fields=["zone", "state"], name="pairing_of_zone"),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "running", "returned", "ended"])),
                name="pairing_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("helper__isnull", True),
                        ("kind", "zone_school"),
                        ("school__isnull", False),
                        ("zone__isnull", False),
                    ),
                    models.Q(
                        ("helper__isnull", False),
                        ("kind__in", ["county_aid", "counterpart"]),
                        ("zone__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="pairing_names_its_sides",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("helper__isnull", True),
                    models.Q(("helper", models.F("division")), _negated=True),
                    _connector="OR",
                ),
                name="pairing_of_two_places",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="pairing_period_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True),
                    models.Q(("ended_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pairing_ended_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="pairing_returned_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "running"])),
                fields=("zone", "school"),
                name="pairing_of_zone_and_school_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("helper__isnull", False), ("state__in", ["proposed", "running"])
                ),
                fields=("kind", "helper", "division"),
                name="pairing_of_places_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairingaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__isnull", True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="pairing_action_done_has_result",
            ),
        ),
    ]
