"""Meetings of coordinating bodies (会议)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from silian.operations.alliances.models.bodies import CoordinatingBody


class Meeting(models.Model):
    """A meeting of a coordinating body (会议)."""

    body = models.ForeignKey(CoordinatingBody, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField("会议", max_length=120)
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=120, blank=True)

    class Meta:
        verbose_name = "会议"
        ordering = ["-held_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:meeting_detail", kwargs={"meeting_id": self.pk})

    @property
    def division_id(self) -> str:
        return self.body.division_id
