"""The list of problems and the list of policy measures (问题清单、政策清单)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import (
    LIST_UNSETTLED,
    ListKind,
    ListNoteKind,
    ListSource,
    ListState,
)
from silian.governance.policy_tasks.models.progress import ProgressReport
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.operations.alliances.models import Decision
from silian.registers.accounts.models import User
from silian.registers.policies.models import PolicyBody

LIST_TONES = {
    ListState.OPEN: "info",
    ListState.CLAIMED: "watch",
    ListState.CLOSED: "ok",
    ListState.DROPPED: "unset",
}
NOTE_TONES = {
    ListNoteKind.PROGRESS: "info",
    ListNoteKind.CLAIM: "watch",
    ListNoteKind.RETURN: "late",
    ListNoteKind.CLOSE: "ok",
    ListNoteKind.REOPEN: "watch",
    ListNoteKind.DROP: "unset",
}


class ListItemQuerySet(models.QuerySet["ListItem"]):
    def unsettled(self) -> ListItemQuerySet:
        return self.filter(state__in=sorted(LIST_UNSETTLED))

    def overdue(self, *, on: datetime.date) -> ListItemQuerySet:
        return self.unsettled().filter(due_on__lt=on)


class ListItem(models.Model):
    """One item of a list, with who leads it and by when (清单事项).

    It is closed by proof and by another person than the one who asks for it (申请销号、销号).
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    kind = models.CharField("清单", max_length=8, choices=ListKind.choices)
    number = models.CharField("编号", max_length=20)
    title = models.CharField("事项", max_length=120)
    detail = models.TextField("内容")
    source = models.CharField("来源", max_length=12, choices=ListSource.choices)
    source_note = models.CharField("来源说明", max_length=160, blank=True)
    task = models.ForeignKey(
        PolicyTask, on_delete=models.PROTECT, null=True, blank=True, related_name="list_items"
    )
    report = models.OneToOneField(
        ProgressReport,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="进展报告",
        related_name="list_item",
    )
    finding = models.ForeignKey(
        SupervisionFinding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="list_items",
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="list_items"
    )
    lead = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, verbose_name="牵头单位", related_name="led_items"
    )
    cooperating = models.ManyToManyField(
        PolicyBody, blank=True, verbose_name="配合单位", related_name="shared_items"
    )
    state = models.CharField(
        "状态", max_length=8, choices=ListState.choices, default=ListState.OPEN
    )
    opened_on = models.DateField("列入日")
    due_on = models.DateField("办理期限", null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField("申请销号时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField("销号日", null=True, blank=True)
    return_count = models.PositiveSmallIntegerField("退回次数", default=0)
    reopen_count = models.PositiveSmallIntegerField("重新打开次数", default=0)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_note_at = models.DateTimeField("最近进展", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = ListItemQuerySet.as_manager()

    class Meta:
        verbose_name = "清单事项"
        ordering = ["division", "kind", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ListState.values), name="list_item_state_known"
            ),
            models.UniqueConstraint(fields=["division", "number"], name="list_item_number_once"),
            models.CheckConstraint(
                condition=Q(state=ListState.CLOSED, closed_on__isnull=False)
                | (~Q(state=ListState.CLOSED) & Q(closed_on__isnull=True)),
                name="list_item_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.CLOSED) | ~Q(closed_by=F("claimed_by")),
                name="list_item_closed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.CLAIMED) | Q(claimed_at__isnull=False),
                name="list_item_claim_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state", "opened_on"], name="list_item_by_age"),
            models.Index(fields=["lead", "state"], name="list_item_by_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:list_item_detail", kwargs={"item_id": self.pk})

    @property
    def tone(self) -> str:
        return LIST_TONES[ListState(self.state)]

    def days_open(self, *, on: datetime.date) -> int:
        """How long the item stood, or stands, on its list (在册天数)."""
        return ((self.closed_on or on) - self.opened_on).days

    def is_overdue(self, *, on: datetime.date) -> bool:
        return self.state in LIST_UNSETTLED and self.due_on is not None and self.due_on < on


class ListNote(models.Model):
    """What was done or said about an item; proof lies in the file store (清单记录)."""

    item = models.ForeignKey(ListItem, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("类别", max_length=8, choices=ListNoteKind.choices)
    text = models.TextField("内容")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("单位", max_length=120, blank=True)
    written_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "清单记录"
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.get_kind_display()}"

    @property
    def division_id(self) -> str:
        return self.item.division_id

    @property
    def tone(self) -> str:
        return NOTE_TONES[ListNoteKind(self.kind)]
