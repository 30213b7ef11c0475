"""Builds the bulletins of the last two months, published, and this month's draft."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.registry import declared_metrics
from silian.casework.publications.commands.steps import (
    approve_edition,
    publish_edition,
    submit_edition,
)
from silian.casework.publications.models import Edition
from silian.composition.reports.commands.bulletin import draft_bulletin
from silian.composition.reports.commands.bulletin_files import attach_bulletin_files
from silian.composition.reports.exports.bulletin_pdf import bulletin_pdf
from silian.composition.reports.exports.bulletin_word import bulletin_word
from silian.foundation.kernel.actors import Actor, system_actor
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for

CITY = "990100"
LEDGER = "policy_tasks"
ONE_DAY = datetime.timedelta(days=1)
PUBLISHED_AT = datetime.time(9, 30)


@dataclass
class BulletinBuilder:
    """Makes the same bulletins from the same rows and day; ``rng`` and ``scale`` change nothing."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> list[Edition]:
        writer, approver = self.official(Role.COORDINATOR), self.official(Role.REVIEWER)
        if writer is None or approver is None:
            return []
        self.count_tasks()
        last = self.on.replace(day=1) - ONE_DAY
        before = last.replace(day=1) - ONE_DAY
        published = [
            self.published(day, writer=writer, approver=approver) for day in (before, last)
        ]
        return [*published, self.drafted(self.on, writer=writer)]

    def count_tasks(self) -> None:
        """Count what the ledger measures of itself: it was built after the other metrics."""
        now = timezone.make_aware(datetime.datetime.combine(self.on, PUBLISHED_AT))
        for metric in declared_metrics().values():
            if metric.module == LEDGER:
                recount(metric=metric, since=self.on.replace(day=1), now=now, announce=False)

    def official(self, role: Role) -> Actor | None:
        """The first official of the city who holds the role."""
        rows = Membership.objects.in_force(on=self.on).filter(role=role, jurisdiction_id=CITY)
        found = rows.select_related("user").order_by("pk").first()
        return actor_for(user=found.user, on=self.on) if found else None

    def drafted(self, day: datetime.date, *, writer: Actor) -> Edition:
        edition = draft_bulletin(division=CITY, on=day, actor=writer, is_demo=True)
        return attach_bulletin_files(
            edition_id=edition.pk, word=bulletin_word, pdf=bulletin_pdf, actor=system_actor()
        )

    def published(self, day: datetime.date, *, writer: Actor, approver: Actor) -> Edition:
        """A bulletin handed in, approved and published on the third day after its month."""
        edition = self.drafted(day, writer=writer)
        out = datetime.datetime.combine(min(day + 3 * ONE_DAY, self.on), PUBLISHED_AT)
        moment = timezone.make_aware(out)
        submit_edition(edition_id=edition.pk, actor=writer, now=moment)
        approve_edition(edition_id=edition.pk, actor=approver, now=moment)
        return publish_edition(edition_id=edition.pk, actor=writer, now=moment)
