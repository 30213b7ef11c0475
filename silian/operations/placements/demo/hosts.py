"""Builds hosts, inspections, posts, declarations and plans of the demonstration city."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.demo.censuses import CensusMaker
from silian.operations.placements.demo.plans import PlanMaker
from silian.operations.placements.demo.posts import PostMaker
from silian.operations.placements.demo.signers import managers_of_schools
from silian.operations.placements.demo.trades import CHAIN_POSTS, INSPECTION_WORDS
from silian.operations.placements.models.hosts import Host, HostInspection
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
)
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Programme

LEAD_SCHOOL = "青澜职业技术学院（演示）"
DEMO_ENTERPRISE = "启衡精密制造有限公司（演示）"
ROOMY = (OrganisationSize.LARGE, OrganisationSize.MEDIUM)
HOSTS_OF_OTHERS = 4
NOON = datetime.time(4, tzinfo=datetime.UTC)
UNDER_WAY = (
    HostState.PROPOSED,
    HostState.PROPOSED,
    HostState.INSPECTED,
    HostState.REFUSED,
    HostState.REMOVED,
)


@dataclass
class HostBuilder:
    """Makes the same hosts from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    hosts: list[Host] = field(default_factory=list)

    def build(self) -> int:
        """Write everything that stands before an internship; returns how many posts."""
        self.enterprises = self.verified_enterprises()
        self.managers = managers_of_schools()
        lead = Organisation.objects.filter(name=LEAD_SCHOOL).first()
        if lead is None or not any(self.enterprises.values()):
            return 0
        self.choose(lead)
        self.write_inspections()
        published = [host for host in self.hosts if host.state == HostState.PUBLISHED]
        posts = PostMaker(rng=self.rng, on=self.on).write(published)
        CensusMaker(rng=self.rng, on=self.on, scale=self.scale).write(posts)
        PlanMaker(rng=self.rng, on=self.on).write(published, posts)
        return InternshipPost.objects.count()

    def verified_enterprises(self) -> dict[str, list[Organisation]]:
        """By chain, the larger ones first, the visitor's own before all."""
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED, is_demo=True
        )
        found: dict[str, list[Organisation]] = defaultdict(list)
        for row in sorted(
            rows, key=lambda each: (each.name != DEMO_ENTERPRISE, each.size not in ROOMY, each.pk)
        ):
            found[row.industry_chain].append(row)
        return found

    def choose(self, lead: Organisation) -> None:
        """The lead school's list, some on their way to it, and a few for each other school."""
        chosen, spare = [], []
        for chain, posts in CHAIN_POSTS.items():
            known = self.enterprises[chain]
            chosen += known[: posts.hosts]
            spare += known[posts.hosts : posts.hosts + 2]
        rows = [self.host(lead, organisation) for organisation in chosen]
        rows += [
            self.host(lead, organisation, state=state)
            for organisation, state in zip(spare, UNDER_WAY, strict=False)
        ]
        rows += self.of_other_schools(lead, chosen)
        self.hosts = Host.objects.bulk_create(rows)

    def of_other_schools(self, lead: Organisation, chosen: list[Organisation]) -> Iterator[Host]:
        """Each school that teaches something gets hosts whose posts suit it."""
        schools = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, is_demo=True)
        taught: dict[int, set[str]] = defaultdict(set)
        for school_id, major in Programme.objects.values_list("school_id", "major__code"):
            taught[school_id].add(major[:2])
        for school in schools.exclude(pk=lead.pk).order_by("pk"):
            suited = [
                organisation
                for organisation in chosen
                if taught[school.pk] & set(CHAIN_POSTS[organisation.industry_chain].major_classes)
            ]
            count = min(HOSTS_OF_OTHERS, len(suited))
            for organisation in self.rng.sample(suited, count):
                yield self.host(school, organisation)

    def host(
        self,
        school: Organisation,
        organisation: Organisation,
        *,
        state: HostState = HostState.PUBLISHED,
    ) -> Host:
        decided = self.on - datetime.timedelta(days=self.rng.randint(90, 130))
        is_decided = state in (HostState.PUBLISHED, HostState.REMOVED)
        ended = {
            HostState.REFUSED: "考察发现车间通道堆放物料，安全条件不足。",
            HostState.REMOVED: "单位搬迁，实习条件变化。",
        }
        return Host(
            school=school,
            organisation=organisation,
            state=state,
            is_credit_clean=None if state == HostState.PROPOSED else True,
            had_safety_violation=None if state == HostState.PROPOSED else False,
            is_licence_valid=None if state == HostState.PROPOSED else True,
            eligibility_note="" if state == HostState.PROPOSED else "信用、应急、市场监管查询一致",
            decided_on=decided if is_decided else None,
            decision_reference=f"院办会〔{decided.year}〕{self.rng.randint(6, 18)}号"
            if is_decided
            else "",
            published_on=decided + datetime.timedelta(days=4) if is_decided else None,
            removal_reason=ended.get(state, ""),
            is_demo=True,
        )

    def write_inspections(self) -> None:
        """Approved by another person; one of those proposed waits for its approval."""
        rows = []
        waiting = True
        for host in self.hosts:
            if host.state == HostState.PROPOSED and not waiting:
                continue
            is_waiting = host.state == HostState.PROPOSED
            waiting = waiting and not is_waiting
            rows.append(self.inspection(host, is_waiting=is_waiting))
        HostInspection.objects.bulk_create(rows)

    def inspection(self, host: Host, *, is_waiting: bool) -> HostInspection:
        visited = (host.decided_on or self.on) - datetime.timedelta(days=self.rng.randint(6, 20))
        manager = self.managers.get(host.school_id)
        approved = datetime.datetime.combine(visited + datetime.timedelta(days=2), NOON)
        return HostInspection(
            host=host,
            visited_on=visited,
            inspectors=["许明辉", "吴敏"],
            is_suitable=host.state != HostState.REFUSED,
            recorded_by=self.recorder(),
            approved_by=None if is_waiting else manager,
            approved_at=None if is_waiting or manager is None else approved,
            **INSPECTION_WORDS,
        )

    def recorder(self) -> User | None:
        if not hasattr(self, "teacher"):
            self.teacher = User.objects.filter(username="demo-teacher").first()
        return self.teacher
