"""The papers that prove what an organisation says of itself."""

from __future__ import annotations

from django.db import models

from silian.registers.accounts.models import User
from silian.registers.organisations.choices import DocumentKind
from silian.registers.organisations.models.organisation import Organisation, Renaming


class OrganisationDocument(models.Model):
    """A paper handed in for verification (核验材料)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="documents"
    )
    renaming = models.ForeignKey(
        Renaming, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField("类别", max_length=14, choices=DocumentKind.choices)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    class Meta:
        verbose_name = "核验材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()}"

    @property
    def division_id(self) -> str:
        return self.organisation.division_id
