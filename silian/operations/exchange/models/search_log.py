"""What was searched for: questions kept for days, and lasting counts with nobody in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.foundation.reference.models import Division, Occupation


class SearchNote(models.Model):
    """One question of one asker on one day (检索记录); deleted after ``NOTE_DAYS``.

    ``asker`` is a keyed digest of the organisation, of the person without one, or of a visitor's
    address. It serves to count different askers and leads back to nobody.
    """

    day = models.DateField("日期")
    asker = models.CharField("检索方摘要", max_length=32)
    words = models.CharField("检索词", max_length=80)
    division_code = models.CharField("区划代码", max_length=6, blank=True)
    occupation_code = models.CharField("职业代码", max_length=12, blank=True)
    kind = models.CharField("类别", max_length=24, blank=True)
    side = models.CharField("方向", max_length=6, blank=True)
    total = models.PositiveIntegerField("结果数")

    class Meta:
        verbose_name = "检索记录"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "day",
                    "asker",
                    "words",
                    "division_code",
                    "occupation_code",
                    "kind",
                    "side",
                ],
                name="search_note_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"


class SearchTally(models.Model):
    """How often a term was sought in a region on a day, and how often in vain (检索统计).

    A term stands here only when enough different askers sought it (``FEWEST_ASKERS``), in the
    smallest region where they are enough; all other searches are counted under the empty term.
    """

    day = models.DateField("日期")
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="区划"
    )
    term = models.CharField("检索词", max_length=80, blank=True)
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="职业小类",
    )
    searches = models.PositiveIntegerField("检索次数")
    missed = models.PositiveIntegerField("没有结果的次数")

    class Meta:
        verbose_name = "检索统计"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "division", "term", "occupation"],
                name="search_tally_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(missed__lte=F("searches")), name="search_tally_missed_within"
            ),
        ]
        indexes = [models.Index(fields=["term", "day"], name="search_tally_of_term")]

    def __str__(self) -> str:
        return f"{self.day} {self.term} {self.searches}"
