"""Builds the groups of the demonstration city, with two years of targets and contributions."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from silian.foundation.kernel.search import feed
from silian.operations.alliances.choices.contributions import ContributionState
from silian.operations.alliances.choices.duties import DutyKind, DutyState
from silian.operations.alliances.choices.groups import (
    CouncilRole,
    EditionState,
    GroupKind,
    GroupState,
    MemberKind,
    MemberState,
)
from silian.operations.alliances.demo import group_contents as contents
from silian.operations.alliances.demo.group_contents import MARK, DemoGroup
from silian.operations.alliances.demo.group_results import assess_all
from silian.operations.alliances.models.consortia import (
    ConsortiumReport,
    GroupListEdition,
    GroupListRow,
)
from silian.operations.alliances.models.contributions import (
    ActivityWeight,
    Contribution,
    JointTarget,
    TargetNote,
)
from silian.operations.alliances.models.groups import (
    AllianceGroup,
    CouncilPost,
    GroupDesignation,
    GroupMember,
)
from silian.operations.alliances.queries.search_documents import GROUP
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.demo.organisations import person_name
from silian.registers.organisations.models import Organisation

CITY = "990100"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
TERM = datetime.timedelta(days=1095)  # councils are elected for three years
REFUSED_SHARE, WAITING_DAYS = 0.04, 21
DIVISION_OF_PARK = {"青澜高新技术产业开发区": "990104", "青澜经济技术开发区": "990105"}


@dataclass
class GroupBuilder:
    """Makes the same groups from the same organisations, seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float
    made: list[AllianceGroup] = field(default_factory=list)

    def build(self) -> int:
        """Groups, who belongs, what they want, did, filed and published."""
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_demo=True)
        self.by_name = {row.name.removesuffix(MARK): row for row in verified}
        self.firms = [
            row for row in verified.order_by("pk") if row.kind == OrganisationKind.ENTERPRISE
        ]
        self.coordinator = User.objects.get(username="demo-coordinator")
        self.department = self.by_name["青澜市发展和改革委员会"]
        self.write_weights()
        for facts in contents.GROUPS:
            self.build_group(facts)
        assess_all(self.made, assessor=self.coordinator, department=self.department, on=self.on)
        feed.changed(GROUP, [group.pk for group in self.made])
        return len(self.made)

    def day(self, before: int) -> datetime.date:
        return self.on - datetime.timedelta(days=before)

    def build_group(self, facts: DemoGroup) -> None:
        group = self.group(facts)
        self.made.append(group)
        members = self.members(group, facts)
        units = [group.lead, *(row.organisation for row in members if row.joined_on)]
        self.council(group, units)
        self.marks(group, facts)
        if facts.days:
            self.targets(group, facts, units)
            self.contributions(group, units)
        if group.is_consortium:
            self.reports(group, finished="高新区" in group.name)
        if facts.marks:
            self.lists(group)

    def group(self, facts: DemoGroup) -> AllianceGroup:
        lead = self.by_name.get(facts.lead) or self.large_firm(facts.chain)
        entity = self.by_name.get(facts.entity) if facts.entity else None
        started = self.day(facts.days) if facts.days else None
        if started and facts.kind == GroupKind.CITY_CONSORTIUM:
            started = datetime.date(started.year, 1, 1)
        return AllianceGroup.objects.create(
            kind=facts.kind,
            level=facts.level,
            name=f"{facts.name}{MARK}",
            division_id=DIVISION_OF_PARK.get(facts.park, CITY),
            lead=lead,
            lead_kind=kind_of(lead),
            industry_id=lead.industry_id,
            park=facts.park,
            purpose=facts.purpose,
            basis=f"青产教发〔{self.on.year - 2}〕{len(self.made) + 3}号",
            state=GroupState.RUNNING if facts.days else GroupState.PREPARING,
            founded_on=(started or self.on) - datetime.timedelta(days=45),
            started_on=started,
            is_entity=entity is not None,
            entity=entity,
            entity_since=self.day(facts.days - 90) if entity else None,
            entity_evidence="民办非企业单位登记证书，专职人员 4 名" if entity else "",
            is_demo=True,
        )

    def large_firm(self, chain: str) -> Organisation:
        led = {group.lead_id for group in self.made}
        fit = [row for row in self.firms if row.industry_chain == chain and row.pk not in led]
        sized = [row for row in fit if row.size == "large"]
        return (sized or fit or self.firms)[0]

    def members(self, group: AllianceGroup, facts: DemoGroup) -> list[GroupMember]:
        near = [row for row in self.firms if not facts.chain or row.industry_chain == facts.chain]
        pool = [row for row in (near or self.firms) if row.pk != group.lead_id]
        chosen = self.rng.sample(pool, min(facts.enterprises, len(pool)))
        keen = self.by_name.get("启衡精密制造有限公司")
        if keen and keen.pk != group.lead_id and keen not in chosen:
            chosen[0] = keen
        named = [self.by_name[name] for name in (*facts.schools, *facts.others)]
        rows = [self.member(group, unit, facts) for unit in (*named, *chosen)]
        if group.is_consortium:
            rows.append(self.park_member(group, facts))
        return GroupMember.objects.bulk_create(rows)

    def park_member(self, group: AllianceGroup, facts: DemoGroup) -> GroupMember:
        row = self.member(group, self.by_name["青澜市工业和信息化局"], facts)
        row.kind, row.duty = MemberKind.GOVERNMENT, f"协调{facts.park}企业参与"
        return row

    def member(self, group: AllianceGroup, unit: Organisation, facts: DemoGroup) -> GroupMember:
        joined = group.started_on
        state = MemberState.ACTIVE
        if joined is None:
            state = MemberState.INVITED
        elif self.rng.random() < 0.3:
            joined = min(joined + datetime.timedelta(days=self.rng.randint(30, 300)), self.day(40))
        return GroupMember(
            group=group,
            organisation=unit,
            kind=kind_of(unit),
            state=state,
            asked_on=(joined or self.day(6)),
            joined_on=joined,
        )

    def council(self, group: AllianceGroup, units: list[Organisation]) -> None:
        roles = [CouncilRole.CHAIR, CouncilRole.SECRETARY, CouncilRole.DEPUTY, CouncilRole.DEPUTY]
        roles += [CouncilRole.STANDING] * 2 + [CouncilRole.DIRECTOR] * 4
        starts = max(group.started_on or group.founded_on, self.day(640))
        places = [units[0], units[0], *units[1:]]
        CouncilPost.objects.bulk_create(
            CouncilPost(
                group=group,
                role=role,
                organisation=unit,
                holder=person_name(self.rng),
                position="副校长" if unit.kind == OrganisationKind.SCHOOL else "副总经理",
                starts_on=starts,
                ends_on=starts + TERM,
            )
            for role, unit in zip(roles, places, strict=False)
        )
        self.former_secretary(group, units[0], until=starts)

    def former_secretary(
        self, group: AllianceGroup, unit: Organisation, *, until: datetime.date
    ) -> None:
        """Whoever kept the office before the present council, where the group is older."""
        begun = group.started_on or group.founded_on
        if begun >= until:
            return
        CouncilPost.objects.create(
            group=group,
            role=CouncilRole.SECRETARY,
            organisation=unit,
            holder=person_name(self.rng),
            position="办公室主任",
            starts_on=begun,
            ends_on=begun + TERM,
            left_on=until,
        )

    def marks(self, group: AllianceGroup, facts: DemoGroup) -> None:
        authority = {"city": "青澜市产教融合工作领导小组", "province": "澜江省教育厅"}
        GroupDesignation.objects.bulk_create(
            GroupDesignation(
                group=group,
                kind=kind,
                level=level,
                authority=f"{authority[level]}{MARK}",
                document_number=f"澜教职〔{self.day(days).year}〕{7 + place}号",
                starts_on=self.day(days),
            )
            for place, (kind, level, days) in enumerate(facts.marks)
        )

    def targets(self, group: AllianceGroup, facts: DemoGroup, units: list[Organisation]) -> None:
        for place, (title, unit, value, due, share) in enumerate(facts.targets):
            goal, part = Decimal(value), Decimal(share)
            reached = (goal * part).quantize(Decimal(1))
            noted = self.day(max(12, 12 - due))
            target = JointTarget.objects.create(
                group=group,
                title=title,
                unit=unit,
                value=goal,
                owner=units[place % len(units)] if place else group.lead,
                due_on=self.day(-due),
                basis="理事会年度会议决议",
                reached=reached,
                reached_on=noted if reached >= goal else None,
            )
            TargetNote.objects.bulk_create(self.notes(target, reached, noted))

    def notes(
        self, target: JointTarget, reached: Decimal, last: datetime.date
    ) -> Iterator[TargetNote]:
        for step in (3, 2, 1):
            part = {3: Decimal("0.35"), 2: Decimal("0.7"), 1: Decimal(1)}[step]
            yield TargetNote(
                target=target,
                on=last - datetime.timedelta(days=75 * (step - 1)),
                value=(reached * part).quantize(Decimal(1)),
                text="按季汇总各成员完成数，名单见附表。",
                evidence="成员季度报表",
                organisation=target.owner,
            )

    def contributions(self, group: AllianceGroup, units: list[Organisation]) -> None:
        assert group.started_on is not None
        span = min((self.on - group.started_on).days - 1, 730)
        rows = [
            self.contribution(group, unit, units, self.rng.randint(1, span))
            for unit in units
            for _ in range(self.rng.randint(2, 9))
        ]
        Contribution.objects.bulk_create(rows)

    def contribution(
        self, group: AllianceGroup, unit: Organisation, units: list[Organisation], before: int
    ) -> Contribution:
        letters = "sa" if unit.kind == OrganisationKind.SCHOOL else "ea"
        fit = [act for act in contents.ACTS if act[4] in letters]
        function, title, least, most, _ = self.rng.choice(fit)
        receiver = self.rng.choice([row for row in units if row.pk != unit.pk])
        at = datetime.datetime.combine(self.day(before), datetime.time(10, 30), tzinfo=SHANGHAI)
        row = Contribution(
            group=group,
            contributor=unit,
            receiver=receiver,
            function=function,
            title=title,
            quantity=self.rng.randint(least, most),
            on=self.day(before),
            evidence=self.rng.choice(contents.EVIDENCE),
            recorded_by=unit,
            recorded_at=at,
        )
        return row if before < WAITING_DAYS else self.decided(row, at)

    def decided(self, row: Contribution, at: datetime.datetime) -> Contribution:
        refused = self.rng.random() < REFUSED_SHARE
        row.state = ContributionState.REFUSED if refused else ContributionState.CONFIRMED
        row.reason = self.rng.choice(contents.REFUSALS) if refused else ""
        row.decided_by = row.receiver
        row.decided_at = at + datetime.timedelta(days=self.rng.randint(1, 12))
        return row

    def reports(self, group: AllianceGroup, *, finished: bool) -> None:
        """Filings of the whole years before this one; the other consortium did not finish two."""
        assert group.started_on is not None
        rows = []
        for year in range(group.started_on.year, self.on.year):
            rows.append(self.report(group, DutyKind.PLAN, year, late=not finished))
            if finished or year == group.started_on.year:
                done = finished or year < self.on.year - 2
                rows.append(self.report(group, DutyKind.SELF_ASSESSMENT, year, done=done))
        rows.append(self.report(group, DutyKind.PLAN, self.on.year, late=not finished))
        ConsortiumReport.objects.bulk_create(row for row in rows if row.filed_on <= self.on)

    def report(
        self,
        group: AllianceGroup,
        kind: DutyKind,
        year: int,
        *,
        late: bool = False,
        done: bool | None = None,
    ) -> ConsortiumReport:
        plan = kind == DutyKind.PLAN
        due = datetime.date(year, 1, 31) if plan else datetime.date(year, 12, 31)
        filed = due + datetime.timedelta(days=16 if late else -9)
        answer = (
            "部分任务没有完成：实训基地未建成，实习岗位不足。" if done is False else "材料齐全。"
        )
        return ConsortiumReport(
            group=group,
            kind=kind,
            year=year,
            text=contents.PLAN_TEXT if plan else contents.SELF_TEXT,
            due_on=due,
            filed_on=filed,
            state=DutyState.ACCEPTED,
            is_finished=None if plan else done,
            answer=answer,
            decided_on=filed + datetime.timedelta(days=8),
        )

    def lists(self, group: AllianceGroup) -> None:
        kinds = contents.LISTS if group.is_consortium else {"talent": contents.LISTS["talent"]}
        for kind, lines in kinds.items():
            for number, kept in ((1, max(1, len(lines) - 1)), (2, len(lines))):
                edition = GroupListEdition.objects.create(
                    group=group,
                    kind=kind,
                    number=number,
                    state=EditionState.PUBLISHED,
                    published_on=self.day(240 if number == 1 else 50),
                )
                GroupListRow.objects.bulk_create(self.list_rows(edition, lines[:kept]))

    def list_rows(
        self, edition: GroupListEdition, lines: tuple[tuple[str, str, str, str, str], ...]
    ) -> Iterator[GroupListRow]:
        for place, (name, detail, amount, unit, source) in enumerate(lines, start=1):
            found = self.by_name.get(source)
            yield GroupListRow(
                edition=edition,
                order=place,
                name=name,
                detail=detail,
                quantity=contents.quantity(amount),
                unit=unit,
                source=found.name if found else "",
                organisation=found,
            )

    def write_weights(self) -> None:
        ActivityWeight.objects.bulk_create(
            ActivityWeight(
                division_id=CITY,
                function=function,
                points=Decimal(points),
                ceiling=Decimal(ceiling),
                valid_from=datetime.date(self.on.year - 3, 1, 1),
                basis="青澜市集团联盟年度考核办法（演示）",
                set_by=self.coordinator,
            )
            for function, (points, ceiling) in contents.WEIGHTS.items()
        )


def kind_of(unit: Organisation) -> MemberKind:
    """What kind of member an organisation of the demonstration city is."""
    if unit.kind == OrganisationKind.SCHOOL:
        name = unit.name.removesuffix(MARK)
        if name.endswith("大学"):
            return MemberKind.UNIVERSITY
        college = name.endswith("学院") and "技师" not in name
        return MemberKind.COLLEGE if college else MemberKind.SECONDARY
    kinds = {
        OrganisationKind.ENTERPRISE: MemberKind.ENTERPRISE,
        OrganisationKind.INSTITUTE: MemberKind.INSTITUTE,
        OrganisationKind.ASSOCIATION: MemberKind.ASSOCIATION,
        OrganisationKind.GOVERNMENT: MemberKind.GOVERNMENT,
    }
    return kinds.get(OrganisationKind(unit.kind), MemberKind.OTHER)
