import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0008_lead_kind"),
        ("organisations", "0005_mentors"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConductCheck",
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
                            ("onboarding", "入驻核查"),
                            ("routine", "日常检查"),
                            ("complaint", "专项检查"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "待检查"),
                            ("correcting", "整改中"),
                            ("handed_in", "待复查"),
                            ("closed", "已办结"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="计划检查日")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="检查日")),
                ("correct_by", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结并公开日")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct_checks",
                        to="organisations.organisation",
                        verbose_name="服务组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "规范运作检查",
                "ordering": ["-due_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ConductPoint",
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
                            ("qualification", "资质和许可与登记一致"),
                            ("prices", "收费标准已公示"),
                            ("contracts", "服务合同写明内容、期限和验收"),
                            ("privacy", "个人信息按约定使用"),
                            ("claims", "宣传与实际相符"),
                            ("complaints", "投诉渠道畅通并有记录"),
                            ("staff", "专职人员在岗"),
                        ],
                        max_length=16,
                        verbose_name="事项",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("passed", "符合"),
                            ("failed", "不符合"),
                            ("not_applicable", "不适用"),
                        ],
                        max_length=14,
                        verbose_name="结果",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="发现的问题")),
                (
                    "correction",
                    models.CharField(blank=True, max_length=500, verbose_name="整改情况"),
                ),
                ("corrected_on", models.DateField(blank=True, null=True, verbose_name="整改日")),
                (
                    "check_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="alliances.conductcheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查事项结果",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="conductcheck",
            index=models.Index(fields=["organisation", "state"], name="conduct_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="conductcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "correcting", "handed_in", "closed"])),
                name="conduct_check_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conductcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "planned"),
                    models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                    _connector="OR",
                ),
                name="conduct_check_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="conductcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["correcting", "handed_in"]), _negated=True),
                    ("correct_by__isnull", False),
                    _connector="OR",
                ),
                name="conduct_check_correction_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="conductcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("closed_on__isnull", False),
                    _connector="OR",
                ),
                name="conduct_check_closed_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="conductcheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("organisation", "kind"),
                name="conduct_check_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="conductpoint",
            constraint=models.UniqueConstraint(
                fields=("check_row", "matter"), name="conduct_point_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="conductpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", "failed"), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="conduct_point_failed_says_what",
            ),
        ),
    ]
