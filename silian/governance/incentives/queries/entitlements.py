"""What an organisation is entitled to in a year, benefit by benefit (我能享受什么)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.errors import FactsRefused
from silian_engines.policy_rules.provisions import Provision
from silian_engines.policy_rules.qualifying import nearest_way

from silian.governance.incentives.choices.benefits import Standing
from silian.governance.incentives.gateways.guides import Fact, Guide, guides
from silian.governance.incentives.gateways.rulebook import Place, place_of, rules_of
from silian.governance.incentives.queries.calculations import Answer, answer_of, source_of
from silian.governance.incentives.queries.facts import Held, HeldFacts, facts_of
from silian.governance.incentives.rules.entitlements import duty_word, standing_of
from silian.governance.incentives.rules.months import last_day_of
from silian.governance.incentives.rules.words import TONES, value_words
from silian.registers.organisations.models import Organisation

ORDER = (Standing.ENTITLED, Standing.NEARLY, Standing.UNKNOWN, Standing.NOT)
STANDING_TONES = {
    Standing.ENTITLED: "ok",
    Standing.NEARLY: "watch",
    Standing.UNKNOWN: "unset",
    Standing.NOT: "info",
}
FILINGS = {
    "each_return": "随每期增值税及附加税费申报",
    "annual_return": "企业所得税汇算清缴",
    "local": "当地尚未公布申报时间",
    "any_time": "随时",
}


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """One benefit for one organisation (享受情况)."""

    guide: Guide
    rule: CompiledRule
    standing: Standing
    word: str
    tone: str
    amount: Decimal | None
    potential: str
    answer: Answer | None
    facts: list[Held]
    missing: list[Fact]
    refusal: str
    deadline: str

    @property
    def title(self) -> str:
        return self.rule.rule.title

    @property
    def source(self) -> str:
        return source_of(self.rule.provisions[0]) if self.rule.provisions else ""

    @property
    def amount_words(self) -> str:
        return value_words(self.amount, unit="元") if self.amount is not None else ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything for one organisation and year, the best first (我能享受什么)."""

    organisation: Organisation
    place: Place
    year: int
    held: HeldFacts
    benefits: list[Entitlement]
    duties: list[Entitlement]

    def count(self, standing: Standing) -> int:
        return sum(each.standing == standing for each in self.benefits)

    @property
    def missing(self) -> list[Fact]:
        """Every fact that some rule waits for, once."""
        rows = [*self.benefits, *self.duties]
        return list({fact.code: fact for row in rows for fact in row.missing}.values())


def entitlements_of(organisation: Organisation, *, year: int, today: datetime.date) -> Overview:
    """Each guide whose rule the place has, for the organisation's kind, by the year's last day."""
    place = place_of(organisation.division_id)
    rules = rules_of(place=place.code, on=datetime.date(year, 12, 31))
    held = facts_of(organisation, year=year, today=today)
    rows = [
        entitlement(guide, rules[guide.rule], held)
        for guide in guides().values()
        if guide.rule in rules and organisation.kind in guide.audiences
    ]
    benefits = [row for row in rows if not row.guide.duty]
    return Overview(
        organisation=organisation,
        place=place,
        year=year,
        held=held,
        benefits=sorted(benefits, key=lambda row: ORDER.index(row.standing)),
        duties=[row for row in rows if row.guide.duty],
    )


def entitlement(guide: Guide, rule: CompiledRule, held: HeldFacts) -> Entitlement:
    """One benefit: computed when every fact is there, else what is missing is named."""
    codes = [guide.facts[fact.name] for fact in rule.rule.inputs]
    missing = held.missing(codes)
    found = [held.held[code] for code in dict.fromkeys(codes) if code in held.held]
    deadline = deadline_words(guide, rule, year=held.year)
    standing, word, amount, potential, answer, refusal = Standing.UNKNOWN, "", None, "", None, ""
    if not missing:
        facts = {name: held.held[code].value for name, code in guide.facts.items()}
        try:
            standing, word, amount, potential, answer = judged(guide, rule, facts)
        except FactsRefused as refused:
            refusal = str(refused)
    return Entitlement(
        guide=guide, rule=rule, standing=standing, word=word or str(standing.label),
        tone=TONES.get(word, STANDING_TONES[standing]), amount=amount, potential=potential,
        answer=answer, facts=found, missing=missing, refusal=refusal, deadline=deadline,
    )  # fmt: skip


Judged = tuple[Standing, str, Decimal | None, str, Answer]


def judged(guide: Guide, rule: CompiledRule, facts: Mapping[str, object]) -> Judged:
    """Standing, word of a duty, amount, what it would be after the nearest way, the answer."""
    outcome = rule.compute(facts=facts)
    ways = nearest_way(outcome=outcome)
    amount = outcome.values[guide.amount] if guide.amount else None
    money = amount if isinstance(amount, Decimal) else None
    standing = standing_of(gates=outcome.gates, ways=ways, amount=money)
    potential = ""
    if standing == Standing.NEARLY and guide.amount:
        changed = {**facts, **{each.fact: each.after for each in ways}}
        then = rule.compute(facts=changed).values[guide.amount]
        potential = value_words(then, unit="元")
    word = duty_word(outcome.gates) if guide.duty else ""
    return standing, word, money, potential, answer_of(outcome)


def deadline_words(guide: Guide, rule: CompiledRule, *, year: int) -> str:
    """When it is filed; with the last day where a law sets one (办理时间)."""
    words = FILINGS[guide.filing]
    months = rule.effective.of("annual_return_months").get(None)
    if guide.filing != "annual_return" or months is None:
        return words
    last = last_day_of(year, months_after=whole(months))
    return f"{words}，{last} 前"


def whole(provision: Provision) -> int:
    """A provision's number, which is a whole one."""
    return int(Decimal(provision.shown_value))
