"""Competitions, promotions and award lists of the demonstration city, in every state."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, cycle

from django.utils import timezone

from silian.foundation.kernel.encryption import encrypted
from silian.foundation.reference.models import Occupation
from silian.operations.learning.choices import (
    AwardListState,
    AwardState,
    CertificateLevel,
    PromotionState,
    StandardName,
)
from silian.operations.learning.models.awards import (
    Award,
    AwardList,
    AwardStandard,
    SkillObjection,
)
from silian.operations.learning.models.promotions import (
    PayeeAccount,
    Promotion,
    PromotionVersion,
    SkillOffice,
)
from silian.operations.learning.queries.candidates import Assessor, Period
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.people.models import Affiliation
from silian.registers.people.queries import index_of_number

CITY, MARK = "990100", "（演示）"
AUTHORITY = "青澜市人力资源和社会保障局"
OWN = "启衡精密制造有限公司"
DOCUMENT, CLAUSE = "青澜市职工技能提升奖补办法（演示）", "第五条"
OCCUPATIONS = ("6-18-01-01", "6-20-01-01", "6-31-01-03", "6-18-04-01", "6-28-01-01", "4-04-05-01")
AMOUNTS = {"5": 500, "4": 800, "3": 1500, "2": 2500, "1": 3500}
PRIZES = {"first": 3000, "second": 2000, "third": 1000}
MOST, FEWEST = 90, 16
CLERKS = ("demo-skills-clerk", "许知远"), ("demo-skills-second", "闻静姝")
STATES = (
    # the telling ones first so that a small city shows them too
    *([PromotionState.VERIFIED] * 10),
    PromotionState.SUBMITTED,
    PromotionState.REFUSED,
    *([PromotionState.SUBMITTED] * 3),
)
LISTS = (
    # title, state, days from its first to its last day, days since it was made
    ("第一批技能提升奖补名单", AwardListState.DISCARDED, (330, 300), 290),
    ("第二批技能提升奖补名单", AwardListState.APPROVED, (300, 180), 60),
    ("第三批技能提升奖补名单", AwardListState.NOTICED, (180, 90), 3),
    ("第四批技能提升奖补名单", AwardListState.DRAFT, (90, 0), 1),
)


@dataclass
class SkillBuilder:
    """The register, what the city gives, and a list in every state (技能提升演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def build(self) -> int:
        office = Organisation.objects.filter(name=AUTHORITY + MARK).first()
        self.occupations = list(Occupation.objects.filter(pk__in=OCCUPATIONS).order_by("pk"))
        workers = self.workers()
        if office is None or not workers or not self.occupations:
            return 0
        self.office = office
        self.clerk, self.second = self.clerks(office)
        SkillOffice.objects.create(
            division_id=CITY, organisation=office, basis="青编发〔2024〕2号 三定规定",
            since=datetime.date(self.on.year - 1, 1, 1), is_demo=True,
        )  # fmt: skip
        self.standards()
        promotions = self.promotions(workers)
        self.accounts([row for row in promotions if row.state == PromotionState.VERIFIED])
        for title, state, days, made in LISTS:
            self.award_list(title, state=state, days=days, made=made, rows=promotions)
        return len(promotions)

    def moment(self, days: int) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10, 20)))

    def workers(self) -> list[Affiliation]:
        """Employees of many enterprises, those of the demonstration's own first."""
        rows = Affiliation.objects.filter(
            kind="employee",
            ends_on__isnull=True,
            organisation__kind=OrganisationKind.ENTERPRISE,
            organisation__division__code__startswith=CITY[:4],
        ).select_related("person", "organisation__division")
        wanted = max(FEWEST, round(MOST * min(self.scale, 1)))
        own = list(rows.filter(organisation__name=OWN + MARK).order_by("pk")[:12])
        others = list(rows.exclude(organisation__name=OWN + MARK).order_by("pk")[:600])
        mixed = [*own, *self.rng.sample(others, k=min(len(others), wanted))]
        self.rng.shuffle(mixed)
        return list({row.person_id: row for row in mixed}.values())

    def clerks(self, office: Organisation) -> list[User]:
        """Two people of the bureau: one enters and makes, the other verifies and approves."""
        found = []
        for username, name in CLERKS:
            user = User.objects.create(username=username, name=name)
            Membership.objects.create(
                user=user, organisation=office, role=Role.REVIEWER, jurisdiction_id=CITY,
                starts_on=datetime.date(self.on.year - 2, 1, 1),
            )  # fmt: skip
            found.append(user)
        return found

    def standards(self) -> None:
        """What the city entered; level one and merit prizes are left open."""
        usual = {
            "division_id": CITY,
            "document": DOCUMENT,
            "clause": CLAUSE,
            "valid_from": self.on - datetime.timedelta(days=500),
            "set_by": self.second,
            "set_at": self.moment(498),
            "is_demo": True,
        }
        rows = [
            (StandardName.PROMOTION, level, amount)
            for level, amount in AMOUNTS.items()
            if level != CertificateLevel.ONE
        ]
        rows += [
            (StandardName.COMPETITION, f"city:{prize}", amount) for prize, amount in PRIZES.items()
        ]
        rows.append((StandardName.TERM, "", 12))
        AwardStandard.objects.bulk_create(
            AwardStandard(name=name, key=key, value=Decimal(value), **usual)
            for name, key, value in rows
        )

    def promotions(self, workers: list[Affiliation]) -> list[Promotion]:
        """One promotion for each worker, over the last eleven months."""
        made = [
            self.promotion(worker, state=state, place=place)
            for place, (worker, state) in enumerate(zip(workers, cycle(STATES), strict=False))
        ]
        rows = Promotion.objects.bulk_create(made)
        PromotionVersion.objects.bulk_create(
            PromotionVersion(
                promotion=row, number=1, facts=row.stated, entered_by=row.entered_by,
                entered_at=row.entered_at, is_demo=True,
            )
            for row in rows
        )  # fmt: skip
        return rows

    def promotion(self, worker: Affiliation, *, state: PromotionState, place: int) -> Promotion:
        ago = min(5 + (place * 23) % 320, (self.on - worker.starts_on).days)
        issued = self.on - datetime.timedelta(days=ago)
        after = "3443215"[place % 7]
        before = "" if after == "5" else str(int(after) + 1)
        checked = state != PromotionState.SUBMITTED
        entered = self.moment(max(ago - 2, 0))
        return Promotion(
            person=worker.person,
            employer=worker.organisation,
            division_id=worker.organisation.division_id,
            occupation=self.occupations[place % len(self.occupations)],
            before=before,
            after=after,
            certificate=f"Y000099{1 + place % 5:06d}{issued.year % 100:02d}{after}"
            f"{next(self.serial):06d}",
            issuer="青澜技师学院职业技能评价中心" + MARK,
            issued_on=issued,
            training=f"{CertificateLevel(after).label.split('/')[1]}提升培训班",
            trained_hours=self.rng.choice((40, 64, 80, 120)),
            state=state,
            entered_by=self.clerk,
            entered_at=entered,
            checked_by=self.second if checked else None,
            checked_at=entered + datetime.timedelta(hours=30) if checked else None,
            check_note="证书查询系统没有这个编号。" if state == PromotionState.REFUSED else "",
            is_demo=True,
        )

    def accounts(self, rows: list[Promotion]) -> None:
        """Most people gave an account; every eighth has not yet."""
        made = []
        for place, row in enumerate(rows):
            number = f"62220299{place:011d}"
            if place % 8 != 7:
                made.append(
                    PayeeAccount(
                        person_id=row.person_id, bank="青澜农村商业银行",
                        account_cipher=encrypted(number), account_index=index_of_number(number),
                        account_tail=number[-4:], given_by=self.clerk, given_at=self.moment(20),
                        is_demo=True,
                    )
                )  # fmt: skip
        PayeeAccount.objects.bulk_create(made)

    def award_list(
        self,
        title: str,
        *,
        state: AwardListState,
        days: tuple[int, int],
        made: int,
        rows: list[Promotion],
    ) -> None:
        """A list of a period as the rules find it, brought to its state."""
        on = self.on - datetime.timedelta(days=made)
        starts, ends = (self.on - datetime.timedelta(days=each) for each in days)
        award_list = AwardList.objects.create(
            title=title, division_id=CITY, office=self.office, starts_on=starts, ends_on=ends,
            made_by=self.clerk, made_at=self.moment(made), is_demo=True,
            **self.brought(state, made=made),
        )  # fmt: skip
        chosen = [
            row
            for row in rows
            if row.state == PromotionState.VERIFIED and starts <= row.issued_on < ends
        ]
        period = Period(division=CITY, starts_on=starts, ends_on=ends, on=on)
        assessor = Assessor(period, people=[row.person_id for row in chosen])
        awards = [assessor.promotion(award_list, row) for row in chosen]
        for award in awards:
            award.is_demo = True
            self.bring(award, state=state)
        Award.objects.bulk_create(awards)
        if state == AwardListState.NOTICED:
            self.objection(award_list)

    def brought(self, state: AwardListState, *, made: int) -> dict[str, object]:
        """What a list of the state has beside its awards."""
        facts: dict[str, object] = {"state": state}
        if state == AwardListState.DISCARDED:
            facts["discard_reason"] = "期间填写有误，另行编制。"
        if state in (AwardListState.NOTICED, AwardListState.APPROVED):
            facts["noticed_at"] = self.moment(made - 1)
            facts["notice_until"] = self.on + datetime.timedelta(days=8 - made)
        if state == AwardListState.APPROVED:
            facts |= {"approved_by": self.second, "approved_at": self.moment(made - 10)}
        return facts

    def bring(self, award: Award, *, state: AwardListState) -> None:
        if award.state == AwardState.REFUSED:
            return
        if state == AwardListState.DISCARDED:
            award.state, award.refusal = AwardState.REFUSED, "名单作废：期间填写有误，另行编制。"
        elif state == AwardListState.APPROVED:
            award.state = AwardState.APPROVED

    def objection(self, award_list: AwardList) -> None:
        SkillObjection.objects.create(
            award_list=award_list,
            about="名单第 2 行",
            text="该职工取得证书时的所在单位与公示不一致，请核对。",
            raised_by=User.objects.filter(username="demo-enterprise").first(),
            raised_at=self.moment(1),
            is_demo=True,
        )
