"""Who might be awarded for a period, each with every condition as found (奖补候选)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.db.models import Exists, OuterRef, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.operations.learning.choices import (
    LIVING_AWARDS,
    AwardKind,
    AwardState,
    CompetitionState,
    ObjectionState,
    PromotionState,
    StandardName,
)
from silian.operations.learning.models.awards import (
    Award,
    AwardList,
    AwardStandard,
    SkillObjection,
)
from silian.operations.learning.models.competitions import Entrant
from silian.operations.learning.models.promotions import Promotion
from silian.operations.learning.queries.standards import StandardBook, competition_key
from silian.operations.learning.queries.workers import Employments
from silian.operations.learning.rules.awards import Facts, Gate, gates_of, refusal_of

Key = tuple[str, int, str, str]


@dataclass(frozen=True, kw_only=True)
class Period:
    """For which days and region a list is made (名单期间)."""

    division: str
    starts_on: datetime.date
    ends_on: datetime.date
    on: datetime.date


def promotions_in(period: Period) -> QuerySet[Promotion]:
    """Verified promotions of the period, by the day of the certificate."""
    rows = Promotion.objects.filter(
        state=PromotionState.VERIFIED,
        division__code__startswith=subtree_prefix(period.division),
        issued_on__gte=period.starts_on,
        issued_on__lt=period.ends_on,
    )
    return rows.select_related("person", "occupation", "employer").order_by("pk")


def winners_in(period: Period) -> QuerySet[Entrant]:
    """Prizes of results published in the period, objections over and answered."""
    asked = SkillObjection.objects.filter(
        competition_id=OuterRef("competition_id"), state=ObjectionState.OPEN
    )
    rows = Entrant.objects.filter(
        ~Exists(asked),
        competition__state=CompetitionState.RESULTS,
        competition__results_on__gte=period.starts_on,
        competition__results_on__lt=period.ends_on,
        competition__objections_until__lt=period.on,
        competition__division__code__startswith=subtree_prefix(period.division),
        withdrawn_at__isnull=True,
    ).exclude(prize="")
    return rows.select_related("person", "competition__occupation", "employer").order_by("pk")


def promotion_key(row: Promotion) -> Key:
    return AwardKind.PROMOTION, row.person_id, row.occupation_id, row.after


def entrant_key(row: Entrant) -> Key:
    return AwardKind.COMPETITION, row.person_id, str(row.competition_id), ""


def awarded_already(people: Iterable[int]) -> dict[Key, str]:
    """What each person holds or waits for, and in which list; one query (已列入)."""
    rows = Award.objects.filter(person_id__in=list(people), state__in=LIVING_AWARDS)
    found: dict[Key, str] = {}
    for row in rows.select_related("award_list"):
        place = row.occupation_id if row.kind == AwardKind.PROMOTION else str(row.competition_id)
        found[(row.kind, row.person_id, place, row.level)] = row.award_list.title
    return found


class Assessor:
    """Puts everything known beside each candidate; a constant number of queries (核查)."""

    def __init__(self, period: Period, *, people: Iterable[int]) -> None:
        known = list(people)
        self.period = period
        self.standards = StandardBook(division=period.division)
        self.employments = Employments(known)
        self.awarded = awarded_already(known)

    def promotion(self, award_list: AwardList, row: Promotion) -> Award:
        """The award for a verified promotion, or why there is none."""
        standard = self.standards.value(
            name=StandardName.PROMOTION, key=row.after, division=row.division_id, on=row.issued_on
        )
        gates = self.gates(
            key=promotion_key(row),
            person_id=row.person_id,
            acquired_on=row.issued_on,
            division=row.division_id,
            standard=standard,
            proof=f"证书 {row.certificate}，第 {row.version} 版，已由两人核验",
        )
        award = Award(
            award_list=award_list,
            kind=AwardKind.PROMOTION,
            promotion=row,
            person=row.person,
            employer=row.employer,
            occupation=row.occupation,
            level=row.after,
            reached=f"{row.occupation.name} {row.get_after_display()}",
        )
        return decided(award, standard=standard, gates=gates)

    def entrant(self, award_list: AwardList, row: Entrant) -> Award:
        """The award for a prize, or why there is none."""
        contest = row.competition
        acquired_on = contest.results_on or contest.ends_on
        standard = self.standards.value(
            name=StandardName.COMPETITION,
            key=competition_key(level=contest.level, prize=row.prize),
            division=contest.division_id,
            on=acquired_on,
        )
        gates = self.gates(
            key=entrant_key(row),
            person_id=row.person_id,
            acquired_on=acquired_on,
            division=contest.division_id,
            standard=standard,
            proof=f"成绩 {acquired_on} 公布，异议期已满",
        )
        award = Award(
            award_list=award_list,
            kind=AwardKind.COMPETITION,
            entrant=row,
            competition=contest,
            person=row.person,
            employer=row.employer,
            occupation=contest.occupation,
            reached=f"{contest.title} {row.get_prize_display()}"[:200],
        )
        return decided(award, standard=standard, gates=gates)

    def gates(
        self,
        *,
        key: Key,
        person_id: int,
        acquired_on: datetime.date,
        division: str,
        standard: AwardStandard | None,
        proof: str,
    ) -> list[Gate]:
        employer = self.employments.employer(person_id, on=self.period.on)
        here = subtree_prefix(self.period.division)
        term = self.standards.value(name=StandardName.TERM, division=division, on=acquired_on)
        return gates_of(
            Facts(
                proven=True,
                proof=proof,
                awarded_in=self.awarded.get(key, ""),
                employed_here=employer is not None and employer.division_id.startswith(here),
                division_names=f"{employer.display_name}（{employer.division.name}）"
                if employer
                else "",
                acquired_on=acquired_on,
                term_months=int(term.value) if term else None,
                term_basis=term.basis if term else "",
                amount=standard.value if standard else None,
                amount_basis=f"{standard.value:,} 元，{standard.basis}" if standard else "",
                on=self.period.on,
            )
        )


def decided(award: Award, *, standard: AwardStandard | None, gates: list[Gate]) -> Award:
    """Amount, clause and conditions on the award; refused when one of them is not met."""
    award.standard = standard
    award.amount = standard.value if standard else None
    award.clause = standard.basis[:300] if standard else ""
    award.gates = [{**asdict(gate), "word": gate.word} for gate in gates]
    award.refusal = refusal_of(gates)[:500]
    award.state = AwardState.REFUSED if award.refusal else AwardState.PROPOSED
    return award


def candidates_for(award_list: AwardList, *, period: Period) -> Iterator[Award]:
    """Every award that the period brings, not written yet (名单候选)."""
    promotions, winners = list(promotions_in(period)), list(winners_in(period))
    people = {row.person_id for row in promotions} | {row.person_id for row in winners}
    assessor = Assessor(period, people=people)
    for row in promotions:
        yield assessor.promotion(award_list, row)
    for winner in winners:
        yield assessor.entrant(award_list, winner)
