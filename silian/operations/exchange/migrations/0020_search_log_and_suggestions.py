import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0019_no_plain_webhook_secret"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="unmetdemand",
            name="origin",
            field=models.CharField(
                choices=[("organisation", "单位登记"), ("searches", "检索统计")],
                default="organisation",
                max_length=12,
                verbose_name="来由",
            ),
        ),
        migrations.CreateModel(
            name="SearchNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("asker", models.CharField(max_length=32, verbose_name="检索方摘要")),
                ("words", models.CharField(max_length=80, verbose_name="检索词")),
                (
                    "division_code",
                    models.CharField(blank=True, max_length=6, verbose_name="区划代码"),
                ),
                (
                    "occupation_code",
                    models.CharField(blank=True, max_length=12, verbose_name="职业代码"),
                ),
                ("kind", models.CharField(blank=True, max_length=24, verbose_name="类别")),
                ("side", models.CharField(blank=True, max_length=6, verbose_name="方向")),
                ("total", models.PositiveIntegerField(verbose_name="结果数")),
            ],
            options={
                "verbose_name": "检索记录",
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "day",
                            "asker",
                            "words",
                            "division_code",
                            "occupation_code",
                            "kind",
                            "side",
                        ),
                        name="search_note_once_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandSuggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=80, verbose_name="检索词")),
                ("kind", models.CharField(blank=True, max_length=24, verbose_name="类别")),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("demand", "需求"), ("supply", "供给")],
                        max_length=6,
                        verbose_name="方向",
                    ),
                ),
                ("missed", models.PositiveIntegerField(verbose_name="没有结果的次数")),
                ("askers", models.PositiveIntegerField(verbose_name="检索方数")),
                ("first_on", models.DateField(verbose_name="最早一次")),
                ("last_on", models.DateField(verbose_name="最近一次")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "待处理"),
                            ("taken_up", "已登记为需求"),
                            ("dismissed", "不采用"),
                            ("answered", "已能找到"),
                        ],
                        default="suggested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("suggested_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "demand",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion",
                        to="exchange.unmetdemand",
                        verbose_name="登记的需求",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.division",
                        verbose_name="区划",
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.occupation",
                        verbose_name="职业小类",
                    ),
                ),
            ],
            options={
                "verbose_name": "建议需求",
                "indexes": [models.Index(fields=["state", "-missed"], name="suggestion_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["suggested", "taken_up", "dismissed", "answered"])
                        ),
                        name="suggestion_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "suggested")),
                        fields=("term", "division"),
                        name="suggestion_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("demand__isnull", False),
                            models.Q(("state", "taken_up"), _negated=True),
                            _connector="XOR",
                        ),
                        name="suggestion_taken_up_has_demand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_dismissal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("term", models.CharField(blank=True, max_length=80, verbose_name="检索词")),
                ("searches", models.PositiveIntegerField(verbose_name="检索次数")),
                ("missed", models.PositiveIntegerField(verbose_name="没有结果的次数")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.division",
                        verbose_name="区划",
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.occupation",
                        verbose_name="职业小类",
                    ),
                ),
            ],
            options={
                "verbose_name": "检索统计",
                "indexes": [models.Index(fields=["term", "day"], name="search_tally_of_term")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "division", "term", "occupation"),
                        name="search_tally_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missed__lte", models.F("searches"))),
                        name="search_tally_missed_within",
                    ),
                ],
            },
        ),
    ]
