"""Which documents a document cites."""

from __future__ import annotations

from django.db import models

from silian.registers.policies.models.documents import PolicyDocument


class Citation(models.Model):
    """Another document that the text names (引用文件), joined when it is in the library."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="citations")
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    cited = models.ForeignKey(
        PolicyDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="cited_by"
    )
    start = models.PositiveIntegerField("起点")
    end = models.PositiveIntegerField("终点")

    class Meta:
        verbose_name = "引用文件"
        ordering = ["document", "start"]

    def __str__(self) -> str:
        return self.title
