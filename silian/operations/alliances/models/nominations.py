"""Experts whom a committee proposes for the review pool, with their own consent."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.reviews.models import Expert
from silian.operations.alliances.choices.nominations import NOMINATION_TONES, NominationState
from silian.operations.alliances.models.committees import Committee
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ExpertNomination(models.Model):
    """A committee wants a person in the review pool; the person says yes or no (专家推荐).

    ``expert`` is the place in the pool that came of a yes; the keeper of the pool still admits.
    """

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="nominations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="专家")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="所在单位"
    )
    title = models.CharField("职称或职务", max_length=60)
    fields = ArrayField(models.CharField(max_length=40), verbose_name="专业领域")
    grounds = models.CharField("推荐理由", max_length=300)
    starts_on = models.DateField("聘期起")
    ends_on = models.DateField("聘期止（不含）")
    state = models.CharField(
        "状态", max_length=10, choices=NominationState.choices, default=NominationState.ASKED
    )
    asked_on = models.DateField("征询日")
    answered_on = models.DateField("答复日", null=True, blank=True)
    reason = models.CharField("不同意或撤回的理由", max_length=300, blank=True)
    expert = models.ForeignKey(
        Expert, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "委员会推荐专家"
        ordering = ["committee", "-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NominationState.values), name="nomination_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="nomination_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state=NominationState.ASKED, answered_on__isnull=True)
                | (~Q(state=NominationState.ASKED) & Q(answered_on__isnull=False)),
                name="nomination_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(expert__isnull=True) | Q(state=NominationState.AGREED),
                name="nomination_into_pool_by_consent",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state=NominationState.ASKED),
                name="nomination_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.user.name}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:nomination_answer", kwargs={"nomination_id": self.pk})

    @property
    def division_id(self) -> str:
        return self.committee.division_id

    @property
    def tone(self) -> str:
        return NOMINATION_TONES[NominationState(self.state)]
