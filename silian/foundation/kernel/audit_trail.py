"""Reading the audit trail: filtered, page by page, per object, and as a table to take away."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import xlsxwriter
from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import action_label, labelled_actions
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.permissions import audit_entries_visible_to

MOST_EXPORTED = 1_000_000  # a sheet of xlsx holds 1,048,576 rows
CHUNK = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("序号", 10),
    ("时间", 20),
    ("操作人", 14),
    ("单位", 26),
    ("来源地址", 16),
    ("动作", 22),
    ("动作代码", 32),
    ("对象类型", 24),
    ("对象编号", 12),
    ("对象", 30),
    ("理由", 30),
)


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """What an auditor looks for; empty fields do not narrow (筛选条件)."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    who: str = ""
    action: str = ""
    object_type: str = ""
    object_id: str = ""

    def apply(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        if self.since:
            entries = entries.filter(happened_at__gte=local_midnight(self.since))
        if self.until:
            day_after = self.until + datetime.timedelta(days=1)
            entries = entries.filter(happened_at__lt=local_midnight(day_after))
        if self.who:
            named = Q(actor_name__icontains=self.who) | Q(organisation_name__icontains=self.who)
            entries = entries.filter(named)
        if self.action:
            codes = labelled_actions(self.action)
            entries = entries.filter(Q(action__icontains=self.action) | Q(action__in=codes))
        if self.object_type:
            entries = entries.filter(object_type=self.object_type)
        if self.object_id:
            entries = entries.filter(object_id=self.object_id)
        return entries

    def as_arguments(self) -> dict[str, str]:
        """The filter as text, for the address and for the export job."""
        values = {
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "who": self.who,
            "action": self.action,
            "object_type": self.object_type,
            "object_id": self.object_id,
        }
        return {name: value for name, value in values.items() if value}


def local_midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def audit_page(
    *, actor: Actor, chosen: AuditFilter, limit: int, before: int | None = None
) -> list[AuditEntry]:
    """Entries the actor may read, newest first, below the key of the page before."""
    entries = chosen.apply(audit_entries_visible_to(actor))
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return list(entries.select_related("link").order_by("-pk")[:limit])


def object_types() -> dict[str, str]:
    """The types of object that the house has, with their Chinese names; asks no table."""
    return {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("silian.")
    }


def history_of(subject: Model) -> QuerySet[AuditEntry]:
    """What happened to one object, newest first (经过). The page shows it to whom it shows it."""
    return AuditEntry.objects.filter(
        object_type=subject._meta.label_lower, object_id=str(subject.pk)
    ).order_by("-pk")


def chosen_entries(
    *, entries: QuerySet[AuditEntry], report: Callable[[int], None]
) -> Iterator[AuditEntry]:
    """All entries, newest first, read in chunks by key; ``report`` hears how many are read."""
    read, last = 0, None
    while read < MOST_EXPORTED:
        rest = entries.filter(pk__lt=last) if last else entries
        chunk = list(rest.order_by("-pk")[:CHUNK])
        if not chunk:
            return
        yield from chunk
        read, last = read + len(chunk), chunk[-1].pk
        report(read)


def spreadsheet(entries: Iterable[AuditEntry]) -> bytes:
    """The entries as an xlsx file; every cell is text or a time, never a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("审计记录")
    bold = book.add_format({"bold": True})
    for number, (title, width) in enumerate(COLUMNS):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, bold)
    sheet.freeze_panes(1, 0)
    for line, entry in enumerate(entries, start=1):
        for number, value in enumerate(cells(entry)):
            sheet.write_string(line, number, value)
    book.close()
    return target.getvalue()


def cells(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.pk),
        f"{timezone.localtime(entry.happened_at):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.organisation_name,
        entry.address,
        action_label(entry.action),
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.reason,
    )
