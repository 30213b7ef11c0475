"""Official roles change only when two persons agree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OFFICIAL_ROLES, ProposalKind, ProposalState, Role
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation

OFFICIAL_CHOICES = [(role.value, role.label) for role in Role if role in OFFICIAL_ROLES]


class RoleProposal(models.Model):
    """An official role proposed by one administrator and decided by another (双人复核).

    Basis: GB/T 22239-2019 8.1.4 访问控制, 8.1.5 三员分立.
    """

    kind = models.CharField("事项", max_length=6, choices=ProposalKind.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_proposals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=16, choices=OFFICIAL_CHOICES)
    jurisdiction = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, verbose_name="管辖范围", related_name="+"
    )
    ends_on = models.DateField("结束日（不含）", null=True, blank=True)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="proposals"
    )
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=ProposalState.choices, default=ProposalState.PENDING
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("复核时间", null=True)
    refusal_reason = models.CharField("未同意原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "角色变更"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("user"))),
                name="role_proposal_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("user")), name="role_proposal_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PENDING) | Q(decided_by__isnull=False),
                name="role_proposal_decided_by_someone",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(state=ProposalState.PENDING),
                name="role_proposal_once_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.user} {self.get_role_display()}"

    @property
    def division_id(self) -> str:
        return self.organisation.division_id
