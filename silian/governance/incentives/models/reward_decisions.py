"""Decisions on rewards, their candidates as they stood, and the ledger of what was given."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.rewards import (
    ENTRY_TONES,
    REWARD_TONES,
    STANDING_TONES,
    CandidateStanding,
    EntryState,
    RewardMeasure,
    RewardState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class RewardDecision(models.Model):
    """A decision on who is given a reward because of which results (奖励事项).

    ``rules`` are the chosen rows as they stood, with document and clause. Results whose day lies in
    ``[starts_on, ends_on)`` count. What is given lasts until ``lasts_until``, exclusive.
    """

    title = models.CharField("事项名称", max_length=80)
    measure = models.CharField("激励事项", max_length=24, choices=RewardMeasure.choices)
    rules = models.JSONField("所依据的规定")
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="办理单位", related_name="+"
    )
    starts_on = models.DateField("结果日起")
    ends_on = models.DateField("结果日止（不含）")
    lasts_until = models.DateField("激励期止（不含）")
    quota = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=RewardState.choices, default=RewardState.DRAFT
    )
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="提出人", related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间")
    computed_at = models.DateTimeField("计算时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交审定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    opinion = models.CharField("审定意见", max_length=500, blank=True)
    notice_until = models.DateField("公示截止日", null=True, blank=True)
    contact = models.CharField("意见反映方式", max_length=120, blank=True)
    objection_days = models.PositiveSmallIntegerField("异议答复工作日", null=True, blank=True)
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, null=True, blank=True,
        verbose_name="资金来源", related_name="+",
    )  # fmt: skip
    amount_document = models.CharField("金额依据文件", max_length=120, blank=True)
    amount_clause = models.CharField("金额依据条款", max_length=60, blank=True)
    published_on = models.DateField("公布日", null=True, blank=True)
    cancel_reason = models.CharField("取消理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖励事项"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RewardState.values), name="reward_decision_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="reward_decision_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="reward_decision_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RewardState.NOTICE, RewardState.GIVEN])
                | Q(decided_at__isnull=False, notice_until__isnull=False),
                name="reward_decision_decided_before_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state=RewardState.GIVEN) | Q(published_on__isnull=False),
                name="reward_decision_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=RewardState.CANCELLED) | ~Q(cancel_reason=""),
                name="reward_decision_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | (~Q(amount_document="") & ~Q(amount_clause="")),
                name="reward_decision_money_has_a_clause",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="reward_decision_by_place")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:reward_decision_detail", kwargs={"decision_id": self.pk})

    @property
    def tone(self) -> str:
        return REWARD_TONES[RewardState(self.state)]

    @property
    def amount_basis(self) -> str:
        """Document and clause from which the amounts come; empty while nobody has named them."""
        return f"{self.amount_document} {self.amount_clause}".strip()


class RewardCandidate(models.Model):
    """One unit on the list of a decision, with evidence and place as computed (奖励候选单位)."""

    decision = models.ForeignKey(RewardDecision, on_delete=models.CASCADE, related_name="listed")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="单位", related_name="+"
    )
    subject_name = models.CharField("对象", max_length=200)
    order = models.PositiveIntegerField("计算次序")
    standing = models.CharField("候选情况", max_length=10, choices=CandidateStanding.choices)
    reason = models.CharField("原因", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    facts = models.JSONField("依据事实", default=list)
    within_quota = models.BooleanField("计算列入", default=False)
    chosen = models.BooleanField("列入", default=False)
    deviation = models.CharField("与计算次序不同的理由", max_length=300, blank=True)
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True, blank=True)
    amount_basis = models.CharField("金额依据", max_length=200, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("数量单位", max_length=20, blank=True)
    number = models.CharField("牌匾或文件编号", max_length=60, blank=True)
    words = models.CharField("激励内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "奖励候选单位"
        ordering = ["decision", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "organisation"], name="reward_candidate_once"
            ),
            models.CheckConstraint(
                condition=~Q(standing=CandidateStanding.EXCLUDED) | Q(chosen=False),
                name="reward_candidate_excluded_not_chosen",
            ),
            models.CheckConstraint(
                condition=~Q(standing=CandidateStanding.EXCLUDED) | ~Q(basis=""),
                name="reward_candidate_excluded_has_basis",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(amount__gt=0) & ~Q(amount_basis="")),
                name="reward_candidate_amount_has_a_clause",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_name

    @property
    def division_id(self) -> str:
        return self.decision.division_id

    @property
    def tone(self) -> str:
        return STANDING_TONES[CandidateStanding(self.standing)]

    @property
    def deviates(self) -> bool:
        return self.chosen != self.within_quota


class RewardEntry(models.Model):
    """What a unit was given, on which decision, until when (奖励台账).

    A correction is another entry that ``replaces`` the former; nothing is deleted.
    """

    decision = models.ForeignKey(RewardDecision, on_delete=models.PROTECT, related_name="entries")
    candidate = models.ForeignKey(RewardCandidate, on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="单位", related_name="+"
    )
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True, blank=True)
    amount_basis = models.CharField("金额依据", max_length=200, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("数量单位", max_length=20, blank=True)
    number = models.CharField("牌匾或文件编号", max_length=60, blank=True)
    words = models.CharField("激励内容", max_length=200)
    given_on = models.DateField("给予日")
    ends_on = models.DateField("激励期止（不含）")
    state = models.CharField(
        "状态", max_length=10, choices=EntryState.choices, default=EntryState.VALID
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="更正的记录",
        related_name="replaced_by",
    )
    reason = models.CharField("更正或撤回理由", max_length=300, blank=True)
    ended_on = models.DateField("更正或撤回日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖励台账记录"
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="reward_entry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("given_on")), name="reward_entry_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.VALID, ended_on__isnull=True)
                | (~Q(state=EntryState.VALID) & ~Q(reason="") & Q(ended_on__isnull=False)),
                name="reward_entry_ended_has_reason",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state=EntryState.VALID),
                name="reward_entry_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | (Q(amount__gt=0) & ~Q(amount_basis="")),
                name="reward_entry_amount_has_a_clause",
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="reward_entry_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:reward_entry_detail", kwargs={"entry_id": self.pk})

    @property
    def division_id(self) -> str:
        return self.decision.division_id

    @property
    def tone(self) -> str:
        return ENTRY_TONES[EntryState(self.state)]
