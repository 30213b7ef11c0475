"""Removal proceedings, yearly re-checks, certificates and their numbers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0012_note_leaving_entries"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        ("reviews", "0007_clocks_may_be_open"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="发证日")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="有效期止（不含）"),
                ),
            ],
            options={
                "verbose_name": "证书",
                "ordering": ["recognition", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CertificateSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=20, verbose_name="字头")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最近一号")),
            ],
            options={
                "verbose_name": "证书编号",
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待确认"), ("passed", "合格"), ("failed", "不合格")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "points_before",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, null=True, verbose_name="认定时得分"
                    ),
                ),
                (
                    "points_now",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, null=True, verbose_name="复核得分"
                    ),
                ),
                ("is_met", models.BooleanField(blank=True, null=True, verbose_name="条件仍满足")),
                ("lines", models.JSONField(blank=True, default=list, verbose_name="变化")),
                ("made_at", models.DateTimeField(verbose_name="计算时间")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="复核意见")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                ),
            ],
            options={
                "verbose_name": "年度复核",
                "ordering": ["-year", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "系统建议，待核实"),
                            ("noticed", "已告知，听取陈述"),
                            ("replied", "已陈述，待决定"),
                            ("upheld", "决定取消"),
                            ("dropped", "不予取消"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("exit_code", models.CharField(max_length=40, verbose_name="取消情形")),
                ("facts", models.TextField(max_length=3000, verbose_name="事实与理由")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("years", models.JSONField(blank=True, default=list, verbose_name="未完成年度")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "noticed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="告知时间"),
                ),
                ("reply_by", models.DateField(blank=True, null=True, verbose_name="陈述期限")),
                ("reply", models.TextField(blank=True, max_length=3000, verbose_name="陈述申辩")),
                (
                    "replied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="陈述时间"),
                ),
                (
                    "decision",
                    models.TextField(blank=True, max_length=3000, verbose_name="决定理由"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="决定时间"),
                ),
            ],
            options={
                "verbose_name": "取消认定程序",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="recognitionact",
            name="cure",
            field=models.TextField(blank=True, max_length=2000, verbose_name="整改要求"),
        ),
        migrations.AddField(
            model_name="recognitionact",
            name="cure_by",
            field=models.DateField(blank=True, null=True, verbose_name="整改期限"),
        ),
        migrations.AddConstraint(
            model_name="recognitionact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "warn"), _negated=True),
                    models.Q(models.Q(("cure", ""), _negated=True), ("cure_by__isnull", False)),
                    _connector="OR",
                ),
                name="recognition_warning_says_cure",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognitionact",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="recognition_act_has_reason"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="act",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="reviews.recognitionact",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="document",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="reviews.recognition",
            ),
        ),
        migrations.AddField(
            model_name="certificateseries",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.division",
            ),
        ),
        migrations.AddField(
            model_name="recheck",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recheck",
            name="duty",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recheck",
                to="reviews.duty",
            ),
        ),
        migrations.AddField(
            model_name="recheck",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rechecks",
                to="reviews.recognition",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="act",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="removal",
                to="reviews.recognitionact",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="removals",
                to="reviews.recognition",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="replied_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="certificateseries",
            constraint=models.UniqueConstraint(
                fields=("prefix", "division", "year"), name="certificate_series_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.UniqueConstraint(
                fields=("recognition", "year"), name="recheck_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "passed", "failed"])),
                name="recheck_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(
                        models.Q(("note", ""), _negated=True),
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="recheck_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["noticed", "replied", "suggested"])),
                fields=("recognition",),
                name="removal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["suggested", "noticed", "replied", "upheld", "dropped"])
                ),
                name="removal_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["suggested", "dropped"]),
                    models.Q(
                        ("noticed_at__isnull", False),
                        ("proposed_by__isnull", False),
                        ("reply_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="removal_heard_after_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="removal_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act__isnull", False), ("state", "upheld")),
                    models.Q(models.Q(("state", "upheld"), _negated=True), ("act__isnull", True)),
                    _connector="OR",
                ),
                name="removal_upheld_has_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="removal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["noticed", "replied", "suggested"]),
                    models.Q(
                        models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="removal_decided_has_reason",
            ),
        ),
    ]
