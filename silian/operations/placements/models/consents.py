"""Informed consents to an internship, and the links by which guardians answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.casework.agreements.choices import SigningMethod
from silian.casework.agreements.models.single_use_links import SingleUseLink
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.self_choices import SelfChoice
from silian.registers.accounts.models import User
from silian.registers.people.models import Person


class InternshipConsent(models.Model):
    """What a student or a guardian answers to the notice of an internship (实习知情同意书).

    ``text`` is the notice as it was shown; it and its digest never change. It stands before the
    tri-party agreement and apart from it, so that a refusal opens the self-chosen route and
    touches no agreement. Basis: 教职成〔2021〕4号第十五条.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    self_choice = models.ForeignKey(
        SelfChoice, on_delete=models.CASCADE, null=True, blank=True, related_name="consents"
    )
    giver = models.CharField("同意人", max_length=10, choices=ConsentGiver.choices)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="登记人员",
    )
    giver_name = models.CharField("姓名", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=ConsentState.choices, default=ConsentState.WAITING
    )
    text = models.TextField("告知书")
    sha256 = models.CharField("文本摘要", max_length=64)
    method = models.CharField("方式", max_length=8, choices=SigningMethod.choices, blank=True)
    reason = models.CharField("不同意的原因", max_length=300, blank=True)
    signer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proof = models.JSONField("存证", default=dict)
    asked_at = models.DateTimeField("送达时间")
    due_at = models.DateTimeField("期限", null=True, blank=True)
    acted_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "实习知情同意"
        ordering = ["internship", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(internship__isnull=False, self_choice__isnull=True)
                | Q(internship__isnull=True, self_choice__isnull=False),
                name="consent_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["internship", "giver"],
                condition=Q(internship__isnull=False),
                name="consent_of_a_giver_once",
            ),
            models.UniqueConstraint(
                fields=["self_choice", "giver"],
                condition=Q(self_choice__isnull=False),
                name="consent_to_a_choice_once",
            ),
            models.CheckConstraint(
                condition=~Q(method=SigningMethod.PAPER)
                | Q(signer__isnull=True, proof__has_keys=["file", "recorded_by", "signed_on"]),
                name="consent_on_paper_has_its_scan",
            ),
            models.CheckConstraint(
                condition=Q(state=ConsentState.WAITING, acted_at__isnull=True)
                | (
                    ~Q(state=ConsentState.WAITING)
                    & Q(acted_at__isnull=False)
                    & ~Q(giver_name="")
                    & ~Q(method="")
                ),
                name="consent_answered_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="consent_by_state")]

    def __str__(self) -> str:
        return f"{self.get_giver_display()} {self.get_state_display()}"


class ConsentLink(SingleUseLink):
    """A single-use link by which a guardian without an account answers (同意书链接)."""

    consent = models.ForeignKey(InternshipConsent, on_delete=models.CASCADE, related_name="links")

    class Meta:
        verbose_name = "同意书链接"

    def __str__(self) -> str:
        return f"{self.consent_id} {self.expires_at:%Y-%m-%d}"
