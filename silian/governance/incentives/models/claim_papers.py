"""Papers that a claim rests on."""

from __future__ import annotations

from django.db import models

from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.models.claims import Claim, ClaimItem


class ClaimPaper(models.Model):
    """A file handed in with a claim, under the paper that its scheme asks for (申领材料)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        ClaimItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    code = models.CharField("材料", max_length=20)
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "申领材料"
        ordering = ["claim", "code", "pk"]
        indexes = [models.Index(fields=["claim", "code"], name="claim_paper_by_code")]

    def __str__(self) -> str:
        return self.file.name
