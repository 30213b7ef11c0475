"""Makes the declarations of staff and posts of the demonstration enterprises."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from silian.operations.placements.models.hosts import PostCensus
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

ENTERPRISES = 200
YEARS = 2
SHORT_OF_STAFF = 5  # the host in this place has too few staff for its posts: the count warns
LIAISON_SHARE, OFFERING_SHARE = 0.82, 0.62


@dataclass
class CensusMaker:
    """Writes a declaration a year; the hosts declare enough staff for their posts."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def write(self, posts: Sequence[InternshipPost]) -> None:
        places: dict[int, int] = defaultdict(int)
        for post in posts:
            places[post.organisation_id] += post.headcount
        rows = [
            self.census(organisation, year=year, places=places.get(organisation.pk, 0), tight=tight)
            for organisation, tight in self.declaring(list(places))
            for year in range(YEARS)
        ]
        PostCensus.objects.bulk_create(rows)

    def declaring(self, host_ids: list[int]) -> list[tuple[Organisation, bool]]:
        """The hosts, then the enterprises above scale before the others."""
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED, is_demo=True
        )
        hosts = rows.in_bulk(host_ids)
        wanted = max(int(ENTERPRISES * self.scale), len(hosts))
        others = rows.exclude(pk__in=host_ids).order_by("-above_scale", "pk")
        found = [(hosts[pk], place == SHORT_OF_STAFF) for place, pk in enumerate(host_ids)]
        return found + [(each, False) for each in others[: wanted - len(found)]]

    def census(
        self, organisation: Organisation, *, year: int, places: int, tight: bool
    ) -> PostCensus:
        as_of = datetime.date(self.on.year - year - 1, 12, 31)
        staff = self.staff(organisation, places=places, tight=tight) - 6 * year
        technical = int(staff * self.rng.uniform(0.35, 0.6))
        business = int(staff * self.rng.uniform(0.1, 0.25))
        has_liaison = bool(places) or self.rng.random() < LIAISON_SHARE
        return PostCensus(
            organisation=organisation,
            division_id=organisation.division_id,
            as_of=as_of,
            staff=staff,
            technical_posts=technical,
            business_posts=business,
            offered_posts=self.offered(technical + business, places=places),
            liaison_unit="人力资源部" if has_liaison else "",
            liaison_name=organisation.contact_name if has_liaison else "",
            is_demo=True,
        )

    def staff(self, organisation: Organisation, *, places: int, tight: bool) -> int:
        if places:
            return int(places * (4 if tight else self.rng.uniform(10.5, 16)))
        return self.rng.randint(120, 900) if organisation.above_scale else self.rng.randint(20, 110)

    def offered(self, posts: int, *, places: int) -> int:
        if places:
            return places
        share = self.rng.uniform(0.1, 0.16)
        if self.rng.random() > OFFERING_SHARE:
            share = self.rng.uniform(0.0, 0.095)
        return round(posts * share)
