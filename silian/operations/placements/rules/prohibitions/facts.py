"""The facts that decide whether a student may be at a post: student, post, stay, host.

``None`` means not known; a rule that needs an unknown fact says so instead of passing it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    Arrangement,
    InternshipKind,
)

FEMALE = "female"


@dataclass(frozen=True, kw_only=True)
class StudentFacts:
    """Who the student is on the first day (学生). ``major_class`` is the 专业大类, two digits."""

    born_on: datetime.date | None
    sex: str
    major_class: str
    year_of_study: int | None

    @property
    def is_female(self) -> bool:
        return self.sex == FEMALE

    def age(self, *, on: datetime.date) -> int | None:
        """Full years of life on the day (周岁)."""
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (0 if had_birthday else 1)


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """What a post is, exposes to, demands and pays (岗位). Money in yuan a month."""

    title: str = ""
    industry: str = ""
    industry_name: str = ""
    major_classes: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    daily_hours: Decimal = Decimal(8)
    weekly_days: int = 5
    shift_starts: datetime.time = datetime.time(8, 30)
    shift_ends: datetime.time = datetime.time(17, 30)
    works_holidays: bool = False
    has_overtime: bool = False
    hazards: frozenset[str] = frozenset()
    intensity: int = 1
    lift_kg: Decimal = Decimal(0)
    lifts_per_hour: int = 0
    is_close_to_minors: bool = False
    offence_check: str = ""
    pay: Decimal = Decimal(0)
    post_wage: Decimal = Decimal(0)
    lowest_grade_wage: Decimal | None = None
    pay_interval_days: int = 31
    pay_method: str = "bank"
    fees: str = ""
    is_paid_by_school_head: bool = False
    is_through_agency: bool = False
    filing_number: str = ""
    has_lodging: bool = False
    division: str = ""


@dataclass(frozen=True, kw_only=True)
class StayFacts:
    """How and how long the student is to be there, and what was prepared (实习安排).

    ``holidays`` are the statutory holidays within the stay by the site's calendar.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    kind: str = InternshipKind.POST
    arrangement: str = Arrangement.SCHOOL
    has_teacher: bool | None = None
    has_mentor: bool | None = None
    plan_approved: bool | None = None
    plan_tasks: int | None = None
    attendance_weight: int | None = None
    length_reason: str = ""
    mismatch_reason: str = ""
    filing_number: str = ""
    lodging: str = ""
    school_division: str = ""
    holidays: tuple[datetime.date, ...] = field(default=())

    @property
    def is_in_post(self) -> bool:
        """Whether the student works there; 认识实习 is visiting and watching."""
        return self.kind in KINDS_IN_POST

    @property
    def months(self) -> Decimal:
        """The length in months, half a month counted as 0.5 and so on."""
        days = (self.ends_on - self.starts_on).days
        return (Decimal(days) / Decimal("30.4375")).quantize(Decimal("0.1"))


@dataclass(frozen=True, kw_only=True)
class HostFacts:
    """What is known of the organisation and of its standing at the school (实习单位)."""

    name: str = ""
    uscc: str = ""
    industry: str = ""
    industry_name: str = ""
    is_registered: bool = True
    is_suspended: bool = False
    is_removed: bool = False
    is_credit_clean: bool | None = None
    had_safety_violation: bool | None = None
    is_licence_valid: bool | None = None
    is_inspected: bool = False
    inspection_suits: bool | None = None
    is_decided: bool = False
    is_published: bool = False
    division: str = ""
