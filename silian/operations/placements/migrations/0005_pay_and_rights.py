import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_mentors"),
        ("people", "0003_sex"),
        ("placements", "0004_consents_and_self_choices"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="投诉编号")),
                (
                    "code_digest",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="查询码摘要"
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("pay", "报酬未发、少发或转付"),
                                ("hours", "加班、夜班或不让休息"),
                                ("forbidden", "安排禁止的岗位或工作"),
                                ("fees", "收费、押金或扣留证件"),
                                ("safety", "安全保护不到位"),
                                ("harassment", "欺凌、骚扰或侮辱"),
                                ("mismatch", "岗位与专业或协议不符"),
                                ("forced", "强制实习或与毕业证挂钩"),
                                ("agent", "中介、劳务派遣或另签合同"),
                                ("profit", "以实习牟利或指定单位"),
                                ("other", "其他"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="事项",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("school", "学校"),
                            ("education", "教育部门"),
                            ("labour", "人力资源社会保障部门"),
                        ],
                        max_length=10,
                        verbose_name="受理渠道",
                    ),
                ),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="匿名")),
                (
                    "is_name_shown",
                    models.BooleanField(default=False, verbose_name="允许经办人知道姓名"),
                ),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="发生日期")),
                ("text", models.TextField(verbose_name="情况")),
                ("wish", models.CharField(blank=True, max_length=300, verbose_name="诉求")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "待受理"),
                            ("accepted", "办理中"),
                            ("asked", "待补充"),
                            ("resolved", "已办结"),
                            ("appealed", "申请复核"),
                            ("declined", "不予受理"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="filed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("filed_at", models.DateTimeField(verbose_name="提出时间")),
                ("accept_due_at", models.DateTimeField(verbose_name="受理期限")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="受理时间"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="办结期限")),
                (
                    "escalations",
                    models.PositiveSmallIntegerField(default=0, verbose_name="上移次数"),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "属实"),
                            ("partly", "部分属实"),
                            ("unproven", "未能证实"),
                            ("unfounded", "不属实"),
                        ],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("was_late", models.BooleanField(default=False, verbose_name="曾逾期")),
                (
                    "appealed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="复核申请时间"),
                ),
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
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled_complaints",
                        to="organisations.organisation",
                        verbose_name="办理单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "学生投诉",
                "ordering": ["-filed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ComplaintOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origin",
                        to="placements.complaint",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "internship",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="placements.internship",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="学生",
                    ),
                ),
            ],
            options={
                "verbose_name": "投诉人",
            },
        ),
        migrations.CreateModel(
            name="ComplaintStep",
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
                            ("filed", "提出投诉"),
                            ("accepted", "受理"),
                            ("declined", "不予受理"),
                            ("asked", "请求补充"),
                            ("answered", "补充说明"),
                            ("noted", "调查记录"),
                            ("escalated", "逾期上移"),
                            ("resolved", "办结答复"),
                            ("appealed", "申请复核"),
                            ("withdrawn", "撤回"),
                        ],
                        max_length=10,
                        verbose_name="环节",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("is_shown", models.BooleanField(default=True, verbose_name="投诉人可见")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="placements.complaint",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "投诉办理记录",
                "ordering": ["complaint", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ComplaintSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subjects",
                        to="placements.complaint",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "被投诉单位",
            },
        ),
        migrations.CreateModel(
            name="Incident",
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
                            ("injury", "人身伤害"),
                            ("illness", "突发疾病"),
                            ("traffic", "交通事故"),
                            ("safety", "安全生产事故"),
                            ("dispute", "纠纷"),
                            ("missing", "失联"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("minor", "一般"), ("serious", "较重"), ("grave", "重大")],
                        max_length=8,
                        verbose_name="严重程度",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "处置中"),
                            ("reported", "已报告主管部门"),
                            ("closed", "已办结"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="发生时间")),
                ("place", models.CharField(max_length=200, verbose_name="地点")),
                ("description", models.TextField(verbose_name="经过")),
                ("measures", models.TextField(blank=True, verbose_name="已采取措施")),
                (
                    "report_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告主管部门时限"),
                ),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报告时间"),
                ),
                (
                    "claim_number",
                    models.CharField(blank=True, max_length=60, verbose_name="保险报案号"),
                ),
                ("conclusion", models.TextField(blank=True, verbose_name="办结说明")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="报告的主管部门",
                    ),
                ),
                (
                    "internship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="placements.internship",
                        verbose_name="实习",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "实习事件",
                "ordering": ["-happened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PayRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                ("days", models.PositiveSmallIntegerField(verbose_name="当月实习天数")),
                (
                    "monthly_pay",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="约定报酬（元/月）"
                    ),
                ),
                (
                    "due_amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="应得（元）"),
                ),
                ("due_on", models.DateField(verbose_name="应发日")),
                (
                    "paid_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=9, verbose_name="已付（元）"
                    ),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="到账日")),
                (
                    "stated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="单位填报时间"),
                ),
                (
                    "student_answer",
                    models.CharField(
                        choices=[
                            ("none", "未核对"),
                            ("confirmed", "已收到"),
                            ("contrary", "与发放记录不符"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="学生核对",
                    ),
                ),
                (
                    "student_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="学生实收（元）",
                    ),
                ),
                ("student_on", models.DateField(blank=True, null=True, verbose_name="学生实收日")),
                (
                    "student_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bank", "银行转账至学生本人"),
                            ("cash", "现金"),
                            ("goods", "实物或有价证券"),
                            ("third_party", "由第三方转付"),
                        ],
                        max_length=12,
                        verbose_name="学生说明的方式",
                    ),
                ),
                (
                    "student_note",
                    models.CharField(blank=True, max_length=300, verbose_name="学生说明"),
                ),
                (
                    "student_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="核对时间"),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建账时间")),
                (
                    "internship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_records",
                        to="placements.internship",
                        verbose_name="实习",
                    ),
                ),
            ],
            options={
                "verbose_name": "月度报酬",
                "ordering": ["-month", "internship"],
            },
        ),
        migrations.CreateModel(
            name="PayAlarm",
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
                            ("late", "逾期未发"),
                            ("low", "低于协议"),
                            ("below_line", "低于参照线"),
                            ("contrary", "学生反映不符"),
                            ("same_account", "多人同一账户"),
                            ("interval", "发放间隔超过一个月"),
                        ],
                        max_length=14,
                        verbose_name="预警",
                    ),
                ),
                (
                    "gap",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=9, verbose_name="差额（元）"
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("opened_on", models.DateField(verbose_name="发现日")),
                ("authority_at", models.DateTimeField(verbose_name="报主管部门时限")),
                (
                    "told_authority_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报主管部门时间"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="解除时间")),
                (
                    "closing_fact",
                    models.CharField(blank=True, max_length=200, verbose_name="解除依据"),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "internship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_alarms",
                        to="placements.internship",
                        verbose_name="实习",
                    ),
                ),
                (
                    "pay_record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alarms",
                        to="placements.payrecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "报酬预警",
                "ordering": ["opened_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaySheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("rows", models.JSONField(default=list, verbose_name="读到的行")),
                ("good", models.PositiveIntegerField(default=0, verbose_name="可入账行数")),
                ("bad", models.PositiveIntegerField(default=0, verbose_name="有误行数")),
                (
                    "state",
                    models.CharField(
                        choices=[("preview", "待确认"), ("taken", "已入账"), ("dropped", "已放弃")],
                        default="preview",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="入账时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_sheets",
                        to="organisations.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "报酬发放表",
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="StudentAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bank", models.CharField(max_length=80, verbose_name="开户银行")),
                ("holder", models.CharField(max_length=60, verbose_name="户名")),
                ("number_cipher", models.TextField(editable=False, verbose_name="账号密文")),
                (
                    "number_index",
                    models.CharField(editable=False, max_length=64, verbose_name="账号盲索引"),
                ),
                ("number_mask", models.CharField(max_length=30, verbose_name="账号")),
                ("opened_at", models.DateTimeField(verbose_name="启用时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_accounts",
                        to="people.person",
                        verbose_name="学生",
                    ),
                ),
            ],
            options={
                "verbose_name": "报酬账户",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="金额（元）"),
                ),
                ("paid_on", models.DateField(verbose_name="到账日")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("bank", "银行转账至学生本人"),
                            ("cash", "现金"),
                            ("goods", "实物或有价证券"),
                            ("third_party", "由第三方转付"),
                        ],
                        default="bank",
                        max_length=12,
                        verbose_name="支付方式",
                    ),
                ),
                (
                    "payer_name",
                    models.CharField(blank=True, max_length=120, verbose_name="付款户名"),
                ),
                ("stated_at", models.DateTimeField(verbose_name="填报时间")),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="退回时间"),
                ),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="退回原因"),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "pay_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="placements.payrecord",
                        verbose_name="月度报酬",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="placements.paysheet",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="placements.studentaccount",
                        verbose_name="账户",
                    ),
                ),
            ],
            options={
                "verbose_name": "报酬发放",
                "ordering": ["paid_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ViolationCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts", models.TextField(verbose_name="违法事实")),
                (
                    "income",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="违法所得（元）"
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="罚款下限（元）"
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, null=True, verbose_name="罚款上限（元）"
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "调查中"),
                            ("fined", "已作出处罚"),
                            ("dropped", "不予处罚"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "fine",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="罚款（元）",
                    ),
                ),
                (
                    "decision",
                    models.CharField(blank=True, max_length=300, verbose_name="决定文号与说明"),
                ),
                ("opened_at", models.DateTimeField(verbose_name="立案时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结案时间")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="查处机关",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="placements.complaint",
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
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="查处对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "违规查处",
                "ordering": ["-opened_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="巡访日期")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("on_site", "到岗巡访"),
                            ("online", "视频巡访"),
                            ("phone", "电话巡访"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("findings", models.TextField(verbose_name="情况")),
                (
                    "follow_up",
                    models.CharField(blank=True, max_length=300, verbose_name="须跟进事项"),
                ),
                (
                    "follow_up_due_on",
                    models.DateField(blank=True, null=True, verbose_name="跟进期限"),
                ),
                (
                    "follow_up_result",
                    models.CharField(blank=True, max_length=300, verbose_name="跟进结果"),
                ),
                (
                    "followed_up_on",
                    models.DateField(blank=True, null=True, verbose_name="跟进日期"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="填写时间")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="placements.host",
                        verbose_name="实习单位",
                    ),
                ),
                (
                    "internships",
                    models.ManyToManyField(
                        related_name="visits", to="placements.internship", verbose_name="见到的学生"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="巡访教师",
                    ),
                ),
            ],
            options={
                "verbose_name": "巡访",
                "ordering": ["-visited_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("every_days", models.PositiveSmallIntegerField(verbose_name="至少每几天一次")),
                ("set_at", models.DateTimeField(verbose_name="设定时间")),
                (
                    "school",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_setting",
                        to="organisations.organisation",
                        verbose_name="学校",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "巡访频次",
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["handler", "state"], name="complaint_by_handler"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["state", "accept_due_at"], name="complaint_by_clock"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "filed",
                            "accepted",
                            "asked",
                            "resolved",
                            "appealed",
                            "declined",
                            "withdrawn",
                        ],
                    )
                ),
                name="complaint_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["resolved", "declined"]), _negated=True),
                    models.Q(("closed_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="complaint_closed_with_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "asked"]), _negated=True),
                    models.Q(("accepted_at__isnull", False), ("due_at__isnull", False)),
                    _connector="OR",
                ),
                name="complaint_accepted_has_a_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="complaintsubject",
            index=models.Index(fields=["organisation"], name="complaint_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="complaintsubject",
            constraint=models.UniqueConstraint(
                fields=("complaint", "organisation"), name="complaint_subject_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("severity", "minor"), ("report_due_at__isnull", False), _connector="OR"
                ),
                name="incident_grave_has_a_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "reported"), _negated=True),
                    ("reported_at__isnull", False),
                    _connector="OR",
                ),
                name="incident_reported_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(
                        ("closed_at__isnull", False), models.Q(("conclusion", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="incident_closed_with_conclusion",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("severity", "minor"),
                    ("reported_at__isnull", False),
                    _connector="OR",
                ),
                name="incident_not_closed_unreported",
            ),
        ),
        migrations.AddIndex(
            model_name="payrecord",
            index=models.Index(fields=["month", "due_on"], name="pay_by_month"),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.UniqueConstraint(
                fields=("internship", "month"), name="pay_month_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_amount__gte", 0), ("monthly_pay__gte", 0), ("paid_amount__gte", 0)
                ),
                name="pay_amounts_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="pay_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("month"))), name="pay_due_after_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_amount", 0), ("paid_on__isnull", False), _connector="OR"),
                name="pay_paid_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("student_answer", "none"), ("student_at__isnull", False), _connector="OR"
                ),
                name="pay_answer_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="payalarm",
            index=models.Index(fields=["internship", "closed_at"], name="pay_alarm_by_intern"),
        ),
        migrations.AddConstraint(
            model_name="payalarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("internship", "pay_record", "kind"),
                name="pay_alarm_open_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="payalarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(("closing_fact", ""), _negated=True),
                    _connector="OR",
                ),
                name="pay_alarm_closed_by_a_fact",
            ),
        ),
        migrations.AddConstraint(
            model_name="paysheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken")),
                fields=("organisation", "month", "sha256"),
                name="pay_sheet_taken_once",
            ),
        ),
        migrations.AddIndex(
            model_name="studentaccount",
            index=models.Index(fields=["number_index"], name="pay_account_by_number"),
        ),
        migrations.AddConstraint(
            model_name="studentaccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("person",),
                name="pay_account_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="studentaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number_index", ""), _negated=True),
                    models.Q(("number_cipher", ""), _negated=True),
                ),
                name="pay_account_number_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payment_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("method", "bank")), name="payment_by_bank_transfer"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", True),
                    models.Q(("return_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="payment_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="violationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("income__gte", 0)), name="violation_income_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="violationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "fined"), _negated=True),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("fine__isnull", False),
                        models.Q(
                            ("low__isnull", True), ("fine__gte", models.F("low")), _connector="OR"
                        ),
                        models.Q(
                            ("high__isnull", True), ("fine__lte", models.F("high")), _connector="OR"
                        ),
                        models.Q(("decision", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="violation_fined_within_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follow_up", ""), ("follow_up_due_on__isnull", False), _connector="OR"
                ),
                name="visit_follow_up_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("followed_up_on__isnull", True),
                    models.Q(("follow_up_result", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_followed_up_with_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitsetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_days__gte", 1)), name="visit_frequency_positive"
            ),
        ),
    ]
