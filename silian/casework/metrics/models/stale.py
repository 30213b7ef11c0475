"""What must be counted again."""

from __future__ import annotations

from django.db import models


class StaleMark(models.Model):
    """A metric whose values of a division no longer hold from a day on (待重算).

    ``division`` empty means every division, ``until`` None up to today. ``touched`` is the
    division of the row that changed; every division above it is counted again.
    """

    metric_code = models.CharField("指标代码", max_length=80)
    touched = models.CharField("变动所在区划", max_length=6, blank=True)
    since = models.DateField("起始日")
    until = models.DateField("截止日", null=True, blank=True)
    marked_at = models.DateTimeField("标记时间")

    class Meta:
        verbose_name = "待重算标记"
        constraints = [
            models.UniqueConstraint(
                fields=["metric_code", "touched", "since", "until"],
                nulls_distinct=False,
                name="stale_mark_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric_code} {self.touched} {self.since}"
