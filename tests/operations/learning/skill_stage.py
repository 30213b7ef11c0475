"""Workers of an enterprise, a competition in every state, verified promotions, standards."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from silian.foundation.reference.models import Occupation
from silian.operations.learning.commands import (
    award_lists,
    competitions,
    entrants,
    promotions,
    standards,
)
from silian.operations.learning.commands.award_lists import ListFacts
from silian.operations.learning.commands.competitions import CompetitionFacts
from silian.operations.learning.commands.entrants import Result
from silian.operations.learning.commands.promotions import PromotionFacts
from silian.operations.learning.commands.standards import StandardFacts
from silian.operations.learning.models.awards import AwardList, AwardStandard
from silian.operations.learning.models.competitions import Competition, Entrant
from silian.operations.learning.models.promotions import Promotion, SkillOffice
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.commands import register_person
from silian.registers.people.models import Person as Worker
from tests.operations.learning.stage import NOW, TODAY, unit
from tests.world import Person, World

SERIAL = count(1)
DAY = datetime.timedelta(days=1)
ISSUED = datetime.date(2026, 3, 2)


def lathe() -> Occupation:
    found, _ = Occupation.objects.get_or_create(
        code="6-18-01-01",
        defaults={"name": "车工", "level": 4, "bottom_level": 4, "path": ["6-18-01-01"]},
    )
    return found


def worker(person: Person, name: str = "韩志远", **given: Any) -> Worker:
    """An employee of the person's enterprise since last year."""
    facts: dict[str, Any] = {
        "kind": AffiliationKind.EMPLOYEE,
        "starts_on": datetime.date(2025, 1, 1),
        "number": f"E{next(SERIAL)}",
        **given,
    }
    return register_person(actor=person.actor, name=name, **facts).person


def facts_of_competition(**given: Any) -> CompetitionFacts:
    values: dict[str, Any] = {
        "title": "青澜市数控车工技能竞赛",
        "level": "city",
        "occupation_id": lathe().pk,
        "base_id": None,
        "place": "",
        "opens_on": TODAY,
        "closes_on": TODAY + 10 * DAY,
        "starts_on": TODAY + 20 * DAY,
        "ends_on": TODAY + 21 * DAY,
        "unit_limit": 2,
        "basis": "",
        "text": "",
        **given,
    }
    return CompetitionFacts(**values)


def drafted(world: World, **given: Any) -> Competition:
    return competitions.draft_competition(
        facts=facts_of_competition(**given), actor=world.reviewer.actor
    )


def opened(world: World, **given: Any) -> Competition:
    row = drafted(world, **given)
    actor = world.reviewer.actor
    competitions.publish_competition(competition_id=row.pk, actor=actor, today=TODAY)
    return competitions.open_competition(competition_id=row.pk, actor=actor, today=TODAY)


def entered(world: World, row: Competition, *people: Worker) -> None:
    entrants.enter_workers(
        competition_id=row.pk,
        person_ids=[each.pk for each in people],
        actor=world.enterprise.actor,
        now=NOW,
    )


def held(world: World, *people: Worker, **given: Any) -> Competition:
    row = opened(world, **given)
    entered(world, row, *(people or (worker(world.enterprise),)))
    return competitions.hold_competition(
        competition_id=row.pk, actor=world.reviewer.actor, today=row.ends_on
    )


def won(rank: int = 1, prize: str = "first") -> Result:
    return Result(rank=rank, score=Decimal("92.50"), prize=prize, is_absent=False)


def published(world: World, *people: Worker, **given: Any) -> Competition:
    """Results are out; the first entrant won the first prize."""
    row = held(world, *people, **given)
    results = {each.pk: won(place) for place, each in enumerate(row.entrants.all(), start=1)}
    entrants.score_entrants(competition_id=row.pk, results=results, actor=world.reviewer.actor)
    return competitions.publish_results(competition_id=row.pk, actor=world.reviewer.actor, now=NOW)


def certificate(*, level: str = "3", year: int = 26, serial: int | None = None) -> str:
    return f"Y000123000001{year:02d}{level}{serial or next(SERIAL):06d}"


def facts_of_promotion(**given: Any) -> PromotionFacts:
    after = given.get("after", "3")
    values: dict[str, Any] = {
        "occupation_id": lathe().pk,
        "before": "4",
        "after": after,
        "certificate": certificate(level=after),
        "issuer": "青澜技师学院评价中心",
        "issued_on": ISSUED,
        "training": "车工高级工培训班",
        "trained_hours": 80,
        **given,
    }
    return PromotionFacts(**values)


def submitted(world: World, person: Worker | None = None, **given: Any) -> Promotion:
    return promotions.enter_promotion(
        person_id=(person or worker(world.enterprise)).pk,
        facts=facts_of_promotion(**given),
        actor=world.enterprise.actor,
        now=NOW,
        today=TODAY,
    )


def verified(world: World, person: Worker | None = None, **given: Any) -> Promotion:
    return promotions.verify_promotion(
        promotion_id=submitted(world, person, **given).pk,
        note="",
        actor=world.coordinator.actor,
        now=NOW,
    )


def office(world: World) -> SkillOffice:
    return promotions.name_office(
        organisation_id=unit(world.reviewer).pk,
        basis="三定规定",
        since=TODAY,
        actor=world.coordinator.actor,
    )


def standard(world: World, *, name: str = "promotion", key: str = "3", value: str = "1000",
             **given: Any) -> AwardStandard:  # fmt: skip
    values: dict[str, Any] = {
        "document": "青人社发〔2026〕8号",
        "clause": "第三条",
        "valid_from": datetime.date(2026, 1, 1),
        "valid_to": None,
        **given,
    }
    facts = StandardFacts(name=name, key=key, value=Decimal(value), **values)
    return standards.set_standard(facts=facts, actor=world.coordinator.actor, now=NOW)


def list_facts(**given: Any) -> ListFacts:
    values: dict[str, Any] = {
        "title": "2026 年第一季度奖补名单",
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2026, 4, 1),
        **given,
    }
    return ListFacts(**values)


def made(world: World, *, today: datetime.date = TODAY, **given: Any) -> AwardList:
    return award_lists.make_list(
        facts=list_facts(**given), actor=world.coordinator.actor, now=NOW, today=today
    )


def listed(world: World) -> AwardList:
    """A draft list of one verified promotion worth 1,000 yuan."""
    if not SkillOffice.objects.exists():
        office(world)
    if not AwardStandard.objects.exists():
        standard(world)
    verified(world)
    return made(world)


def noticed(world: World) -> AwardList:
    return award_lists.notice_list(list_id=listed(world).pk, actor=world.coordinator.actor, now=NOW)


def approved(world: World) -> AwardList:
    return award_lists.approve_list(
        list_id=noticed(world).pk, actor=world.reviewer.actor, now=NOW + 20 * DAY
    )


def first_entrant(row: Competition) -> Entrant:
    found = row.entrants.first()
    assert found is not None
    return found
