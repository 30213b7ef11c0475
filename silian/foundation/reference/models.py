"""Classifications: divisions, industries, occupations and majors, by edition."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.foundation.reference.choices import (
    Catalogue,
    ChangeKind,
    Confidence,
    CrosswalkBasis,
    DivisionKind,
    EducationLevel,
    UploadState,
)


class CatalogueVersion(models.Model):
    """One edition of a classification (目录版本)."""

    catalogue = models.CharField("目录", max_length=12, choices=Catalogue.choices)
    edition = models.CharField("版本", max_length=20)
    title = models.CharField("名称", max_length=120)
    source = models.CharField("来源", max_length=200, blank=True)
    valid_from = models.DateField("启用日")
    valid_to = models.DateField("停用日（不含）", null=True, blank=True)
    loaded_at = models.DateTimeField("载入时间", auto_now=True)

    class Meta:
        verbose_name = "目录版本"
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "edition"], name="catalogue_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"


class EntryQuerySet(models.QuerySet):
    """The vocabulary of all classifications."""

    def in_force(self, *, on: datetime.date) -> EntryQuerySet:
        """Entries whose half-open period ``[valid_from, valid_to)`` holds the day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        )

    def current(self) -> EntryQuerySet:
        """Entries that nothing has ended."""
        return self.filter(valid_to__isnull=True)

    def at_level(self, level: int) -> EntryQuerySet:
        """Entries that stand at ``level``, those that span several levels included."""
        return self.filter(Q(level=level) | Q(level__lt=level, bottom_level__gte=level))

    def below(self, key: str) -> EntryQuerySet:
        """The entry ``key`` and everything under it."""
        return self.filter(path__contains=[key])


class Entry(models.Model):
    """What all classifications share: a code with a name, a parent and a place in time.

    ``code`` is a string, with leading zeros and letters. ``path`` holds the codes of all
    ancestors and the entry itself, so that a subtree is one array test. An entry that the official
    list prints at several levels (441900 as city and as county) spans ``level`` to
    ``bottom_level``.
    """

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60, blank=True)
    pinyin = models.CharField("拼音", max_length=300, blank=True)
    initials = models.CharField("拼音首字母", max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    level = models.PositiveSmallIntegerField("层级")
    bottom_level = models.PositiveSmallIntegerField("最低层级", default=0)
    path = ArrayField(models.CharField(max_length=16), default=list)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_to = models.DateField("停用日（不含）", null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What identifies the entry in paths, addresses and crosswalks."""
        return str(self.pk)

    @property
    def label(self) -> str:
        """The name that is clear without its parents."""
        return self.name

    def is_in_force(self, *, on: datetime.date) -> bool:
        starts, ends = self.valid_from, self.valid_to
        return (starts is None or starts <= on) and (ends is None or on < ends)


class Division(Entry):
    """An administrative division (行政区划). Basis: GB/T 2260."""

    code = models.CharField("代码", max_length=6, primary_key=True)
    kind = models.CharField(
        "性质", max_length=14, choices=DivisionKind.choices, default=DivisionKind.REGULAR
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "行政区划"
        indexes = [models.Index(fields=["parent"], name="division_by_parent")]

    @property
    def label(self) -> str:
        """The name, marked when the division exists for demonstration only."""
        return f"{self.name}（演示）" if self.is_demonstration else self.name

    @property
    def is_demonstration(self) -> bool:
        return self.kind == DivisionKind.DEMONSTRATION


class Industry(Entry):
    """A class of economic activity (国民经济行业). Basis: GB/T 4754-2017 with amendment 1."""

    code = models.CharField("代码", max_length=4, primary_key=True)
    section = models.CharField("门类", max_length=1)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "国民经济行业"
        verbose_name_plural = "国民经济行业"


class Occupation(Entry):
    """An occupation (职业). Basis: 《中华人民共和国职业分类大典（2022年版）》."""

    code = models.CharField("代码", max_length=12, primary_key=True)
    is_digital = models.BooleanField("数字职业", default=False)
    is_green = models.BooleanField("绿色职业", default=False)
    is_name_missing = models.BooleanField("名称待补", default=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "职业"


class Major(Entry):
    """A major of vocational education (专业), keyed by edition and code because codes recur.

    Basis: 《职业教育专业目录（2021年）》. ``code`` alone is ambiguous between editions: 510102 was
    an agricultural major in 2015 and is an electronic one since 2021. The key is ``2021:510102``.
    """

    id = models.CharField("键", max_length=20, primary_key=True)
    code = models.CharField("专业代码", max_length=8)
    education_level = models.CharField("层次", max_length=12, choices=EducationLevel.choices)
    is_state_controlled = models.BooleanField("国家控制布点", default=False)
    version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="majors")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "专业"
        indexes = [models.Index(fields=["code"], name="major_by_code")]

    @property
    def printed_code(self) -> str:
        """The code as the catalogue prints it, with K for state-controlled majors."""
        return f"{self.code}K" if self.is_state_controlled else self.code

    @property
    def label(self) -> str:
        """The name with its level of schooling: the same name recurs at several levels."""
        return f"{self.name}（{self.get_education_level_display()}）"


class Change(models.Model):
    """A dated change of one entry (目录变更)."""

    catalogue = models.CharField("目录", max_length=12, choices=Catalogue.choices)
    key = models.CharField("代码", max_length=20)
    kind = models.CharField("变更", max_length=8, choices=ChangeKind.choices)
    happened_on = models.DateField("变更日")
    name = models.CharField("名称", max_length=120)
    former_name = models.CharField("原名称", max_length=120, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "目录变更"
        ordering = ["-happened_on", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "key", "kind", "happened_on"], name="catalogue_change_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()} {self.name}"


class Crosswalk(models.Model):
    """A link from an entry of one catalogue to an entry of another, or of the same (对应关系)."""

    source_catalogue = models.CharField("来源目录", max_length=12, choices=Catalogue.choices)
    source_key = models.CharField("来源代码", max_length=20)
    target_catalogue = models.CharField("目标目录", max_length=12, choices=Catalogue.choices)
    target_key = models.CharField("目标代码", max_length=20)
    weight = models.DecimalField("权重", max_digits=5, decimal_places=4, default=1)
    basis = models.CharField("依据", max_length=16, choices=CrosswalkBasis.choices)
    document = models.CharField("文件或说明", max_length=200, blank=True)
    confidence = models.CharField("可信程度", max_length=10, choices=Confidence.choices)
    reviewed_by = models.CharField("复核人", max_length=60, blank=True)
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)

    class Meta:
        verbose_name = "对应关系"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "source_catalogue",
                    "source_key",
                    "target_catalogue",
                    "target_key",
                    "basis",
                ],
                name="crosswalk_link_once",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=1), name="crosswalk_weight_a_share"
            ),
        ]
        indexes = [
            models.Index(fields=["target_catalogue", "target_key"], name="crosswalk_by_target")
        ]

    def __str__(self) -> str:
        return f"{self.source_key} → {self.target_key}"


class CatalogueUpload(models.Model):
    """An official file on its way into a catalogue, waiting for a second look (目录文件)."""

    catalogue = models.CharField("目录", max_length=12, choices=Catalogue.choices)
    edition = models.CharField("版本", max_length=20)
    title = models.CharField("名称", max_length=120)
    source = models.CharField("来源", max_length=200, blank=True)
    valid_from = models.DateField("启用日")
    file_name = models.CharField("文件名", max_length=200)
    content = models.TextField("内容")
    state = models.CharField(
        "状态", max_length=10, choices=UploadState.choices, default=UploadState.PENDING
    )
    uploaded_by = models.CharField("上传人", max_length=60)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "目录文件"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UploadState.values), name="catalogue_upload_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"

    @property
    def state_choice(self) -> UploadState:
        return UploadState(self.state)
