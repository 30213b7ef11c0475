"""Give students a host and a post, one or hundreds at a time."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record_each
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish_each
from silian.operations.placements.commands.capacity import lock_host
from silian.operations.placements.events.internships import InternshipArranged
from silian.operations.placements.models import AcceptedWarning, Internship
from silian.operations.placements.permissions.internships import (
    is_school_clerk,
    require_school_clerk,
)
from silian.operations.placements.queries.arranging import Arrangeables
from silian.operations.placements.queries.capacity import Room, room_of
from silian.operations.placements.queries.lawfulness import findings_of
from silian.operations.placements.rules.arranging import (
    Arranging,
    refusal_of,
    sentence_of,
    warnings_of,
)
from silian.operations.placements.rules.internship_life import overlaps
from silian.operations.placements.rules.prohibitions.declaration import Finding

LONGEST = 300
MOST_AT_ONCE = 2_000  # one school's year; more goes in parts
Slot = tuple[int, datetime.date, datetime.date]


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """The internship that a wish became, and the warnings that were set aside."""

    wish: Arranging
    internship: Internship
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why a wish did not become an internship, with everything that the rules found."""

    wish: Arranging
    sentence: str
    field: str = ""
    findings: Sequence[Finding] = ()


@transaction.atomic
def arrange_internship(
    *,
    actor: Actor,
    person_id: int,
    plan_id: int,
    host_id: int,
    post_id: int,
    starts_on: datetime.date,
    ends_on: datetime.date,
    on: datetime.date | None = None,
    **further: object,
) -> Internship:
    """Place one student; raises the first rule that stands against it (安排实习)."""
    wish = Arranging(
        person_id=person_id,
        plan_id=plan_id,
        host_id=host_id,
        post_id=post_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    wish = replace(wish, **further)  # type: ignore[arg-type]
    [answer] = arrange_many(actor=actor, wishes=[wish], on=on or starts_on)
    if isinstance(answer, Refused):
        raise DomainError(answer.sentence, field=answer.field or None)
    return answer.internship


@transaction.atomic
def arrange_many(
    *, actor: Actor, wishes: Sequence[Arranging], on: datetime.date
) -> list[Arranged | Refused]:
    """Place many students; each answer stands where its wish stood (批量安排实习).

    Hosts are locked in one order, so that two schools never wait for each other in a ring. The
    number of queries depends on hosts and periods, not on students.
    """
    if not actor.is_system:
        require_school_clerk(actor)
    if len(wishes) > MOST_AT_ONCE:
        raise DomainError(f"一次最多安排 {MOST_AT_ONCE} 名学生，请分批办理。")
    desk = Desk(actor=actor, wishes=wishes, on=on)
    desk.lock()
    desk.check()
    for slot in desk.slots():
        desk.place(slot)
    desk.tell()
    return [desk.answers[place] for place in range(len(wishes))]


@dataclass
class Desk:
    """One batch of wishes on its way to become internships."""

    actor: Actor
    wishes: Sequence[Arranging]
    on: datetime.date
    answers: dict[int, Arranged | Refused] = field(default_factory=dict)
    warned: dict[int, list[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = Arrangeables(self.wishes, school_id=self.school_id)
        self.taken: dict[int, list[tuple[datetime.date, datetime.date]]] = defaultdict(list)

    @property
    def school_id(self) -> int | None:
        """Clerks place for their own school; the system for the school of the plan."""
        return self.actor.organisation_id if is_school_clerk(self.actor) else None

    def lock(self) -> None:
        hosts = {self.known.posts[wish.post_id].organisation_id for wish in self.wishes}
        for organisation_id in sorted(hosts):
            lock_host(organisation_id=organisation_id)
        self.taken.update(self.known.held_periods())

    def check(self) -> None:
        """Refuse what does not hang together, then what a rule forbids."""
        fitting = [place for place in range(len(self.wishes)) if not self.misfits(place)]
        candidates = [self.known.candidate(self.wishes[place]) for place in fitting]
        for place, found in zip(
            fitting, findings_of(candidates=candidates, on=self.on), strict=True
        ):
            self.warned[place] = found
            self.refuse_by(place, found)

    def misfits(self, place: int) -> bool:
        reason = self.known.reason_not_fitting(self.wishes[place])
        if reason:
            self.refuse(place, sentence=reason[1], field=reason[0])
        return reason is not None

    def refuse_by(self, place: int, found: Sequence[Finding]) -> bool:
        refusal = refusal_of(found, reason=self.wishes[place].warning_reason)
        if refusal is None:
            return False
        sentence = sentence_of(refusal)
        if not refusal.blocks:
            sentence += "确需安排的，请写明理由。"
        self.refuse(place, sentence=sentence, field=refusal.field, findings=found)
        return True

    def refuse(
        self, place: int, *, sentence: str, field: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        self.answers[place] = Refused(
            wish=self.wishes[place], sentence=sentence, field=field, findings=findings
        )

    def slots(self) -> list[Slot]:
        """Host and days of the wishes that still stand; each is counted by itself."""
        standing = [place for place in range(len(self.wishes)) if place not in self.answers]
        return list(dict.fromkeys(self.slot_of(place) for place in standing))

    def slot_of(self, place: int) -> Slot:
        wish = self.wishes[place]
        post = self.known.posts[wish.post_id]
        return post.organisation_id, wish.starts_on, wish.ends_on

    def place(self, slot: Slot) -> None:
        """Fill one host's places for one period, in the order of the wishes."""
        places = [
            place
            for place in range(len(self.wishes))
            if place not in self.answers and self.slot_of(place) == slot
        ]
        room = room_of(
            organisation_id=slot[0],
            post_ids={self.wishes[place].post_id for place in places},
            starts_on=slot[1],
            ends_on=slot[2],
        )
        wanted: Counter[int] = Counter()
        accepted = [place for place in places if self.fits(place, room=room, wanted=wanted)]
        self.write(accepted)

    def fits(self, place: int, *, room: Room, wanted: Counter[int]) -> bool:
        """Whether the student is free and the post has room; counts the place when it has."""
        wish = self.wishes[place]
        days = (wish.starts_on, wish.ends_on)
        if overlaps(starts_on=days[0], ends_on=days[1], held=self.taken[wish.person_id]):
            self.refuse(place, sentence="该生在这段时间已有其他实习安排，请先取消或改期。")
            return False
        if not self.known.works(wish):
            self.taken[wish.person_id].append(days)
            return True
        trial = wanted + Counter({wish.post_id: 1})
        if sentence := room.refusal(wanted=trial):
            self.refuse(place, sentence=sentence, field="post")
            return False
        found = [*self.warned[place], *room.findings(wanted=trial)]
        if self.refuse_by(place, found):
            return False
        self.warned[place] = found
        wanted[wish.post_id] += 1
        self.taken[wish.person_id].append(days)
        return True

    def write(self, places: Sequence[int]) -> None:
        made = Internship.objects.bulk_create(
            self.known.internship(self.wishes[place]) for place in places
        )
        kept: list[AcceptedWarning] = []
        for place, internship in zip(places, made, strict=True):
            wish, found = self.wishes[place], self.warned[place]
            self.answers[place] = Arranged(wish=wish, internship=internship, findings=found)
            kept += accepted_warnings(
                internship, found, reason=wish.warning_reason, user_id=self.actor.user_id
            )
        AcceptedWarning.objects.bulk_create(kept)

    def tell(self) -> None:
        made = [each.internship for each in self.answers.values() if isinstance(each, Arranged)]
        record_each(self.actor, "placements.internship.arranged", made)
        publish_each(InternshipArranged(internship_id=each.pk) for each in made)


def accepted_warnings(
    internship: Internship, found: Iterable[Finding], *, reason: str, user_id: int | None
) -> list[AcceptedWarning]:
    """The warnings that the reason sets aside, as they are kept (保留理由)."""
    return [
        AcceptedWarning(
            internship=internship,
            code=each.code,
            sentence=each.sentence[:LONGEST],
            article=each.article[:120],
            reason=reason.strip()[:LONGEST],
            accepted_by_id=user_id,
        )
        for each in warnings_of(list(found))
    ]
