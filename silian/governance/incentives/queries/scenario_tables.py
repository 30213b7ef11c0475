"""Tables of rule cases (规则情形表): situation, facts, what must come out, what comes out now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from silian_engines.policy_rules.cases import CaseResult, RuleCase
from silian_engines.policy_rules.definitions import Input, Rule

from silian.governance.incentives.gateways.rule_cases import (
    definition_of,
    name_of,
    places_with_cases,
    run,
    setting_title,
    written_cases,
)
from silian.governance.incentives.rules.catalogue import BY_RULE
from silian.governance.incentives.rules.words import SHARE, share_words

SOURCES = ("000000", "530300", "500154", "520000", "620200", "411200")
"""The nation and the places whose policies the platform was built from; the rest compare."""
OTHERS = "others"
SILENT_UNITS = ("", "是否", "日期", "文字", "名单")
ORDER = {rule: place for place, rule in enumerate(BY_RULE)}
MOST_MEMBERS = 4  # lines of a roster that a cell shows; the file holds them all


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    """One expectation beside what came out (核对)."""

    about: str
    expected: str
    found: str
    passes: bool


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A rule case as the table shows it (规则情形)."""

    pk: int
    title: str
    rule: str
    rule_title: str
    place: str
    place_name: str
    on: str
    supposed: str
    facts: tuple[str, ...]
    checks: tuple[CheckLine, ...]
    passes: bool

    @property
    def calculates(self) -> bool:
        """Whether the public can try the rule with facts of its own."""
        return self.rule in BY_RULE

    @property
    def verdict(self) -> str:
        return "符合" if self.passes else "不符"


def tabs() -> list[tuple[str, str, int]]:
    """The places of the table with the number of their cases; the other places together."""
    count = Counter(case.jurisdiction for case in written_cases())
    names = dict(places_with_cases())
    own = [(code, names[code], count[code]) for code in SOURCES]
    rest = sum(number for code, number in count.items() if code not in SOURCES)
    return [*own, (OTHERS, "其他地区", rest)]


def lines_of(place: str) -> list[CaseLine]:
    """Every case of a place, run now; the cases of a rule together, those with money first."""
    found = [
        line_of(run(case), pk)
        for pk, case in enumerate(written_cases(), 1)
        if place_of_tab(case.jurisdiction) == place
    ]
    return sorted(found, key=lambda line: (ORDER.get(line.rule, len(ORDER)), line.rule, line.pk))


def place_of_tab(code: str) -> str:
    return code if code in SOURCES else OTHERS


def line_of(result: CaseResult, pk: int) -> CaseLine:
    case = result.case
    rule = definition_of(case.rule)
    return CaseLine(
        pk=pk,
        title=case.title,
        rule=rule.id if rule and not rule.for_each else case.rule,
        rule_title=rule.title if rule else "没有这条规则",
        place=case.jurisdiction,
        place_name=name_of(case.jurisdiction),
        on=case.on.isoformat(),
        supposed=supposed_words(case),
        facts=tuple(facts_of(case, rule)),
        checks=tuple(check_lines(result)),
        passes=result.passes,
    )


def check_lines(result: CaseResult) -> Iterator[CheckLine]:
    for each in result.checks:
        yield CheckLine(
            about=each.about,
            expected=measured(each.expected, each.unit),
            found=measured(each.found, each.unit),
            passes=each.passes,
        )


def supposed_words(case: RuleCase) -> str:
    """What the case supposes that the region has set, and how much was known."""
    parts = [f"假定本地设定“{setting_title(id)}”为 {value}" for id, value in case.set.items()]
    if case.known_on:
        parts.append(f"按 {case.known_on} 所知")
    return "；".join(parts)


def facts_of(case: RuleCase, rule: Rule | None) -> Iterator[str]:
    """The facts, one line each; of several years or versions, each under its own head."""
    if case.years:
        for entry in case.years:
            yield f"{entry['year']} 年：" + "；".join(fact_lines(entry, rule))
    elif case.known:
        for entry in case.known:
            yield f"{entry['from']} 起所知：" + "；".join(fact_lines(entry["facts"], rule))
    else:
        yield from fact_lines(case.facts, rule)


def fact_lines(facts: Mapping[str, Any], rule: Rule | None) -> Iterator[str]:
    inputs = {each.name: each for each in rule.inputs} if rule else {}
    for name, value in facts.items():
        if name != "year":
            yield fact_words(name, value, inputs.get(name))


def fact_words(name: str, value: Any, fact: Input | None) -> str:
    title = fact.title.removeprefix("是否") if fact else name
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{title}：{roster_words(value, fact)}"
    return f"{title}：{measured(value, fact.unit if fact else '')}"


def roster_words(rows: Sequence[Mapping[str, Any]], fact: Input | None) -> str:
    """The first lines of a roster in words."""
    if not rows:
        return "没有"
    fields = {each.name: each for each in fact.each} if fact else {}
    shown = [member_words(row, fields) for row in rows[:MOST_MEMBERS]]
    more = f"等 {len(rows)} 行" if len(rows) > MOST_MEMBERS else ""
    return "；".join(shown) + more


def member_words(row: Mapping[str, Any], fields: Mapping[str, Input]) -> str:
    days = [str(row[name]) for name in row if name in fields and fields[name].unit == "日期"]
    if len(days) == len(row):
        return " 至 ".join(days)
    return "，".join(fact_words(name, value, fields.get(name)) for name, value in row.items())


def measured(value: Any, unit: str) -> str:
    """A stated or computed value as people write it: 1,200.00 元, 60%, 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    if unit in SILENT_UNITS or (number := number_of(text)) is None:
        return text
    return share_words(number) if unit == SHARE else f"{number:,f} {unit}"


def number_of(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
