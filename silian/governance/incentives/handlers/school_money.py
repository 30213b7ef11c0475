"""Tell a school what it is appropriated for a year, and what pay total was approved."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.appropriation import SheetState
from silian.governance.incentives.choices.income import PayTotalState
from silian.governance.incentives.events.appropriation import AppropriationPublished
from silian.governance.incentives.events.income import PayTotalApproved
from silian.governance.incentives.models.appropriation import AppropriationSheet
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

TOLD = (Role.MANAGER, Role.AGENT)


@subscribe(AppropriationPublished)
def tell_of_appropriation(event: AppropriationPublished) -> None:
    """One message a version: the amount, and what a correction changed it from."""
    rows = AppropriationSheet.objects.select_related("appropriation_year", "school")
    sheet = rows.get(pk=event.sheet_id)
    if sheet.state != SheetState.PUBLISHED or sheet.total is None:
        return  # a newer version took its place meanwhile
    year = sheet.appropriation_year.year
    detail = f"应拨经费 {format_yuan(sheet.total)} 元，在校学生 {sheet.students:,} 人"
    if sheet.version > 1:
        detail = f"更正（第 {sheet.version} 版）：{detail}。{sheet.reason}"
    tell(
        sheet.school_id,
        title=f"{year} 年生均拨款核算表已送达",
        detail=detail,
        url=sheet.get_absolute_url(),
        key=f"appropriation-{sheet.pk}",
    )


@subscribe(PayTotalApproved)
def tell_of_pay_total(event: PayTotalApproved) -> None:
    """The school hears what was approved (绩效工资总量已核定)."""
    row = PayTotal.objects.get(pk=event.pay_total_id)
    if row.state != PayTotalState.APPROVED:
        return
    outside = f"，单列 {format_yuan(row.free)} 元" if row.free else ""
    tell(
        row.school_id,
        title=f"{row.year} 年绩效工资总量已核定",
        detail=f"总量 {format_yuan(row.proposed)} 元{outside}，核定日 {row.approved_on}",
        url=row.get_absolute_url(),
        key=f"pay-total-{row.pk}",
    )


def tell(school_id: int, *, title: str, detail: str, url: str, key: str) -> None:
    people = user_ids_with_role(
        organisation_id=school_id, roles=sorted(TOLD), on=timezone.localdate()
    )
    notify(
        user_ids=people, kind=NotificationKind.TASK, title=title, detail=detail[:300], url=url,
        organisation_id=school_id, key=key,
    )  # fmt: skip
