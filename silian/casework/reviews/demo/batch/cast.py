"""The people of the batch: officials, departments, experts and the agents of the applicants."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from silian.casework.reviews.demo.dossiers import CITY, COUNTY_UNITS, MARK, UNITS
from silian.casework.reviews.models import Dossier, SchemeVersion
from silian.casework.reviews.rules.offices import Office
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import DomainError
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

PREFIX = "demo-batch-"
DECIDERS, LEAST_EXPERTS, APPLICANTS_PER_EXPERT = 5, 8, 3
EXPERT_KINDS = (
    OrganisationKind.INSTITUTE,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.EVALUATOR,
    OrganisationKind.SERVICE,
    OrganisationKind.SCHOOL,
)
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "文清志远书然佳宁明辉立诚永强雅洁建波静敏国辉思源子衿若谷云舒景行知微守拙"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody to be invented: account, unit and role (演示人员)."""

    username: str
    organisation: Organisation
    role: Role
    jurisdiction: str | None = None


@dataclass
class Cast:
    """Who acts in the story, each in one capacity on a file."""

    version: SchemeVersion
    applicants: list[Organisation]
    rng: random.Random
    since: datetime.date
    officials: dict[str, Actor] = field(default_factory=dict)
    deciders: list[Actor] = field(default_factory=list)
    departments: dict[int, Actor] = field(default_factory=dict)
    experts: list[Actor] = field(default_factory=list)
    agents: dict[int, Actor] = field(default_factory=dict)

    @property
    def region(self) -> str:
        return self.version.scheme.division_id

    @property
    def owner(self) -> Organisation:
        return self.version.scheme.owner

    def official(self, name: str) -> Actor:
        return self.officials[name]

    def agent_of(self, dossier: Dossier) -> Actor:
        return self.agents[dossier.applicant_id]

    def assemble(self) -> int:
        """Give everybody an account and a membership; how many people."""
        self.officials = self.office_holders()
        self.deciders = list(self.seated(self.decider_seats()))
        self.departments = self.department_officials()
        self.experts = list(self.seated(self.expert_seats()))
        agents = self.seated(
            Seat(username=f"agent-{row.pk}", organisation=row, role=Role.AGENT)
            for row in self.applicants
        )
        self.agents = {row.pk: actor for row, actor in zip(self.applicants, agents, strict=True)}
        groups = (self.officials, self.deciders, self.departments, self.experts, self.agents)
        return sum(map(len, groups))

    def office_holders(self) -> dict[str, Actor]:
        """The leading department: nobody of it does two things on one file."""
        roles = {
            "organiser": Role.COORDINATOR,
            "checker": Role.REVIEWER,
            "moderator": Role.REVIEWER,
            "visitor": Role.REVIEWER,
            "investigator": Role.REVIEWER,
            "appeals": Role.REVIEWER,
            "keeper": Role.COORDINATOR,
            "judge": Role.REVIEWER,
        }
        seats = [
            Seat(username=name, organisation=self.owner, role=role, jurisdiction=self.region)
            for name, role in roles.items()
        ]
        return dict(zip(roles, self.seated(seats), strict=True))

    def decider_seats(self) -> list[Seat]:
        roles = [Role.LEADER, *[Role.SUPERVISOR] * (DECIDERS - 1)]
        return [
            Seat(
                username=f"decider-{place}",
                organisation=self.owner,
                role=role,
                jurisdiction=self.region,
            )
            for place, role in enumerate(roles, start=1)
        ]

    def department_officials(self) -> dict[int, Actor]:
        """One official for each unit that is asked for its opinion."""
        keys = {row.organisation_id for row in offices_for(self.version)}
        units = list(Organisation.objects.filter(pk__in=keys).order_by("pk"))
        seats = [
            Seat(
                username=f"department-{row.pk}",
                organisation=row,
                role=Role.REVIEWER,
                jurisdiction=row.division_id,
            )
            for row in units
        ]
        return {row.pk: actor for row, actor in zip(units, self.seated(seats), strict=True)}

    def expert_seats(self) -> list[Seat]:
        units = list(
            Organisation.objects.filter(
                kind__in=EXPERT_KINDS,
                state=OrganisationState.VERIFIED,
                is_demo=True,
                division__code__startswith=subtree_prefix(self.region),
            ).order_by("kind", "pk")
        )
        if not units:
            raise DomainError("演示城市里没有可以推荐专家的单位，请先运行 silian demo。")
        count = max(LEAST_EXPERTS, len(self.applicants) // APPLICANTS_PER_EXPERT)
        return [
            Seat(
                username=f"expert-{place:02d}",
                organisation=units[place % len(units)],
                role=Role.EXPERT,
            )
            for place in range(count)
        ]

    def seated(self, seats: Iterable[Seat]) -> Sequence[Actor]:
        wanted = list(seats)
        users = User.objects.bulk_create(
            User(username=PREFIX + row.username, name=self.name(), is_demo=True) for row in wanted
        )
        Membership.objects.bulk_create(
            Membership(
                user=user,
                organisation=row.organisation,
                role=row.role,
                jurisdiction_id=row.jurisdiction,
                starts_on=self.since,
            )
            for user, row in zip(users, wanted, strict=True)
        )
        return [
            actor_for(user=user, on=self.since, organisation_id=row.organisation.pk)
            for user, row in zip(users, wanted, strict=True)
        ]

    def name(self) -> str:
        """An invented name."""
        start = 2 * self.rng.randrange(len(GIVEN) // 2)
        return self.rng.choice(FAMILY) + GIVEN[start : start + 2]


def offices_for(version: SchemeVersion) -> list[Office]:
    """The city's units at every level, at the first of two the counties' own where they exist."""
    units = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT, division__code__startswith=CITY[:4]
    )
    by_name = {row.name: row for row in units.order_by("pk")}
    levels = version.content.procedure.levels
    offices = []
    for place, level in enumerate(levels):
        for department in level.departments:
            unit = by_name.get(f"{UNITS.get(department, '')}{MARK}")
            if unit is None:
                raise DomainError(f"演示城市里没有“{department}”部门，请先运行 silian demo。")
            found = [unit]
            county = COUNTY_UNITS.get(department)
            if county and place == 0 and len(levels) > 1:
                found += [
                    row
                    for name, row in by_name.items()
                    if county in name and row != unit and row.division_id != CITY
                ]
            offices += [
                Office(
                    level=level.code,
                    department=department,
                    division=row.division_id,
                    organisation_id=row.pk,
                )
                for row in found
            ]
    return offices
