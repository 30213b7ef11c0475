"""Apprenticeships: what the law asks of a programme and of each apprentice.

Basis: 职业教育法第三十条; 人社部发〔2018〕66号; 人社部发〔2021〕39号. Numbers come from the
provisions AP-… in force; what they leave open is not judged.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.limits import Limit, Limits

LAW = "《职业教育法》第三十条"
CIRCULAR = "人社部发〔2018〕66号"
PROGRAMME_TONES = {
    ApprenticeshipState.DRAFT: "open",
    ApprenticeshipState.SUBMITTED: "info",
    ApprenticeshipState.RETURNED: "watch",
    ApprenticeshipState.FILED: "info",
    ApprenticeshipState.RUNNING: "ok",
    ApprenticeshipState.COMPLETED: "unset",
    ApprenticeshipState.STOPPED: "unset",
}
APPRENTICE_TONES = {
    ApprenticeState.ENROLLED: "info",
    ApprenticeState.TRAINING: "ok",
    ApprenticeState.QUALIFIED: "ok",
    ApprenticeState.UNQUALIFIED: "late",
    ApprenticeState.LEFT: "unset",
}
"""The status light of each state."""


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacts:
    """What decides whether a programme may be filed (培养项目). Months, hours, yuan a month."""

    scheme: str
    level: str
    months: int
    practice_hours: int
    wage_steps: Sequence[tuple[int, Decimal]] = ()
    rotation: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, kw_only=True)
class ApprenticeFacts:
    """What decides whether an apprentice may begin (学徒)."""

    scheme: str
    contract_starts_on: datetime.date | None = None
    contract_ends_on: datetime.date | None = None
    has_contract_number: bool = False
    has_student_number: bool = False
    has_agreement: bool = False
    has_enterprise_mentor: bool = False
    has_school_mentor: bool = False
    is_full_time_student: bool = False

    @property
    def contract_days(self) -> int | None:
        if self.contract_starts_on is None or self.contract_ends_on is None:
            return None
        return (self.contract_ends_on - self.contract_starts_on).days


def programme_findings(*, programme: ProgrammeFacts, limits: Limits) -> list[Finding]:
    """Everything that stands against filing the programme (项目核对)."""
    found = [
        too_long(programme, limits),
        unusual_length(programme, limits),
        falling_wage(programme),
        unplanned_months(programme),
    ]
    return [finding for finding in found if finding is not None]


def apprentice_findings(*, apprentice: ApprenticeFacts, limits: Limits) -> list[Finding]:
    """Everything that stands against this apprentice's beginning (学徒核对)."""
    found = [
        missing_agreement(apprentice),
        missing_mentor(apprentice),
        missing_identity(apprentice),
        short_contract(apprentice, limits),
        full_time_student(apprentice, limits),
    ]
    return [finding for finding in found if finding is not None]


def by_limit(limit: Limit, *, code: str, sentence: str, field: str = "") -> Finding:
    return Finding(
        code=code,
        title=limit.title,
        sentence=sentence,
        severity=limit.severity,
        article=limit.article,
        basis=limit.basis,
        field=field,
    )


def by_law(
    *, code: str, title: str, sentence: str, basis: str, severity: Severity = Severity.BLOCK
) -> Finding:
    return Finding(
        code=code, title=title, sentence=sentence, severity=severity, article="", basis=basis
    )


def too_long(programme: ProgrammeFacts, limits: Limits) -> Finding | None:
    """AP-03: at most so many months."""
    limit = limits.of("apprentice_longest_months")
    if limit is None or limit.value is None or programme.months <= limit.value:
        return None
    sentence = f"培养期 {programme.months} 个月，超过上限 {limit.value:f} 个月。请缩短培养期。"
    return by_limit(limit, code="AP-03", sentence=sentence, field="months")


def unusual_length(programme: ProgrammeFacts, limits: Limits) -> Finding | None:
    """AP-03: the level has a usual length; shorter asks for a look."""
    limit = limits.of("apprentice_months")
    usual = limits.keys("apprentice_months").get(programme.level)
    if limit is None or usual is None or programme.months >= Decimal(usual):
        return None
    sentence = f"{programme.level}通常培养 {usual} 个月，现为 {programme.months} 个月。"
    return by_limit(limit, code="AP-03", sentence=sentence, field="months")


def falling_wage(programme: ProgrammeFacts) -> Finding | None:
    """Pay rises with skill; a step down is a mistake or worse."""
    wages = [wage for _, wage in sorted(programme.wage_steps)]
    if all(first <= second for first, second in itertools.pairwise(wages)):
        return None
    return by_law(
        code="AP-W",
        title="学徒工资递增",
        sentence="后一段工资低于前一段。学徒工资应随技能递增，请核对各段数额。",
        basis="平台规则",
    )


def unplanned_months(programme: ProgrammeFacts) -> Finding | None:
    """Rotation covers the training; months outside it or left open are named."""
    planned = {month for first, last in programme.rotation for month in range(first, last + 1)}
    if not planned:
        return None
    beyond = max(planned) > programme.months
    open_months = [month for month in range(1, programme.months + 1) if month not in planned]
    if not beyond and not open_months:
        return None
    words = "轮岗计划超出培养期。" if beyond else f"第 {open_months[0]} 个月起有月份没有安排岗位。"
    return by_law(
        code="AP-R",
        title="轮岗计划",
        sentence=f"{words}请补齐轮岗计划。",
        basis="平台规则",
        severity=Severity.WARN,
    )


def missing_agreement(apprentice: ApprenticeFacts) -> Finding | None:
    """AP-13, AP-15: no apprentice without the signed agreement."""
    if apprentice.has_agreement:
        return None
    return by_law(
        code="AP-13",
        title="培养协议",
        sentence="学徒培养协议还没有签齐。请发起签署。",
        basis=LAW,
    )


def missing_mentor(apprentice: ApprenticeFacts) -> Finding | None:
    """AP-13: two mentors."""
    missing = [
        label
        for label, present in (
            ("企业导师", apprentice.has_enterprise_mentor),
            ("院校导师", apprentice.has_school_mentor),
        )
        if not present
    ]
    if not missing:
        return None
    return by_law(
        code="AP-13",
        title="双导师",
        sentence=f"缺{'、'.join(missing)}。请由所在一方指定。",
        basis=CIRCULAR,
    )


def missing_identity(apprentice: ApprenticeFacts) -> Finding | None:
    """Both identities: employee of the enterprise and student of the school."""
    missing = []
    if apprentice.scheme == ApprenticeScheme.ENTERPRISE and not apprentice.has_contract_number:
        missing.append("劳动合同编号")
    if not apprentice.has_student_number:
        missing.append("学籍（注册）号")
    if not missing:
        return None
    return by_law(
        code="AP-15",
        title="双重身份",
        sentence=f"缺{'、'.join(missing)}。学徒应同时具有职工和学生身份。",
        basis=LAW,
    )


def short_contract(apprentice: ApprenticeFacts, limits: Limits) -> Finding | None:
    """AP-02: a labour contract of so many days."""
    limit = limits.of("apprentice_contract_days")
    if apprentice.scheme != ApprenticeScheme.ENTERPRISE or limit is None or limit.value is None:
        return None
    days = apprentice.contract_days
    if days is not None and days >= limit.value:
        return None
    words = "还没有登记劳动合同起止日" if days is None else f"劳动合同只有 {days} 天"
    sentence = f"{words}，应不少于 {limit.value:f} 天。"
    return by_limit(limit, code="AP-02", sentence=sentence, field="contract_ends_on")


def full_time_student(apprentice: ApprenticeFacts, limits: Limits) -> Finding | None:
    """AP-10: full-time students belong to the other scheme."""
    limit = limits.of("full_time_students_excluded")
    if (
        limit is None
        or apprentice.scheme != ApprenticeScheme.ENTERPRISE
        or not apprentice.is_full_time_student
    ):
        return None
    sentence = "全日制在校学生应走现代学徒制，不计入企业新型学徒制补贴对象。"
    return by_limit(limit, code="AP-10", sentence=sentence)


def month_of_training(*, starts_on: datetime.date, on: datetime.date) -> int:
    """Which month of the training the day lies in, 1 for the first; 0 before it began."""
    if on < starts_on:
        return 0
    months = (on.year - starts_on.year) * 12 + on.month - starts_on.month
    return months + (1 if on.day >= starts_on.day else 0)


def wage_in_month(*, month: int, steps: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """The pay of a month of the training: the last step begun (学徒工资)."""
    begun = [wage for first, wage in sorted(steps) if first <= month]
    return begun[-1] if begun else None


def reason_blocked(*, findings: Sequence[Finding]) -> str | None:
    """The sentences that stop the step, the first two in full."""
    blocking = [finding for finding in findings if finding.blocks]
    if not blocking:
        return None
    words = " ".join(finding.sentence for finding in blocking[:2])
    more = f" 另有 {len(blocking) - 2} 项。" if len(blocking) > 2 else ""
    return words + more


def reason_not_completable(*, undecided: int) -> str | None:
    if undecided:
        return f"还有 {undecided} 名学徒没有考核结论。请先登记合格、不合格或离开。"
    return None


def reason_not_qualified(
    *, has_passed_final: bool, certificate_number: str, taught: int, planned: int
) -> str | None:
    """A certificate needs a passed final assessment and the planned hours."""
    if not has_passed_final:
        return "没有合格的结业考核成绩。请先登记结业考核。"
    if taught < planned:
        return f"已记课时 {taught}，少于培养计划的 {planned}。请补记课时或写明不合格原因。"
    if not certificate_number.strip():
        return "请填写证书编号。"
    return None
