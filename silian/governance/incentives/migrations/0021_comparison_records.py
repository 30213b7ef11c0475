import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0020_one_table_of_offices"),
        ("organisations", "0005_mentors"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ComparisonList",
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
                            ("insured", "社会保险参保月份"),
                            ("payroll", "个税工资申报月份"),
                            ("death", "死亡日期"),
                            ("prison", "服刑起止"),
                            ("public", "财政供养人员起止"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("authority", models.CharField(max_length=80, verbose_name="出具机关")),
                ("document", models.CharField(max_length=120, verbose_name="文件或系统")),
                ("as_of", models.DateField(verbose_name="数据截至日")),
                ("covers_from", models.DateField(blank=True, null=True, verbose_name="覆盖起始月")),
                (
                    "covers_until",
                    models.DateField(blank=True, null=True, verbose_name="覆盖终止月（不含）"),
                ),
                (
                    "completeness",
                    models.CharField(
                        choices=[
                            ("part", "只列部分人员"),
                            ("employers", "所列单位当月全部人员"),
                            ("region", "本地区单位当月全部人员"),
                        ],
                        default="part",
                        max_length=10,
                        verbose_name="完整性",
                    ),
                ),
                ("kept_until", models.DateField(verbose_name="保存期限（不含）")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                (
                    "content_key",
                    models.CharField(editable=False, max_length=64, verbose_name="内容标识"),
                ),
                ("lines", models.PositiveIntegerField(verbose_name="行数")),
                ("added", models.PositiveIntegerField(verbose_name="写入")),
                ("repeated", models.PositiveIntegerField(verbose_name="表内重复")),
                ("made_at", models.DateTimeField(verbose_name="导入时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                ("deleted_on", models.DateField(blank=True, null=True, verbose_name="删除明细日")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
            ],
            options={
                "verbose_name": "外部比对名单",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ComparisonRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="行号")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("id_number_cipher", models.TextField(editable=False, verbose_name="证件号密文")),
                (
                    "id_number_index",
                    models.CharField(editable=False, max_length=64, verbose_name="证件号盲索引"),
                ),
                ("id_number_mask", models.CharField(max_length=18, verbose_name="证件号")),
                (
                    "employer_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                (
                    "employer_name",
                    models.CharField(blank=True, max_length=120, verbose_name="单位名称"),
                ),
                ("month", models.DateField(blank=True, null=True, verbose_name="月份")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="起始日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="终止日（不含）")),
            ],
            options={
                "verbose_name": "外部比对记录",
                "ordering": ["list", "line"],
            },
        ),
        migrations.AddField(
            model_name="comparisonlist",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.division",
                verbose_name="地区",
            ),
        ),
        migrations.AddField(
            model_name="comparisonlist",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="导入人",
            ),
        ),
        migrations.AddField(
            model_name="comparisonlist",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
                verbose_name="导入单位",
            ),
        ),
        migrations.AddField(
            model_name="comparisonlist",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销人",
            ),
        ),
        migrations.AddField(
            model_name="comparisonrecord",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="records",
                to="incentives.comparisonlist",
                verbose_name="名单",
            ),
        ),
        migrations.AddIndex(
            model_name="comparisonlist",
            index=models.Index(fields=["division", "kind"], name="comparison_list_by_place"),
        ),
        migrations.AddIndex(
            model_name="comparisonlist",
            index=models.Index(fields=["kept_until"], name="comparison_list_by_keeping"),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["insured", "payroll", "death", "prison", "public"])
                ),
                name="comparison_list_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("completeness__in", ["part", "employers", "region"])),
                name="comparison_list_completeness_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "lines",
                        django.db.models.expressions.CombinedExpression(
                            models.F("added"), "+", models.F("repeated")
                        ),
                    )
                ),
                name="comparison_list_loses_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_until__gt", models.F("as_of"))),
                name="comparison_list_kept_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("covers_until__gt", models.F("covers_from")),
                        ("kind__in", ("insured", "payroll")),
                    ),
                    models.Q(
                        models.Q(("kind__in", ("insured", "payroll")), _negated=True),
                        ("covers_from__isnull", True),
                        ("covers_until__isnull", True),
                        ("completeness", "part"),
                    ),
                    _connector="OR",
                ),
                name="comparison_list_covers_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        models.Q(("reason", ""), _negated=True), ("deleted_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="comparison_list_withdrawn_for_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("division", "content_key"),
                name="comparison_list_once",
            ),
        ),
        migrations.AddIndex(
            model_name="comparisonrecord",
            index=models.Index(fields=["id_number_index"], name="comparison_record_by_person"),
        ),
        migrations.AddIndex(
            model_name="comparisonrecord",
            index=models.Index(
                fields=["list", "employer_code", "month"], name="comparison_record_by_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_on__isnull", True),
                        ("month__isnull", False),
                        ("starts_on__isnull", True),
                    ),
                    models.Q(("month__isnull", True), ("starts_on__isnull", False)),
                    _connector="OR",
                ),
                name="comparison_record_month_or_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="comparison_record_period_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("month__isnull", True),
                    models.Q(("employer_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="comparison_record_month_has_employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrecord",
            constraint=models.UniqueConstraint(
                fields=("list", "id_number_index", "employer_code", "month"),
                name="comparison_record_month_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrecord",
            constraint=models.UniqueConstraint(
                fields=("list", "id_number_index", "employer_name", "starts_on"),
                name="comparison_record_period_once",
            ),
        ),
    ]
