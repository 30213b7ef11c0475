"""All checks of one listing (发布前检查入口)."""

from silian_engines.matching.field_parsing.salary import Salary
from silian_engines.matching.listing_checks import (
    contact_data,
    discrimination,
    fees_and_pay,
    student_internships,
)
from silian_engines.matching.listing_checks.findings import Finding, ListingKind, Severity
from silian_engines.matching.occupation_coding import code_title
from silian_engines.matching.occupation_table import occupations

RULES = (
    *discrimination.RULES,
    *fees_and_pay.RULES,
    *student_internships.RULES,
    *contact_data.RULES,
)
_SURE, _POSSIBLE = 0.5, 0.05
_CATALOGUE = "《中华人民共和国职业分类大典（2022年版）》"


def listing_findings(
    *,
    kind: ListingKind,
    title: str,
    text: str,
    salary: Salary | None = None,
    occupation_code: str | None = None,
) -> tuple[Finding, ...]:
    """Everything that stands in the way of publishing, blocks first, then by place."""
    found: list[Finding] = []
    for field, content in (("title", title), ("text", text)):
        for rule in RULES:
            if kind in rule.kinds:
                found += rule.findings_in(content, field=field)
    found += fees_and_pay.pay_findings(salary=salary, text=text, field="text")
    if occupation_code:
        found += _unusual_title(title, occupation_code)
    order = {Severity.BLOCK: 0, Severity.WARN: 1}
    return tuple(sorted(found, key=lambda f: (order[f.severity], f.field != "title", f.start)))


def _unusual_title(title: str, occupation_code: str) -> list[Finding]:
    """The title is surely of another major group than the occupation chosen for it."""
    coded = code_title(title=title)
    likely = {other.code[0] for other in coded.alternatives if other.confidence >= _POSSIBLE}
    if coded.confidence < _SURE or occupation_code[0] in likely | {coded.code[0]}:
        return []
    chosen = occupations().get(occupation_code)
    sentence = (
        f"“{title}”通常属于“{coded.name}”（{coded.code}），与所选职业"
        f"“{chosen.name if chosen else occupation_code}”不符。依据{_CATALOGUE}，"
        "请改选职业或改写名称。"
    )
    return [
        Finding("unusual_title", Severity.WARN, "title", title, 0, len(title), sentence, _CATALOGUE)
    ]
