"""Remind those who have something to do about many interns, once a day for each thing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.commands.chasing import remind_many
from silian.casework.agreements.queries.reading import agreements_of
from silian.casework.agreements.queries.signing import waiting_signatures
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record_each
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.models.bulk import PlacementReminder
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.boards import board_rows, may_chase
from silian.operations.placements.queries.boards import Intern, interns_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.queries.reminding import clerks_of, person_users
from silian.operations.placements.rules.board import Problem
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify

MOST_AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What a round of reminders came to (催办结果)."""

    interns: int
    today: int
    people: int
    signatures: str = ""

    @property
    def sentence(self) -> str:
        if not self.interns:
            return f"没有新的催办。{self.today} 项今天已催过，明天可以再催。"
        again = f"，{self.today} 项今天已催过" if self.today else ""
        return f"已就 {self.interns} 项催办，通知 {self.people} 人{again}。{self.signatures}"


@transaction.atomic
def remind(
    *,
    internship_ids: Sequence[int],
    actor: Actor,
    now: datetime.datetime,
    only: Problem | None = None,
) -> Reminded:
    """Remind whoever has to act about each problem of these interns (催办).

    What the school itself has to do is told to its own clerks, what the host, to the host's;
    signatures are chased where they are kept. The same thing is told once a day.
    """
    if not may_chase(actor):
        raise NotAllowed("催办由学校的管理员或经办人办理。")
    if not internship_ids:
        raise DomainError("请先选择学生。")
    if len(internship_ids) > MOST_AT_ONCE:
        raise DomainError(f"一次最多催办 {MOST_AT_ONCE} 人，请分批办理。")
    rows = board_rows(actor).filter(pk__in=internship_ids, school_id=actor.organisation_id)
    interns = interns_of(rows, on=timezone.localdate(now))
    wanted = [
        (intern, problem)
        for intern in interns
        for problem in sorted(intern.standing.problems)
        if only is None or problem is only
    ]
    fresh = noted(wanted, actor=actor, on=timezone.localdate(now))
    people = tell_all(fresh, actor=actor, on=timezone.localdate(now))
    signatures = chase(fresh, actor=actor, now=now)
    record_each(
        actor,
        "placements.internship.reminded",
        list(Internship.objects.filter(pk__in={intern.pk for intern, _ in fresh})),
    )
    return Reminded(
        interns=len(fresh), today=len(wanted) - len(fresh), people=people, signatures=signatures
    )


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing to tell some people."""

    users: set[int]
    title: str
    key: str
    is_staff: bool = True


Wanted = Sequence[tuple[Intern, Problem]]


def noted(wanted: Wanted, *, actor: Actor, on: datetime.date) -> Wanted:
    """Write down what is told now; what was told today already is left out."""
    ids = {intern.pk for intern, _ in wanted}
    known = set(
        PlacementReminder.objects.filter(internship__in=ids, on=on).values_list(
            "internship_id", "about"
        )
    )
    fresh = [(item, about) for item, about in wanted if (item.pk, about.value) not in known]
    PlacementReminder.objects.bulk_create(
        [
            PlacementReminder(
                internship_id=intern.pk, about=problem.value, on=on, sent_by_id=actor.user_id
            )
            for intern, problem in fresh
        ],
        ignore_conflicts=True,
    )
    return fresh


def tell_all(fresh: Wanted, *, actor: Actor, on: datetime.date) -> int:
    """One notice to each person for each thing, however many interns it is about."""
    told: set[int] = set()
    for notice in notices(fresh, actor=actor):
        notify(
            user_ids=notice.users,
            kind=NotificationKind.TASK,
            title=notice.title,
            detail=f"{actor.organisation_name}催办。办好后自动消除，不必回复。",
            url=reverse("placements:board") if notice.is_staff else "",
            key=f"placements-remind-{notice.key}-{on}",
        )
        told |= notice.users
    return len(told)


def notices(fresh: Wanted, *, actor: Actor) -> list[Notice]:
    """Insurance to the school's own clerks, pay to each host's, papers to those who bring them."""
    found = []
    uninsured = [intern for intern, about in fresh if about is Problem.UNINSURED]
    school = actor.organisation_id or 0
    if uninsured:
        title = f"{len(uninsured)} 名实习学生未投保，不能上岗"
        found.append(
            Notice(users=clerks_of([school])[school], title=title, key=f"insurance-{school}")
        )
    unpaid: dict[int, int] = Counter(
        intern.organisation_id for intern, about in fresh if about is Problem.UNPAID
    )
    clerks = clerks_of(unpaid)
    for host, count in unpaid.items():
        title = f"{count} 名实习学生的报酬未到位，请补发并登记"
        found.append(Notice(users=clerks[host], title=title, key=f"pay-{school}-{host}"))
    papers = [intern.pk for intern, about in fresh if about is Problem.PAPERS]
    if papers:
        users = person_users(papers)
        title = "您的实习还缺手续，办齐才能上岗"
        found.append(Notice(users=users, title=title, key=f"papers-{school}", is_staff=False))
    return found


def chase(fresh: Wanted, *, actor: Actor, now: datetime.datetime) -> str:
    """Chase the signatures that the agreements of unsigned interns still miss (催签)."""
    unsigned = [intern.pk for intern, about in fresh if about is Problem.UNSIGNED]
    if not unsigned:
        return ""
    agreements = agreements_of(AGREEMENT_SOURCE, unsigned)
    waiting = waiting_signatures(agreement_ids=[item.pk for item in agreements.values()])
    unsent = len(unsigned) - len({row.version.agreement_id for row in waiting})
    chased = remind_many(signature_ids=[row.pk for row in waiting], actor=actor, now=now)
    rest = f"{unsent} 份协议还没有送签，请先批量办协议。" if unsent > 0 else ""
    return chased.sentence + rest
