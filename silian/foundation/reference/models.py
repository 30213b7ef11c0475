"""Classifications: divisions, industries, occupations and majors, by edition."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from silian.foundation.reference.choices import Catalogue


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


class Entry(models.Model):
    """What all classifications share: a code with a name, a parent and a place in time.

    ``code`` is a string, with leading zeros and letters. ``path`` holds the codes of all
    ancestors and the entry itself, so that a subtree is one array test.
    """

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60, blank=True)
    pinyin = models.CharField("拼音", max_length=300, blank=True)
    initials = models.CharField("拼音首字母", max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    level = models.PositiveSmallIntegerField("层级")
    path = ArrayField(models.CharField(max_length=16), default=list)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_to = models.DateField("停用日（不含）", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Division(Entry):
    """An administrative division (行政区划). Basis: GB/T 2260."""

    code = models.CharField("代码", max_length=6, primary_key=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "行政区划"
        indexes = [models.Index(fields=["parent"], name="division_by_parent")]


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
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "职业"


class Major(Entry):
    """A major of vocational education (专业), keyed by edition and code because codes recur.

    Basis: 《职业教育专业目录（2021年）》. ``code`` alone is ambiguous between editions.
    """

    id = models.CharField("键", max_length=20, primary_key=True)
    code = models.CharField("专业代码", max_length=8)
    education_level = models.CharField("层次", max_length=12)
    is_state_controlled = models.BooleanField("国家控制布点", default=False)
    version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="majors")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "专业"
        indexes = [models.Index(fields=["code"], name="major_by_code")]
