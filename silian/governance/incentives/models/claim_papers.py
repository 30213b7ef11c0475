"""Papers that a claim rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.governance.incentives.rules.claim_papers import check_code


class ClaimPaper(models.Model):
    """A file handed in with a claim, under the paper that its scheme asks for (申领材料).

    ``made_at`` is set on what the platform made; ``data_sha256`` marks the data that it was made
    from, and stands on a signed scan of it too. ``made_of`` says the heads and the amount then.
    ``shows_account`` is the copy with the whole account, read by few.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        ClaimItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    code = models.CharField("材料", max_length=20)
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField("生成时间", null=True, blank=True)
    data_sha256 = models.CharField("数据校验值", max_length=64, blank=True)
    made_of = models.JSONField("生成时的数据", default=dict, blank=True)
    shows_account = models.BooleanField("含完整账号", default=False)

    class Meta:
        verbose_name = "申领材料"
        ordering = ["claim", "code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | ~Q(data_sha256=""),
                name="claim_paper_made_from_known_data",
            ),
            models.CheckConstraint(
                condition=Q(shows_account=False) | ~Q(data_sha256=""),
                name="claim_paper_with_account_has_a_masked_copy",
            ),
        ]
        indexes = [models.Index(fields=["claim", "code"], name="claim_paper_by_code")]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_made(self) -> bool:
        """Whether the platform made the file (由平台生成)."""
        return self.made_at is not None

    @property
    def is_signed(self) -> bool:
        """Whether the file is the signed scan of a paper that the platform made (签章件)."""
        return bool(self.data_sha256) and self.made_at is None

    @property
    def code_printed(self) -> str:
        """The mark of the data as it stands on the paper (数据校验码)."""
        return check_code(self.data_sha256) if self.data_sha256 else ""
