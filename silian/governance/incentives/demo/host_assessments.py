"""The yearly assessments of the demonstration city's enterprises that had interns."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.choices.assessments import AssessmentState as S
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.queries.host_assessments import figures_of, hosts_of
from silian.governance.incentives.rules.host_assessments import points_against
from silian.registers.organisations.models import Membership, Organisation

CITY = "990100"
BASIS = "青教发〔2025〕8号（演示）学生实习工作考核细则"
PROPOSER, DECIDER = "demo-education", "demo-coordinator"
SHARE_OPEN = 0.15  # a few still wait, so that every page shows something
SEAT = "demo-enterprise"
BEGAN_BEFORE = datetime.timedelta(days=90)  # the city's interns began some months ago


@dataclass
class AssessmentBuilder:
    """Passed ones, a failed one, one that is heard and some that wait for a decision."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Assessments of the year in which the interns began; returns how many."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        year = (self.on - BEGAN_BEFORE).year
        hosts = list(hosts_of(jurisdiction=CITY, year=year))
        figures = figures_of([host.pk for host in hosts], year=year, on=self.on)
        shown = set(
            Membership.objects.filter(user__username=SEAT).values_list("organisation", flat=True)
        )
        people = {
            member.user.username: member.user_id
            for member in Membership.objects.filter(
                user__username__in=(PROPOSER, DECIDER)
            ).select_related("user")
        }
        rows = [
            self.row(host, year, figures[host.pk], people, sure=host.pk in shown) for host in hosts
        ]
        HostAssessment.objects.bulk_create(rows)
        return len(rows)

    def row(
        self,
        host: Organisation,
        year: int,
        figures: dict[str, int],
        people: dict[str, int],
        *,
        sure: bool,
    ) -> HostAssessment:
        """One enterprise: facts against it are looked into, the rest passes."""
        points = points_against(figures)
        waits = not sure and self.rng.random() < SHARE_OPEN
        fails = bool(points) and not sure and figures["grave_incidents"] > 0
        state = (S.NOTICED if fails else S.DRAFT) if waits else (S.FAILED if fails else S.PASSED)
        decided = state in (S.PASSED, S.FAILED)
        proposed = self.cast.moment(30)
        return HostAssessment(
            organisation=host, division_id=host.division_id, year=year, state=state,
            proposed_pass=not fails, figures=figures, basis=BASIS,
            reason="；".join(points)[:300] if fails else "",
            proposed_by_id=people.get(PROPOSER), proposed_at=proposed,
            reply_until=self.cast.day(-3) if state == S.NOTICED else None,
            decided_by_id=people.get(DECIDER) if decided else None,
            decided_on=self.cast.day(18) if decided else None, is_demo=True,
        )  # fmt: skip
