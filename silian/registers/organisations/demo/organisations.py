"""Builds the organisations of the demonstration city and the accounts of their people."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from silian.foundation.kernel.search import feed
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
    Role,
)
from silian.registers.organisations.demo import city
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.models.organisation import OrganisationName
from silian.registers.organisations.queries.search_documents import SUBJECT
from silian.registers.organisations.rules import name_core, pinyin_of

PickT = TypeVar("PickT")
MARK = "（演示）"
ENTERPRISES = 600
BATCH = 2_000
AUTHORITIES = {OrganisationKind.GOVERNMENT: "11", OrganisationKind.SCHOOL: "12"}
SIZES = (
    (OrganisationSize.LARGE, 6),
    (OrganisationSize.MEDIUM, 22),
    (OrganisationSize.SMALL, 48),
    (OrganisationSize.MICRO, 24),
)
UNFINISHED = (
    (OrganisationState.SUBMITTED, 3),
    (OrganisationState.REGISTERED, 1),
    (OrganisationState.REJECTED, 1),
    (OrganisationState.VERIFIED, 95),
)
DEMO_SEATS = (
    ("demo-coordinator", "周文清", "青澜市发展和改革委员会", Role.COORDINATOR, True),
    ("demo-department", "吴志远", "青澜市工业和信息化局", Role.REVIEWER, True),
    ("demo-treasury", "秦立新", "青澜市财政局", Role.REVIEWER, True),
    ("demo-hrss", "范书宁", "青澜市人力资源和社会保障局", Role.REVIEWER, True),
    ("demo-education", "邓书怡", "青澜市教育局", Role.REVIEWER, True),
    ("demo-tax", "彭立衡", "青澜市税务局", Role.REVIEWER, True),
    ("demo-union", "袁春华", "青澜市总工会", Role.REVIEWER, True),
    ("demo-supervisor", "蒋文博", "青澜市人民政府办公室", Role.SUPERVISOR, True),
    ("demo-leader", "梁思远", "青澜市人民政府办公室", Role.LEADER, True),
    ("demo-enterprise", "陈佳宁", "启衡精密制造有限公司", Role.MANAGER, False),
    ("demo-school", "林书然", "青澜职业技术学院", Role.MANAGER, False),
    ("demo-teacher", "许明辉", "青澜职业技术学院", Role.TEACHER, False),
    ("demo-student", "何雨涵", "青澜职业技术学院", Role.STUDENT, False),
    ("demo-mentor", "吴立诚", "启衡精密制造有限公司", Role.MENTOR, False),
    ("demo-expert", "沈立峰", "澜衡教育评价有限公司", Role.EXPERT, False),
    ("demo-association", "曹永强", "青澜市装备制造行业协会", Role.MANAGER, False),
    ("demo-finance", "郑雅洁", "青澜农村商业银行", Role.MANAGER, False),
    ("demo-system", "罗建波", "青澜市产教融合平台运营中心", Role.SYSTEM_ADMIN, True),
    ("demo-security", "唐静敏", "青澜市产教融合平台运营中心", Role.SECURITY_ADMIN, True),
    ("demo-audit", "冯国辉", "青澜市产教融合平台运营中心", Role.AUDIT_ADMIN, True),
)


@dataclass
class CityBuilder:
    """Makes the same city from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    used: set[str] = field(default_factory=set)
    serial: int = 0

    def build(self) -> list[Organisation]:
        """Write organisations, accounts and memberships; returns the organisations."""
        plans = [*self.public_bodies(), *self.schools(), *self.others(), *self.enterprises()]
        made = Organisation.objects.bulk_create(plans, batch_size=BATCH)
        self.backdate(made)
        self.seat_managers(made)
        self.seat_demo_users()
        feed.changed(SUBJECT, [organisation.pk for organisation in made])
        return made

    def organisation(
        self, *, kind: OrganisationKind, name: str, division: str, **facts: object
    ) -> Organisation:
        self.serial += 1
        authority = AUTHORITIES.get(kind, "91")
        short = str(facts.pop("short_name", "")) or name
        return Organisation(
            kind=kind,
            name=name + MARK,
            short_name=short + MARK,
            name_pinyin=pinyin_of(name),
            name_core=name_core(name),
            uscc=demonstration_uscc(authority=authority, division=division, number=self.serial),
            division_id=division,
            contact_name=self.person_name(),
            contact_phone="0000-000000",
            is_demo=True,
            **{"state": OrganisationState.VERIFIED, "verified_at": self.moment(), **facts},
        )

    def public_bodies(self) -> Iterator[Organisation]:
        government = OrganisationKind.GOVERNMENT
        for department in (*city.DEPARTMENTS, city.OPERATOR):
            name = city.CITY_NAME + department
            yield self.organisation(kind=government, name=name, division=city.CITY)
        for code, county in city.COUNTIES.items():
            for department in (city.COUNTY_DEPARTMENT, city.COUNTY_LABOUR):
                yield self.organisation(kind=government, name=county + department, division=code)

    def schools(self) -> Iterator[Organisation]:
        for name, division in city.SCHOOLS:
            yield self.organisation(
                kind=OrganisationKind.SCHOOL, name=name, division=division, industry_id="83",
                introduction=f"{name}为演示院校，面向{city.CITY_NAME}重点产业链开设专业。",
            )  # fmt: skip

    def others(self) -> Iterator[Organisation]:
        kinds = OrganisationKind
        groups: tuple[tuple[OrganisationKind, Iterable[str]], ...] = (
            (kinds.INSTITUTE, city.INSTITUTES),
            (kinds.ASSOCIATION, [city.CITY_NAME + name for name in city.ASSOCIATIONS]),
            (kinds.ALLIANCE, city.ALLIANCES),
            (kinds.SERVICE, [f"{name}有限公司" for name in city.SERVICES]),
            (kinds.EVALUATOR, [f"{name}有限公司" for name in city.EVALUATORS]),
            (kinds.FINANCE, city.FINANCES),
        )
        for kind, names in groups:
            for name in names:
                yield self.organisation(kind=kind, name=name, division=self.county())

    def enterprises(self) -> Iterator[Organisation]:
        yield self.enterprise(
            stem="启衡", chain=city.CHAINS[0], trade="精密制造", division="990104",
            size=OrganisationSize.MEDIUM, state=OrganisationState.VERIFIED,
        )  # fmt: skip
        weights = [chain.weight for chain in city.CHAINS]
        for _ in range(int(ENTERPRISES * self.scale) - 1):
            chain = self.rng.choices(city.CHAINS, weights)[0]
            yield self.enterprise(
                stem=self.stem(),
                chain=chain,
                trade=self.rng.choice(chain.trades),
                division=self.county(),
                size=self.pick(SIZES),
                state=self.pick(UNFINISHED),
            )

    def enterprise(
        self,
        *,
        stem: str,
        chain: city.Chain,
        trade: str,
        division: str,
        size: OrganisationSize,
        state: OrganisationState,
    ) -> Organisation:
        verified = state is OrganisationState.VERIFIED
        self.used.add(stem)
        return self.organisation(
            kind=OrganisationKind.ENTERPRISE,
            name=f"{stem}{trade}有限公司",
            short_name=stem + trade,
            division=division,
            industry_id=self.rng.choice(chain.industries),
            industry_chain=chain.name,
            size=size,
            above_scale=size in (OrganisationSize.LARGE, OrganisationSize.MEDIUM),
            address=f"{city.COUNTIES[division]}创业路 {self.rng.randint(1, 300)} 号",
            introduction=f"{stem}{trade}为演示企业，主营{trade}，属{chain.name}产业链。",
            state=state,
            verified_at=self.moment() if verified else None,
            submitted_at=None if state is OrganisationState.REGISTERED else self.recent(),
            verification_due_on=self.on + datetime.timedelta(days=self.rng.randint(1, 9)),
            rejection_reason="营业执照照片不清晰，请重新上传四角完整的照片。"
            if state is OrganisationState.REJECTED
            else "",
        )

    def backdate(self, made: list[Organisation]) -> None:
        """Registered before verified: spread over two years."""
        for organisation in made:
            before = organisation.verified_at or organisation.submitted_at or self.recent()
            organisation.created_at = before - datetime.timedelta(days=self.rng.randint(1, 5))
        Organisation.objects.bulk_update(made, ["created_at"], batch_size=BATCH)
        OrganisationName.objects.bulk_create(
            [
                OrganisationName(
                    organisation=organisation,
                    name=organisation.name,
                    starts_on=organisation.created_at.date(),
                )
                for organisation in made
            ],
            batch_size=BATCH,
        )

    def seat_managers(self, made: list[Organisation]) -> None:
        users = User.objects.bulk_create(
            [
                User(username=f"demo-user-{org.pk}", name=self.person_name(), is_demo=True)
                for org in made
            ],
            batch_size=BATCH,
        )
        government = OrganisationKind.GOVERNMENT
        Membership.objects.bulk_create(
            [
                Membership(
                    user=user,
                    organisation=org,
                    role=Role.REVIEWER if org.kind == government else Role.MANAGER,
                    jurisdiction_id=org.division_id if org.kind == government else None,
                    starts_on=self.on - datetime.timedelta(days=800),
                )
                for user, org in zip(users, made, strict=True)
            ],
            batch_size=BATCH,
        )

    def seat_demo_users(self) -> None:
        """The accounts behind the one-click logins."""
        for username, name, organisation, role, official in DEMO_SEATS:
            user = User(username=username, name=name, is_demo=True, second_factor_required=official)
            user.set_unusable_password()
            user.save()
            Membership.objects.create(
                user=user,
                organisation=Organisation.objects.get(name=organisation + MARK),
                role=role,
                jurisdiction_id=city.CITY if official else None,
                starts_on=self.on - datetime.timedelta(days=700),
            )

    def stem(self) -> str:
        while True:
            length = 2 if len(self.used) < 700 else 3
            tails = "".join(self.rng.choices(city.STEM_TAILS, k=length - 1))
            stem = self.rng.choice(city.STEM_HEADS) + tails
            if stem not in self.used or len(self.used) > 20_000:
                return stem

    def county(self) -> str:
        return self.rng.choices(list(city.COUNTIES), city.COUNTY_WEIGHTS)[0]

    def pick(self, weighted: tuple[tuple[PickT, int], ...]) -> PickT:
        values, weights = zip(*weighted, strict=True)
        return self.rng.choices(values, weights)[0]

    def person_name(self) -> str:
        return person_name(self.rng)

    def moment(self) -> datetime.datetime:
        """Some working hour in the past two years."""
        day = self.on - datetime.timedelta(days=self.rng.randint(30, 730))
        hour = datetime.time(self.rng.randint(9, 16), self.rng.randint(0, 59))
        return datetime.datetime.combine(day, hour, tzinfo=SHANGHAI)

    def recent(self) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=self.rng.randint(0, 6))
        return datetime.datetime.combine(day, datetime.time(10), tzinfo=SHANGHAI)


SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def person_name(rng: random.Random) -> str:
    """An invented name, marked nowhere because it belongs to a marked organisation."""
    given = rng.choice(city.GIVEN_FIRST)
    if rng.random() < 0.8:
        given += rng.choice(city.GIVEN_SECOND)
    return rng.choice(city.FAMILY_NAMES) + given
