"""What every objection to a public notice keeps: words, who said them, and the answer."""

from __future__ import annotations

from django.db import models

from silian.foundation.kernel.encryption import decrypted
from silian.governance.incentives.choices.claims import ObjectionState
from silian.registers.accounts.models import User


class NoticedObjection(models.Model):
    """What somebody says against a notice; the person is kept encrypted."""

    text = models.TextField("异议内容", max_length=1000)
    name_cipher = models.TextField("异议人密文", editable=False)
    contact_cipher = models.TextField("联系方式密文", editable=False)
    raised_at = models.DateTimeField("提出时间")
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """Who objects; for the department that answers only."""
        return decrypted(self.name_cipher)

    @property
    def contact(self) -> str:
        """How the answer reaches them; for the department that answers only."""
        return decrypted(self.contact_cipher)
