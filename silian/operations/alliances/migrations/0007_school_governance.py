import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0006_ownership_cases"),
        ("organisations", "0005_mentors"),
    ]

    operations = [
        migrations.CreateModel(
            name="GovernanceRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.BooleanField(blank=True, null=True, verbose_name="设有产教融合专门机构"),
                ),
                (
                    "office_name",
                    models.CharField(blank=True, max_length=80, verbose_name="机构名称"),
                ),
                ("office_since", models.DateField(blank=True, null=True, verbose_name="设立日")),
                (
                    "cross_units",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="跨学科教学科研组织"
                    ),
                ),
                (
                    "cross_note",
                    models.CharField(blank=True, max_length=300, verbose_name="跨学科组织说明"),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "school",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="governance",
                        to="organisations.organisation",
                        verbose_name="学校",
                    ),
                ),
            ],
            options={
                "verbose_name": "学校治理档案",
            },
        ),
        migrations.CreateModel(
            name="GovernanceMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organ",
                    models.CharField(
                        choices=[
                            ("council", "理（董）事会"),
                            ("programmes", "专业建设委员会"),
                            ("teaching", "教学工作委员会"),
                            ("cooperation", "校企合作委员会"),
                        ],
                        max_length=12,
                        verbose_name="机构",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="召开日")),
                ("topic", models.CharField(max_length=200, verbose_name="议题")),
                ("decisions", models.TextField(max_length=2000, verbose_name="议定事项")),
                ("people", models.PositiveSmallIntegerField(verbose_name="到会人数")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="alliances.governancerecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "治理机构会议",
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GovernanceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("programmes", "专业设置自主权"),
                            ("staffing", "人事管理自主权"),
                            ("appointments", "教师评聘自主权"),
                            ("income", "收入分配自主权"),
                            ("reform_income", "收入分配配套改革"),
                            ("reform_employment", "企业用人制度配套改革"),
                            ("reform_posts", "学校编制配套改革"),
                            ("reform_research", "教学科研管理配套改革"),
                        ],
                        max_length=20,
                        verbose_name="事项",
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("not_started", "未开展"),
                            ("partly", "部分落实"),
                            ("done", "已落实"),
                        ],
                        max_length=12,
                        verbose_name="落实情况",
                    ),
                ),
                ("evidence", models.CharField(max_length=500, verbose_name="做法和依据")),
                ("told_on", models.DateField(verbose_name="填报日")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="alliances.governancerecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "治理事项落实",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=40, verbose_name="版本")),
                ("approved_by", models.CharField(max_length=120, verbose_name="核准机关")),
                ("approved_on", models.DateField(verbose_name="核准日")),
                ("in_force_on", models.DateField(verbose_name="生效日")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="主要修改")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charters",
                        to="alliances.governancerecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "学校章程版本",
                "ordering": ["-in_force_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GovernanceSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organ",
                    models.CharField(
                        choices=[
                            ("council", "理（董）事会"),
                            ("programmes", "专业建设委员会"),
                            ("teaching", "教学工作委员会"),
                            ("cooperation", "校企合作委员会"),
                        ],
                        max_length=12,
                        verbose_name="机构",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("school", "学校"),
                            ("government", "政府部门"),
                            ("industry", "行业企业"),
                            ("institute", "科研院所"),
                            ("society", "社会组织"),
                            ("community", "社区"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("unit", models.CharField(max_length=120, verbose_name="单位")),
                ("position", models.CharField(max_length=80, verbose_name="职务")),
                ("is_chair", models.BooleanField(default=False, verbose_name="主持")),
                ("starts_on", models.DateField(verbose_name="任期起")),
                ("ends_on", models.DateField(verbose_name="任期止（不含）")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="提前离任日")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="alliances.governancerecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "治理机构席位",
                "ordering": ["organ", "-is_chair", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="governancerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office", True), _negated=True),
                    models.Q(
                        ("office_since__isnull", False),
                        models.Q(("office_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="governance_office_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="governancemeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("people__gt", 0)), name="governance_meeting_attended"
            ),
        ),
        migrations.AddConstraint(
            model_name="governanceitem",
            constraint=models.UniqueConstraint(
                fields=("record", "matter"), name="governance_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="governanceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True),
                name="governance_item_has_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.UniqueConstraint(
                fields=("record", "version"), name="charter_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_force_on__gte", models.F("approved_on"))),
                name="charter_in_force_after_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="governanceseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                name="governance_seat_term_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="governanceseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    ("left_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="governance_seat_left_after_start",
            ),
        ),
    ]
