import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0005_cooperation_and_forums"),
        ("organisations", "0005_mentors"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnershipCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="案例名称")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("sole", "独资"),
                            ("joint_venture", "合资"),
                            ("cooperative", "合作"),
                            ("purchase", "购买服务"),
                            ("entrusted", "委托管理"),
                            ("shareholding", "股份制、混合所有制"),
                            ("public_aided", "公办民助"),
                            ("private_aided", "民办公助"),
                            ("state_enterprise", "国有企业办学"),
                        ],
                        max_length=16,
                        verbose_name="办学方式",
                    ),
                ),
                (
                    "object",
                    models.CharField(
                        choices=[
                            ("school", "整所学校"),
                            ("college", "产业学院、二级学院"),
                            ("base", "实训基地"),
                            ("innovation", "创新基地"),
                        ],
                        max_length=10,
                        verbose_name="办学对象",
                    ),
                ),
                ("school_name", models.CharField(max_length=120, verbose_name="学校或机构名称")),
                (
                    "legal_person",
                    models.CharField(
                        choices=[
                            ("public", "事业单位法人"),
                            ("non_profit", "非营利性民办学校法人"),
                            ("profit", "营利性民办学校法人"),
                            ("none", "不是独立法人"),
                        ],
                        max_length=10,
                        verbose_name="法人类型",
                    ),
                ),
                (
                    "funding_kept",
                    models.BooleanField(default=False, verbose_name="保留原有经费渠道"),
                ),
                ("funding_channel", models.CharField(max_length=300, verbose_name="经费渠道")),
                ("rights", models.TextField(max_length=2000, verbose_name="各方权利")),
                ("duties", models.TextField(max_length=2000, verbose_name="各方义务")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草拟"),
                            ("applied", "待审核"),
                            ("returned", "退回补正"),
                            ("reviewed", "待批准"),
                            ("refused", "不予批准"),
                            ("approved", "已批准"),
                            ("running", "运行中"),
                            ("ended", "已终止"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="审核期限")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日")),
                (
                    "report_month",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="年度报告月",
                    ),
                ),
                (
                    "report_day",
                    models.PositiveSmallIntegerField(
                        default=31,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(31),
                        ],
                        verbose_name="年度报告日",
                    ),
                ),
                ("running_on", models.DateField(blank=True, null=True, verbose_name="运行日")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日")),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="退回、不予批准或终止的理由"
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownership_cases",
                        to="organisations.organisation",
                        verbose_name="申请单位",
                    ),
                ),
                (
                    "approved_by",
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "企业办学案例",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="EducationPurchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("service", models.CharField(max_length=120, verbose_name="购买内容")),
                ("seats", models.PositiveIntegerField(verbose_name="学位数")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="金额"),
                ),
                ("contract_reference", models.CharField(max_length=80, verbose_name="合同编号")),
                ("plan_basis", models.CharField(max_length=200, verbose_name="符合规划的依据")),
                ("registered_on", models.DateField(verbose_name="登记日")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="购买单位",
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
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="承接单位",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to="alliances.ownershipcase",
                        verbose_name="办学案例",
                    ),
                ),
            ],
            options={
                "verbose_name": "政府购买教育服务",
                "ordering": ["-year", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("students", models.PositiveIntegerField(verbose_name="在校生")),
                (
                    "invested",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="当年投入"),
                ),
                ("summary", models.TextField(max_length=3000, verbose_name="办学情况")),
                ("reported_on", models.DateField(verbose_name="报送日")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="alliances.ownershipcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "办学年度报告",
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="CaseParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "政府"),
                            ("public_school", "公办学校"),
                            ("state_enterprise", "国有企业"),
                            ("private_enterprise", "民营企业"),
                            ("foreign", "外资"),
                            ("social", "社会组织"),
                            ("other", "其他"),
                        ],
                        max_length=18,
                        verbose_name="性质",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="股比"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="alliances.ownershipcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "办学参与方",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseAsset",
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
                            ("land", "土地"),
                            ("capital", "资本"),
                            ("knowledge", "知识"),
                            ("technology", "技术"),
                            ("equipment", "设备"),
                            ("management", "管理"),
                        ],
                        max_length=12,
                        verbose_name="要素",
                    ),
                ),
                ("description", models.CharField(max_length=200, verbose_name="内容")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额"),
                ),
                ("valuer", models.CharField(blank=True, max_length=120, verbose_name="评估机构")),
                (
                    "valuation_number",
                    models.CharField(blank=True, max_length=80, verbose_name="评估报告编号"),
                ),
                ("valued_on", models.DateField(blank=True, null=True, verbose_name="评估基准日")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assets",
                        to="alliances.caseparty",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assets",
                        to="alliances.ownershipcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "投入资产",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("matter", models.CharField(max_length=120, verbose_name="审批事项")),
                ("authority", models.CharField(max_length=120, verbose_name="审批机关")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "待审批"),
                            ("granted", "已批准"),
                            ("refused", "未批准"),
                        ],
                        default="pending",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=80, verbose_name="批文文号")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批复日")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="alliances.ownershipcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "办学审批环节",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="ownershipcase",
            index=models.Index(fields=["division", "state"], name="ownership_case_of_division"),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "applied",
                            "returned",
                            "reviewed",
                            "refused",
                            "approved",
                            "running",
                            "ended",
                        ],
                    )
                ),
                name="ownership_case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "ended", "running"]), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                        ("reviewed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ownership_case_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("reviewed_by__isnull", True),
                    models.Q(("approved_by", models.F("reviewed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ownership_case_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("running",)), _negated=True),
                    ("running_on__isnull", False),
                    _connector="OR",
                ),
                name="ownership_case_running_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True),
                    ("ended_on__isnull", False),
                    _connector="OR",
                ),
                name="ownership_case_ended_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "refused", "ended"]), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="ownership_case_answer_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownershipcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("report_day__range", (1, 31)), ("report_month__range", (1, 12))
                ),
                name="ownership_case_report_day_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="educationpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("seats__gt", 0)),
                name="education_purchase_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="educationpurchase",
            constraint=models.UniqueConstraint(
                fields=("buyer", "contract_reference", "year"), name="education_purchase_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="educationpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("buyer", models.F("provider")), _negated=True),
                name="education_purchase_between_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="casereport",
            constraint=models.UniqueConstraint(
                fields=("case", "year"), name="case_report_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="casereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("invested__gte", 0)), name="case_report_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseparty",
            constraint=models.UniqueConstraint(fields=("case", "name"), name="case_party_once"),
        ),
        migrations.AddConstraint(
            model_name="caseparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share__isnull", True),
                    models.Q(("share__gt", 0), ("share__lte", 100)),
                    _connector="OR",
                ),
                name="case_party_share_within_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseasset",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="case_asset_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseapproval",
            constraint=models.UniqueConstraint(
                fields=("case", "matter"), name="case_approval_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "granted"), _negated=True),
                    models.Q(
                        ("decided_on__isnull", False), models.Q(("reference", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="case_approval_granted_has_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseapproval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_approval_refused_says_why",
            ),
        ),
    ]
