"""Reading appropriation sheets: enrolment, numbers in force, versions, what waits for whom."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.reference.jurisdictions import widening
from silian.foundation.ui.components import Entry
from silian.foundation.ui.histories import entry_of
from silian.governance.incentives.choices.appropriation import SettingKind, SheetState
from silian.governance.incentives.gateways.appropriation import (
    BASE,
    FACTOR,
    WEIGHT,
    amount_of,
    registered,
    registered_number,
)
from silian.governance.incentives.models.appropriation import (
    AppropriationLine,
    AppropriationSetting,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.permissions.appropriation import may_step, sheets_visible_to
from silian.governance.incentives.rules.appropriation import (
    LineChange,
    LineFigures,
    Number,
    fitting,
)
from silian.registers.programmes.choices import MemberState
from silian.registers.programmes.models import ClassMember

NAMES = {SettingKind.BASE: BASE, SettingKind.WEIGHT: WEIGHT, SettingKind.FACTOR: FACTOR}


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """The students of one programme on the day (在校学生)."""

    school_id: int
    programme_id: int
    code: str
    name: str
    students: int


def enrolment_on(*, division_prefix: str, on: datetime.date) -> dict[int, list[Enrolment]]:
    """Students by school and programme on the day, from the class registers; one query."""
    programme = "school_class__cohort__programme"
    rows = (
        ClassMember.objects.in_force(on=on)
        .filter(
            state=MemberState.STUDYING,
            **{f"{programme}__school__division__code__startswith": division_prefix},
        )
        .values(
            f"{programme}_id", f"{programme}__school_id", f"{programme}__major__code",
            f"{programme}__name",
        )
        .annotate(students=Count("person", distinct=True))
        .order_by(f"{programme}__major__code", f"{programme}_id")
    )  # fmt: skip
    found: dict[int, list[Enrolment]] = defaultdict(list)
    for row in rows:
        found[row[f"{programme}__school_id"]].append(
            Enrolment(
                school_id=row[f"{programme}__school_id"], programme_id=row[f"{programme}_id"],
                code=row[f"{programme}__major__code"], name=row[f"{programme}__name"],
                students=row["students"],
            )
        )  # fmt: skip
    return found


@dataclass
class Numbers:
    """The numbers of a region on a day, asked once for many lines (现行拨款参数)."""

    division: str
    on: datetime.date
    kept: dict[str, list[AppropriationSetting]] = field(default_factory=dict)
    entered: dict[str, Number] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = list(widening(self.division))
        rows = AppropriationSetting.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=self.on),
            division_id__in=places, valid_from__lte=self.on, replaced_at__isnull=True,
        ).order_by("valid_from", "pk")  # fmt: skip
        order = {place: rank for rank, place in enumerate(places)}
        for row in sorted(rows, key=lambda row: -order[row.division_id]):
            self.kept.setdefault(row.kind, []).append(row)
        named = registered(NAMES.values(), division=self.division, on=self.on)
        self.entered = {name: registered_number(row) for name, row in named.items()}

    def number(self, kind: SettingKind, *, code: str, school_id: int) -> Number:
        """The narrowest: the school's own before the region's, the longest code before all."""
        rows = self.kept.get(kind, [])
        for mine in (
            [row for row in rows if row.school_id == school_id],
            [row for row in rows if row.school_id is None],
        ):
            prefix = fitting({row.majors for row in mine}, code=code)
            fits = [row for row in mine if row.majors == prefix]
            if fits:
                return Number(value=fits[-1].value, source=fits[-1].source)
        return self.entered.get(NAMES[kind], Number())

    def line(self, given: Enrolment) -> LineFigures:
        """One programme computed by the rule (核算一个专业)."""
        base, weight, factor = (
            self.number(kind, code=given.code, school_id=given.school_id)
            for kind in (SettingKind.BASE, SettingKind.WEIGHT, SettingKind.FACTOR)
        )
        amount, version = amount_of(
            students=given.students, base=base, weight=weight, factor=factor,
            division=self.division, on=self.on,
        )  # fmt: skip
        return LineFigures(
            programme_id=given.programme_id, code=given.code, name=given.name,
            students=given.students, base=base, weight=weight, factor=factor, amount=amount,
            rule_version=version,
        )  # fmt: skip


def sheets_for_list(rows: QuerySet[AppropriationSheet]) -> QuerySet[AppropriationSheet]:
    return rows.select_related("school", "appropriation_year", "division").annotate(
        unset=Count("lines", filter=Q(lines__amount__isnull=True))
    )


def years_for_list(rows: QuerySet[AppropriationYear]) -> QuerySet[AppropriationYear]:
    holding = ~Q(sheets__state=SheetState.REPLACED)
    published = Q(sheets__state=SheetState.PUBLISHED)
    return rows.select_related("division", "finance", "education").annotate(
        sheet_count=Count("sheets", filter=holding),
        published_count=Count("sheets", filter=published),
        published_total=Sum("sheets__total", filter=published),
    )


def before_of(sheet: AppropriationSheet) -> AppropriationSheet | None:
    """The version that the sheet corrects (上一版)."""
    rows = AppropriationSheet.objects.filter(
        appropriation_year_id=sheet.appropriation_year_id, school_id=sheet.school_id
    )
    return rows.filter(version=sheet.version - 1).first()


def year_before_of(sheet: AppropriationSheet) -> AppropriationSheet | None:
    """What the school got the year before (上年)."""
    year = sheet.appropriation_year
    return AppropriationSheet.objects.filter(
        appropriation_year__division_id=year.division_id, appropriation_year__year=year.year - 1,
        school_id=sheet.school_id, state=SheetState.PUBLISHED,
    ).first()  # fmt: skip


def changes_between(
    before: AppropriationSheet | None, after: Sequence[AppropriationLine]
) -> list[LineChange]:
    """The programmes that differ from the version before, by amount or students (差异)."""
    if before is None:
        return []
    old = {line.programme_id: line for line in before.lines.all()}
    new = {line.programme_id: line for line in after}
    found = [
        change_of(old.get(key), new.get(key))
        for key in [*new, *(key for key in old if key not in new)]
    ]
    return [row for row in found if row.before != row.after or row.students[0] != row.students[1]]


def change_of(old: AppropriationLine | None, new: AppropriationLine | None) -> LineChange:
    named = new or old
    assert named is not None
    return LineChange(
        name=named.name,
        students=(old.students if old else 0, new.students if new else 0),
        before=old.amount if old else Decimal(0),
        after=new.amount if new else Decimal(0),
    )


def past_of(sheet: AppropriationSheet) -> list[Entry]:
    """What was done to the sheet, by whom (经过)."""
    return [
        entry_of(act, who=f"{act.organisation_name} {act.actor_name}".strip())
        for act in history_of(sheet)
    ]


WAITING = {
    SheetState.DRAFT: "submit",
    SheetState.CHECKING: "pass",
    SheetState.APPROVING: "approve",
    SheetState.APPROVED: "publish",
}


def steps_for(actor: Actor, sheet: AppropriationSheet) -> list[str]:
    """The steps that the reader may take on the sheet now (可办步骤)."""
    step = WAITING.get(SheetState(sheet.state))
    if step is None or not may_step(actor, sheet.appropriation_year, step=step):
        return []
    done = {"pass": (sheet.drafted_by_id,), "approve": (sheet.drafted_by_id, sheet.checked_by_id)}
    if actor.user_id in done.get(step, ()):
        return []
    return [step, "return"] if step in done else [step]


def sheets_waiting_for(actor: Actor) -> list[AppropriationSheet]:
    """Sheets whose next step is the actor's (待办)."""
    rows = sheets_visible_to(actor).filter(state__in=list(WAITING))
    found = rows.select_related("appropriation_year", "school").order_by("pk")
    return [row for row in found if steps_for(actor, row)]


def unset_words(lines: Iterable[AppropriationLine]) -> list[str]:
    """Which numbers nobody set, once each (未设定)."""
    found = dict.fromkeys(
        label
        for line in lines
        for label, value in (
            ("生均拨款标准", line.base), ("专业办学成本系数", line.weight),
            ("绩效系数", line.factor),
        )
        if value is None
    )  # fmt: skip
    return list(found)
