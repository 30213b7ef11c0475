"""Signatures and the single-use links for people without an account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.casework.agreements.choices import SignatureState, SigningMethod
from silian.casework.agreements.models.agreements import AgreementVersion, Party
from silian.casework.agreements.models.single_use_links import SingleUseLink
from silian.registers.accounts.models import User
from silian.registers.people.models import Person


class Signature(models.Model):
    """What one party did with one version (签字).

    ``signer_name`` is who acted; ``on_behalf`` says why somebody acts for the party, such as the
    guardian of a student. ``proof`` keeps method, address and the digest that was shown; for what
    was signed on paper the scan, its day and who recorded it, never an account as the signer.
    """

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.CASCADE, related_name="signatures"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatures")
    state = models.CharField(
        "状态", max_length=10, choices=SignatureState.choices, default=SignatureState.WAITING
    )
    order = models.PositiveSmallIntegerField("签署次序", default=0)
    signer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signer_name = models.CharField("签署人", max_length=60, blank=True)
    on_behalf = models.CharField("代签理由", max_length=200, blank=True)
    method = models.CharField("方式", max_length=8, choices=SigningMethod.choices, blank=True)
    reason = models.CharField("拒签或作废原因", max_length=300, blank=True)
    proof = models.JSONField("存证", default=dict)
    reminded_at = models.DateTimeField("最近催签", null=True, blank=True)
    acted_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "签字"
        ordering = ["version", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"],
                condition=~Q(state=SignatureState.DROPPED),
                name="signature_of_a_party_once",
            ),
            models.CheckConstraint(
                condition=Q(state=SignatureState.WAITING)
                | (Q(acted_at__isnull=False) & ~Q(signer_name=""))
                | Q(state=SignatureState.DROPPED),
                name="signature_acted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(method=SigningMethod.PAPER)
                | Q(signer__isnull=True, proof__has_keys=["file", "recorded_by", "signed_on"]),
                name="signature_on_paper_has_its_scan",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.REFUSED) | ~Q(reason=""),
                name="signature_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_state_display()}"


class SigningLink(SingleUseLink):
    """A single-use link by which somebody without an account signs (一次性签署链接).

    ``person`` is who is expected: the party, or the guardian
    of a minor; empty when the contact of an organisation signs for it.
    """

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_to = models.CharField("接收人", max_length=60)
    phone_mask = models.CharField("手机号", max_length=20, blank=True)
    opened_at = models.DateTimeField("首次打开", null=True, blank=True)

    class Meta:
        verbose_name = "一次性签署链接"
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="signing_link_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent_to} {self.expires_at:%Y-%m-%d}"


class SigningQuestion(models.Model):
    """What somebody asks before signing (签署前的疑问), with the clock of its answer."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="questions")
    asked_by_name = models.CharField("提问人", max_length=60)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField("疑问", max_length=500)
    asked_at = models.DateTimeField("提问时间")
    due_at = models.DateTimeField("应答复时间")
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "签署前的疑问"
        ordering = ["signature", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="signing_question_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_name} {self.asked_at:%Y-%m-%d}"
