"""City consortia: yearly filings, proposals of removal, and the lists that everybody reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.operations.alliances.choices.duties import DutyKind, DutyState, RemovalState
from silian.operations.alliances.choices.groups import EditionState, GroupListKind
from silian.operations.alliances.models.groups import AllianceGroup
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {DutyState.FILED: "open", DutyState.ACCEPTED: "ok", DutyState.RETURNED: "watch"}


class ConsortiumReport(models.Model):
    """What a city consortium files for a year: its plan, or how it did (联合体年度报送).

    ``is_finished`` is the authority's judgement of the year, given with the self-assessment.
    Basis: 教职成厅函〔2023〕23号.
    """

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField("事项", max_length=8, choices=DutyKind.choices)
    year = models.PositiveSmallIntegerField("年度")
    text = models.TextField("主要内容", max_length=4000)
    due_on = models.DateField("期限")
    filed_on = models.DateField("报送日")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=DutyState.choices, default=DutyState.FILED
    )
    is_finished = models.BooleanField("完成年度任务", null=True, blank=True)
    answer = models.CharField("核对意见", max_length=500, blank=True)
    decided_on = models.DateField("核对日", null=True, blank=True)

    class Meta:
        verbose_name = "联合体年度报送"
        ordering = ["group", "-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "kind"], name="consortium_report_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(state=DutyState.RETURNED) | ~Q(answer=""),
                name="consortium_report_returned_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=DutyState.ACCEPTED)
                | Q(kind=DutyKind.PLAN)
                | Q(is_finished__isnull=False),
                name="consortium_self_assessment_is_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    @property
    def division_id(self) -> str:
        return self.group.division_id

    @property
    def tone(self) -> str:
        return TONES[DutyState(self.state)]

    @property
    def was_late(self) -> bool:
        return self.filed_on > self.due_on


class RemovalProposal(models.Model):
    """A proposal to take a consortium off the list, and its end (移出建议)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="removals")
    first_year = models.PositiveSmallIntegerField("未完成起始年度")
    last_year = models.PositiveSmallIntegerField("未完成截止年度")
    reason = models.CharField("建议理由", max_length=500)
    state = models.CharField(
        "状态", max_length=10, choices=RemovalState.choices, default=RemovalState.PROPOSED
    )
    proposed_on = models.DateField("提出日")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    document_number = models.CharField("决定文号", max_length=80, blank=True)
    decision = models.CharField("决定意见", max_length=500, blank=True)
    decided_on = models.DateField("决定日", null=True, blank=True)

    class Meta:
        verbose_name = "联合体移出建议"
        ordering = ["group", "-proposed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state=RemovalState.PROPOSED),
                name="removal_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=Q(state=RemovalState.PROPOSED)
                | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="removal_decided_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemovalState.REMOVED) | ~Q(document_number=""),
                name="removal_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.first_year}—{self.last_year}"

    @property
    def division_id(self) -> str:
        return self.group.division_id


class GroupListEdition(models.Model):
    """One version of a list of a group; a published version never changes (联合体清单)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="lists")
    kind = models.CharField("清单", max_length=12, choices=GroupListKind.choices)
    number = models.PositiveSmallIntegerField("版次")
    note = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=EditionState.choices, default=EditionState.DRAFT
    )
    published_on = models.DateField("公布日", null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "联合体清单"
        ordering = ["group", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind", "number"], name="group_list_number_once"
            ),
            models.UniqueConstraint(
                fields=["group", "kind"],
                condition=Q(state=EditionState.DRAFT),
                name="group_list_one_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.PUBLISHED) | Q(published_on__isnull=False),
                name="group_list_published_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}第 {self.number} 版"

    @property
    def division_id(self) -> str:
        return self.group.division_id


class GroupListRow(models.Model):
    """A line of a list: a product, a need of technology, a need of people (清单条目)."""

    edition = models.ForeignKey(GroupListEdition, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("名称", max_length=120)
    detail = models.CharField("说明", max_length=300, blank=True)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    source = models.CharField("提出单位", max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "联合体清单条目"
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="group_list_order_once"),
            models.CheckConstraint(condition=~Q(name=""), name="group_list_row_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
