"""Run the automatic checks of the matching engine on what a listing says."""

from __future__ import annotations

from silian_engines.matching.field_parsing.salary import PayPeriod, Salary
from silian_engines.matching.listing_checks import findings as engine
from silian_engines.matching.listing_checks.checking import listing_findings

from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.kinds.declaration import FieldType
from silian.operations.exchange.rules.listing_checks import CheckFinding
from silian.operations.exchange.rules.listing_content import ListingContent

ENGINE_KINDS = {
    "job": engine.ListingKind.JOB,
    "apprenticeship": engine.ListingKind.JOB,
    "internship": engine.ListingKind.STUDENT_INTERNSHIP,
}
PAY_PERIODS = {
    "元/月": PayPeriod.MONTH,
    "元/年": PayPeriod.YEAR,
    "元/天": PayPeriod.DAY,
    "元/小时": PayPeriod.HOUR,
}
WRITTEN = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def findings_of(content: ListingContent) -> list[CheckFinding]:
    """What the rules of publication object to in these words (发布前检查).

    Basis: 《人力资源市场暂行条例》第二十四条; each finding names its own.
    """
    parts = written_parts(content)
    found = listing_findings(
        kind=ENGINE_KINDS.get(content.kind, engine.ListingKind.OTHER),
        title=content.title,
        text="\n".join(text for _, text in parts),
        salary=pay_of(content),
        occupation_code=content.occupation_id,
    )
    return [
        CheckFinding(
            code=one.code,
            words=one.words,
            sentence=one.sentence,
            field=field_of(one, parts=parts),
            basis=one.basis,
            blocks=one.severity is engine.Severity.BLOCK,
        )
        for one in found
    ]


def written_parts(content: ListingContent) -> list[tuple[str, str]]:
    """Every free text besides the title, with the field that it stands in."""
    kind = kind_of(content.kind)
    own = [
        (item.name, str(content.details.get(item.name) or ""))
        for item in kind.fields_on(side=content.side)
        if item.type in WRITTEN
    ]
    return [("description", content.description), ("place", content.place), *own]


def pay_of(content: ListingContent) -> Salary | None:
    """The pay of a post; prices of other kinds are not pay."""
    if content.kind not in ENGINE_KINDS or content.price_unit not in PAY_PERIODS:
        return None
    return Salary(
        minimum=content.price_min,
        maximum=content.price_max,
        period=PAY_PERIODS[content.price_unit],
    )


def field_of(found: engine.Finding, *, parts: list[tuple[str, str]]) -> str:
    """The field in which the words stand, by their place in the joined text."""
    if found.field == "salary":
        return "price_min"
    if found.field != "text":
        return found.field
    ends = 0
    for name, text in parts:
        ends += len(text) + 1
        if found.start < ends:
            return name
    return "description"
