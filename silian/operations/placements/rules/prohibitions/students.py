"""Who may be at which post: year of study, age, sex, major (第九条、第十六条)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal

from silian.operations.placements.choices.hosts import (
    Hazard,
    Severity,
)
from silian.operations.placements.rules.prohibitions.declaration import Rule
from silian.operations.placements.rules.prohibitions.facts import (
    PostFacts,
    StayFacts,
    StudentFacts,
)
from silian.operations.placements.rules.prohibitions.limits import Limits

ROMAN = {1: "Ⅰ级", 2: "Ⅱ级", 3: "Ⅲ级", 4: "Ⅳ级"}
GRADES = {name: grade for grade, name in ROMAN.items()}
STUDENT_STAY = frozenset({"student", "stay"})
STUDENT_POST_STAY = frozenset({"student", "post", "stay"})


def hazard_names(codes: frozenset[str], forbidden: Collection[str]) -> str:
    """The Chinese names of those hazards that a list forbids, in the order of the choices."""
    return "、".join(
        str(Hazard(code).label) for code in Hazard.values if code in codes and code in forbidden
    )


def too_early_year(*, student: StudentFacts, stay: StayFacts, limits: Limits) -> str | None:
    """IN-18a: no post internship in the first year of study."""
    least = limits.value("earliest_year_of_study")
    if least is None:
        return None
    if student.year_of_study is None:
        return "学生没有在读班级，无法核对年级。请先把学生编入班级。"
    if student.year_of_study >= least:
        return None
    return (
        f"{stay.starts_on:%Y-%m-%d} 到岗时为 {student.year_of_study} 年级，"
        f"{least:.0f} 年级起才能参加岗位实习。"
    )


def too_young(*, student: StudentFacts, stay: StayFacts, limits: Limits) -> str | None:
    """IN-18b: the age counts on the first day, not on the day of application."""
    least = limits.value("least_age")
    if least is None:
        return None
    age = student.age(on=stay.starts_on)
    if age is None:
        return "没有出生日期，无法核对年龄。请先补登学生的证件信息。"
    if age >= least:
        return None
    return f"{stay.starts_on:%Y-%m-%d} 到岗时 {age} 周岁，未满 {least:.0f} 周岁，不能安排岗位实习。"


def is_minor(*, student: StudentFacts, on: datetime.date, limits: Limits) -> bool:
    """Whether the student is not of age on the day; of an unknown age nobody is."""
    adult, age = limits.value("adult_age"), student.age(on=on)
    return adult is not None and (age is None or age < adult)


def lifts_too_much(*, post: PostFacts, limits: Limits) -> str:
    """What of the lifting goes over the bounds of the two protective regulations; else empty."""
    times = limits.value("lift_times")
    often, single = limits.value("lift_kg_repeated"), limits.value("lift_kg_single")
    is_often = times is not None and post.lifts_per_hour >= times
    if is_often and often is not None and post.lift_kg > often:
        return f"每小时负重 {post.lifts_per_hour} 次且每次 {plain(post.lift_kg)} 公斤"
    if single is not None and post.lift_kg > single:
        return f"间断负重每次 {plain(post.lift_kg)} 公斤"
    return ""


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def forbidden_for_minors(
    *, student: StudentFacts, post: PostFacts, stay: StayFacts, limits: Limits
) -> str | None:
    """IN-18c: the work that minors from 16 to 18 are kept from."""
    if not is_minor(student=student, on=stay.starts_on, limits=limits):
        return None
    named = hazard_names(post.hazards, limits.keys("minors_hazards"))
    heaviest = limits.of("minors_heaviest_labour")
    if heaviest and post.intensity > GRADES.get(heaviest.text, 4):
        named = "、".join(filter(None, (named, f"{ROMAN[post.intensity]}体力劳动")))
    named = "、".join(filter(None, (named, lifts_too_much(post=post, limits=limits))))
    if not named:
        return None
    return f"学生到岗时未满 18 周岁，不能从事{named}。请换没有这些因素的岗位。"


def forbidden_for_women(
    *, student: StudentFacts, post: PostFacts, stay: StayFacts, limits: Limits
) -> str | None:
    """IN-18d: annex 1 of the regulation that protects women at work."""
    named = hazard_names(post.hazards, limits.keys("women_hazards"))
    heaviest = limits.of("women_heaviest_labour")
    if heaviest and post.intensity > GRADES.get(heaviest.text, 4):
        named = "、".join(filter(None, (named, f"{ROMAN[post.intensity]}体力劳动")))
    named = "、".join(filter(None, (named, lifts_too_much(post=post, limits=limits))))
    if not named:
        return None
    if not student.sex:
        return f"没有登记性别，而岗位有{named}。请先补登学生的证件信息。"
    if not student.is_female:
        return None
    return f"女学生不能从事{named}。请换没有这些因素的岗位。"


def crosses_major_class(
    *, student: StudentFacts, post: PostFacts, stay: StayFacts, limits: Limits
) -> str | None:
    """IN-07: in principle not across 专业大类; a reason is asked for."""
    if not post.major_classes or student.major_class in post.major_classes:
        return None
    wanted = "、".join(post.major_classes)
    given = f"已写理由：{stay.mismatch_reason}" if stay.mismatch_reason else "请写明理由或换岗位"
    return f"学生专业大类 {student.major_class}，岗位适合 {wanted}，跨专业大类。{given}。"


def minor_overworked(
    *, student: StudentFacts, post: PostFacts, stay: StayFacts, limits: Limits
) -> str | None:
    """IN-32: employers keep those of 16 to 18 from overly heavy and harmful work."""
    if not is_minor(student=student, on=stay.starts_on, limits=limits):
        return None
    named = hazard_names(post.hazards, frozenset({Hazard.NOISE, Hazard.OTHER_RISK}))
    if not named:
        return None
    return f"学生到岗时未满 18 周岁，岗位有{named}。请由单位确认不属于过重、有害或危险劳动。"


STUDENT_RULES = (
    Rule(
        code="IN-18a", title="一年级学生不得岗位实习", provision="earliest_year_of_study",
        needs=STUDENT_STAY, check=too_early_year, field="starts_on",
    ),
    Rule(
        code="IN-18b", title="未满 16 周岁不得岗位实习", provision="least_age",
        needs=STUDENT_STAY, check=too_young, field="starts_on",
    ),
    Rule(
        code="IN-18c", title="未成年学生不得从事禁忌劳动", provision="minors_protected",
        needs=STUDENT_POST_STAY, check=forbidden_for_minors, field="post", only_in_post=False,
    ),
    Rule(
        code="IN-18d", title="女学生不得从事禁忌劳动", provision="women_protected",
        needs=STUDENT_POST_STAY, check=forbidden_for_women, field="post", only_in_post=False,
    ),
    Rule(
        code="IN-07", title="原则上不得跨专业大类", provision="post_matches_major",
        needs=STUDENT_POST_STAY, check=crosses_major_class, field="mismatch_reason",
    ),
    Rule(
        code="IN-32", title="未成年人不得从事过重、有害劳动", provision="minors_not_overworked",
        needs=STUDENT_POST_STAY, check=minor_overworked, field="post", at_most=Severity.WARN,
        only_in_post=False,
    ),
)  # fmt: skip
