"""Tables of the kernel: audit trail, files, jobs, handlers, working days, counters, search."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from silian.foundation.kernel.choices import ENDED_JOB_STATES, JOB_TONES, JobState


class AuditEntry(models.Model):
    """One act, kept for ever (审计记录). The database refuses to change or delete it.

    Basis: 《网络安全法》第二十一条（三）: logs are kept for at least six months.
    """

    happened_at = models.DateTimeField("时间", auto_now_add=True)
    actor_id = models.BigIntegerField("用户编号", null=True)
    actor_name = models.CharField("操作人", max_length=60)
    organisation_id = models.BigIntegerField("单位编号", null=True)
    organisation_name = models.CharField("单位", max_length=120, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=80)
    object_type = models.CharField("对象类型", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    division = models.CharField("行政区划", max_length=6, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-happened_at"], name="audit_by_actor"),
            models.Index(fields=["-happened_at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.object_label}"


class AuditLink(models.Model):
    """The place of an entry in the hash chain (审计链), written by the database at commit."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    sequence = models.BigIntegerField("序号", unique=True)
    previous_hash = models.CharField("前一散列", max_length=64)
    hash = models.CharField("散列", max_length=64)

    class Meta:
        verbose_name = "审计链"

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"


class StoredFile(models.Model):
    """A file that belongs to a subject (文件). Its content lies under its own sha256.

    ``object_type`` and ``object_id`` name the subject; its module decides who may read.
    """

    object_type = models.CharField("对象类型", max_length=60)
    object_id = models.CharField("对象编号", max_length=40)
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    uploaded_by_id = models.BigIntegerField("上传人编号", null=True)
    uploaded_by_name = models.CharField("上传人", max_length=60)
    organisation_id = models.BigIntegerField("上传单位编号", null=True)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "文件"
        indexes = [models.Index(fields=["object_type", "object_id"], name="file_by_object")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """Long work that its starter may leave and find again (后台任务)."""

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("标题", max_length=120)
    arguments = models.JSONField("参数", default=dict)
    actor_id = models.BigIntegerField("发起人编号", null=True)
    actor_name = models.CharField("发起人", max_length=60)
    organisation_id = models.BigIntegerField("单位编号", null=True)
    organisation_name = models.CharField("单位", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    total = models.BigIntegerField("总数", null=True)
    done = models.BigIntegerField("已办", default=0)
    message = models.CharField("进展", max_length=200, blank=True)
    result_url = models.CharField("结果页面", max_length=300, blank=True)
    result_file = models.ForeignKey(
        StoredFile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="结果文件",
        related_name="+",
    )
    failure = models.CharField("未完成的原因", max_length=500, blank=True)
    cancel_requested = models.BooleanField("已请求取消", default=False)
    created_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "后台任务"
        indexes = [models.Index(fields=["actor_id", "-id"], name="job_by_actor")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED_JOB_STATES), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED_JOB_STATES)) & Q(ended_at__isnull=True)),
                name="job_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(done__gte=0) & (Q(total__isnull=True) | Q(total__gte=0)),
                name="job_counts_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title under the name that the progress component asks for."""
        return self.title

    @property
    def tone(self) -> str:
        """How the state badge looks."""
        return JOB_TONES[JobState(self.state)]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED_JOB_STATES

    @property
    def percent(self) -> int | None:
        """Whole percent done, or None while the total is unknown."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)


class HandlerFailure(models.Model):
    """One failed attempt of a queued job and why it failed (处理失败记录)."""

    queue_job_id = models.BigIntegerField("队列编号", db_index=True)
    attempt = models.PositiveIntegerField("第几次")
    error = models.CharField("错误", max_length=500)
    trace = models.TextField("详细", blank=True)
    failed_at = models.DateTimeField("失败时间", auto_now_add=True)

    class Meta:
        verbose_name = "处理失败记录"

    def __str__(self) -> str:
        return f"{self.queue_job_id} 第 {self.attempt} 次：{self.error}"


class WorkingDayOverride(models.Model):
    """A date whose kind differs from the built-in calendar (工作日调整).

    Basis: 《全国年节及纪念日放假办法》; each year's arrangement is a notice of the State Council.
    """

    date = models.DateField("日期", unique=True)
    is_working = models.BooleanField("是工作日")
    basis = models.CharField("依据", max_length=200)
    entered_by_name = models.CharField("登记人", max_length=60)
    entered_at = models.DateTimeField("登记时间", auto_now=True)

    class Meta:
        verbose_name = "工作日调整"

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {'工作日' if self.is_working else '休息日'}"


class RateWindow(models.Model):
    """How often one caller used one door within one window of time (频次)."""

    key = models.CharField("计数对象", max_length=64)
    window = models.BigIntegerField("时段")
    count = models.PositiveIntegerField("次数", default=1)
    expires_at = models.DateTimeField("到期", db_index=True)

    class Meta:
        verbose_name = "频次"
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_window_once")]

    def __str__(self) -> str:
        return f"{self.key[:12]} {self.count}"


class IdempotencyRecord(models.Model):
    """The answer once given to a request, repeated when the request is (幂等记录)."""

    caller = models.CharField("调用方", max_length=80)
    key = models.CharField("幂等键", max_length=80)
    fingerprint = models.CharField("请求散列", max_length=64)
    status = models.PositiveSmallIntegerField("状态码")
    body = models.JSONField("应答")
    created_at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "幂等记录"
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class SearchEntry(models.Model):
    """A row as the search sees it (检索条目): its words, and its facts packed for counting.

    It holds nothing that the row does not, so losing it costs ``silian search rebuild``. ``record``
    is laid out in ``search.records``; the columns beside it serve the orders of long results.
    """

    subject = models.CharField("对象", max_length=16)
    object_id = models.BigIntegerField("编号")
    vector = SearchVectorField("词与筛选项")
    record = models.BinaryField("要素")
    published_at = models.DateTimeField("发布时间")
    pay = models.DecimalField("价格上限", max_digits=14, decimal_places=2, null=True)
    starts_on = models.DateField("开始日", null=True)

    class Meta:
        verbose_name = "检索条目"
        constraints = [
            models.UniqueConstraint(fields=["subject", "object_id"], name="search_entry_once")
        ]
        indexes = [
            GinIndex(fields=["vector"], name="kernel_search_words"),
            models.Index(fields=["-published_at", "-id"], name="kernel_search_newest"),
            models.Index(
                F("pay").desc(),
                F("id").desc(),
                name="kernel_search_price",
                condition=Q(pay__isnull=False),
            ),
            models.Index(
                fields=["starts_on", "-id"],
                name="kernel_search_starts",
                condition=Q(starts_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.object_id}"


class SearchValue(models.Model):
    """The short code of a filter's values as records carry it (筛选值).

    Of a tree ``values`` is the whole path, top first, so that counting a code counts all above it.
    """

    name = models.CharField("筛选项", max_length=16)
    values = ArrayField(models.CharField(max_length=80), verbose_name="值")
    code = models.PositiveIntegerField("代号")

    class Meta:
        verbose_name = "筛选值"
        constraints = [
            models.UniqueConstraint(fields=["name", "values"], name="search_value_once"),
            models.UniqueConstraint(fields=["name", "code"], name="search_value_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {'/'.join(self.values)}"


class SearchChange(models.Model):
    """A row whose document an engine outside the database has still to learn of (待送检索)."""

    subject = models.CharField("对象", max_length=16)
    object_id = models.BigIntegerField("编号")
    changed_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "待送检索"

    def __str__(self) -> str:
        return f"{self.subject} {self.object_id}"


class SearchBuild(models.Model):
    """How far the rebuilding of a subject's index has come (检索重建)."""

    subject = models.CharField("对象", max_length=16, primary_key=True)
    last_id = models.BigIntegerField("已到编号", default=0)
    done = models.BigIntegerField("已办", default=0)
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "检索重建"

    def __str__(self) -> str:
        return f"{self.subject} {self.done}"


class SearchTerm(models.Model):
    """A word of what everybody may read, and in how many documents it stands (检索词).

    Only what corrects and completes a search reads it; whether something can be found at all is
    asked of the index each time.
    """

    word = models.CharField("词", max_length=40, primary_key=True)
    documents = models.PositiveIntegerField("条数")

    class Meta:
        verbose_name = "检索词"

    def __str__(self) -> str:
        return f"{self.word} {self.documents}"
