"""The yearly assessment of enterprises that take interns."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.assessments import ASSESSMENT_TONES, AssessmentState
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class HostAssessment(models.Model):
    """Whether an enterprise kept the norms of internships in a year (学生实习工作年度考核).

    Basis: N59 and its clause in the rulebook. The figures are frozen when it is decided; who
    proposed does not decide.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="host_assessments", verbose_name="企业"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField(
        "状态", max_length=8, choices=AssessmentState.choices, default=AssessmentState.DRAFT
    )
    proposed_pass = models.BooleanField("拟通过", default=True)
    figures = models.JSONField("考核数据", default=dict)
    reason = models.CharField("说明", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("拟定时间")
    reply = models.CharField("单位陈述", max_length=500, blank=True)
    reply_until = models.DateField("陈述期限", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("考核日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "学生实习工作年度考核"
        ordering = ["-year", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="host_assessed_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(AssessmentState.DRAFT, AssessmentState.NOTICED))
                | Q(decided_on__isnull=False),
                name="host_assessment_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="host_assessment_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.FAILED) | ~Q(reason=""),
                name="host_assessment_failed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:assessment_detail", kwargs={"assessment_id": self.pk})

    @property
    def tone(self) -> str:
        return ASSESSMENT_TONES[AssessmentState(self.state)]
