"""Claims of the demonstration city in each of their states, whatever its size."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    ClaimState,
    NoticeState,
    StepKind,
    StepState,
)
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.commands.claim_appeals import appeal_claim
from silian.governance.incentives.commands.claim_checks import check_payment
from silian.governance.incentives.commands.claim_notices import Objector, raise_objection
from silian.governance.incentives.commands.claim_papers import add_result
from silian.governance.incentives.commands.claim_steps import stop_steps
from silian.governance.incentives.commands.claims import start_claim
from silian.governance.incentives.demo.claim_money import CLERKS, ClaimMoneyBuilder
from silian.governance.incentives.demo.claim_review import APPROVED_AGO, ClaimReviewBuilder
from silian.governance.incentives.demo.claims import PLANNING, SEAT, ClaimBuilder, pdf
from silian.governance.incentives.models import Claim, ClaimCall, NoticeLine, RecoveryCase
from silian.operations.placements.choices.orders import (
    ApprenticeLevel,
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from silian.registers.programmes.models import Programme

ONE_DAY = datetime.timedelta(days=1)
PEOPLE, BEGAN, LASTED = 4, 430, 365
PLANNERS = (("demo-claims-plan", "韩知远"), ("demo-claims-plan-second", "顾明夏"))
TOO_EARLY = "成果完成时间早于补贴期间"
RESULTS = (
    ("智能夹具快换装置", "技术攻关"),
    ("热处理余热回收工艺", "成果转化"),
    ("轴承在线检测专利", "专利实施"),
    ("校企联合实验平台", "共建平台"),
    ("焊缝视觉跟踪装置", "技术攻关"),
)


@dataclass
class ClaimStateBuilder:
    """The seat's paid claim and its advance to settle; one claim of others in each state."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write claims and take each to its state; returns how many."""
        self.cast = Cast(on=self.on)
        calls = ClaimCall.objects.filter(is_demo=True, state="open").select_related("owner")
        by_scheme = {call.scheme: call for call in calls.order_by("-pk")}
        self.innovation = by_scheme.get(ClaimScheme.INNOVATION)
        self.training = by_scheme.get(ClaimScheme.APPRENTICESHIP)
        if not self.cast.ready() or self.innovation is None or self.training is None:
            return 0
        self.claims = ClaimBuilder(rng=self.rng, on=self.on, scale=self.scale)
        self.claims.cast, self.claims.made = self.cast, set(ClaimScheme.values)
        self.review = ClaimReviewBuilder(rng=self.rng, on=self.on)
        self.review.cast, self.review.calendar = self.cast, site_calendar()
        self.units = list(self.others())
        made = [*self.trained(self.training), *self.stated(self.innovation)]
        Claim.objects.filter(pk__in=[each.pk for each in made]).update(is_demo=True)
        return len(made)

    def seat(self) -> Organisation:
        return (
            Membership.objects.select_related("organisation").get(user__username=SEAT).organisation
        )

    def others(self) -> Iterator[tuple[Organisation, Actor]]:
        """Enterprises that may claim and have claimed nothing yet, with somebody who writes."""
        claimed = set(Claim.objects.values_list("organisation_id", flat=True))
        own = self.seat().pk
        for unit in self.cast.enterprises():
            if unit.pk == own or unit.pk in claimed:
                continue
            actor = self.claims.writer_of(unit)
            if actor is not None:
                yield unit, actor

    def money(self, names: tuple[tuple[str, str], ...], unit: str = "") -> ClaimMoneyBuilder:
        """Two clerks of a department who take claims to their money."""
        made = ClaimMoneyBuilder(rng=self.rng, on=self.on)
        made.cast = self.cast
        more = (unit,) if unit else ()
        made.first, made.second = (made.clerk(*each, *more) for each in names)
        return made

    def trained(self, call: ClaimCall) -> Iterator[Claim]:
        """Apprentices whose training is over: the seat's advance waits to be settled.

        Another unit's is in recovery by instalments where the city has none yet.
        """
        money = self.money(CLERKS)
        seat = self.seat()
        writer = self.claims.writer_of(seat)
        owners = [(seat, writer)] if writer else []
        back = RecoveryCase.objects.filter(state=RecoveryState.COLLECTING).exists()
        if not back and self.units:
            owners.append(self.units.pop())
        done = []
        for place, (unit, actor) in enumerate(owners):
            claim = self.advanced(call, unit, actor, place=place)
            if claim is not None:
                done += [(claim, each) for each in money.approved(claim)]
                self.review.notice(claim.call, [claim], ago=APPROVED_AGO, ended=True)
                yield claim
        for _, payment in done:
            money.order(payment)
        money.bank_pays()
        if not back and len(done) > 1:
            money.recover([done[-1][0]])

    def advanced(
        self, call: ClaimCall, unit: Organisation, actor: Actor, *, place: int
    ) -> Claim | None:
        """A handed-in claim of a programme that ended, with half in advance."""
        row = self.programme(unit, place=place)
        if row is None:
            return None
        today = self.cast.day(13)
        claim = start_claim(call_id=call.pk, subject_id=row.pk, actor=actor, today=today)
        half = (claim.planned / 2).quantize(Decimal(1))
        self.claims.complete(claim, actor, days_ago=11, advance=str(half - half % 100))
        return self.handed_in(claim)

    def handed_in(self, claim: Claim) -> Claim | None:
        """The claim with the offices; None where a condition kept it back."""
        rows = Claim.objects.select_related("call__line__fund__office", "call__owner")
        row = rows.select_related("organisation").get(pk=claim.pk)
        return row if row.state == ClaimState.REVIEW else None

    def programme(self, unit: Organisation, *, place: int) -> Apprenticeship | None:
        """A class of employees that ended two months ago; one of them left on the way."""
        busy = Apprentice.objects.values("person")
        people = Person.objects.filter(
            affiliations__organisation=unit, affiliations__kind=AffiliationKind.EMPLOYEE
        ).exclude(pk__in=busy)
        grown = people.filter(born_on__lt=self.on - 21 * 366 * ONE_DAY)
        chosen = list(grown.distinct().order_by("-pk")[:PEOPLE])
        of = Programme.objects.select_related("school").order_by("pk").first()
        if not chosen or of is None:
            return None
        began = self.on - BEGAN * ONE_DAY
        row = Apprenticeship.objects.create(
            number=f"XT{began.year}-{9500 + place:04d}", scheme=ApprenticeScheme.ENTERPRISE,
            title=f"{of.name}企业新型学徒制结业班", enterprise=unit, school=of.school,
            division_id=unit.division_id, programme=of, level=ApprenticeLevel.MIDDLE, months=12,
            theory_hours=160, practice_hours=320, starts_on=began,
            ends_on=began + LASTED * ONE_DAY, state=ApprenticeshipState.COMPLETED,
            filing_number=f"青人社学徒备〔{began.year}〕{50 + place} 号",
            filed_on=began - 15 * ONE_DAY, closed_on=began + (LASTED + 1) * ONE_DAY, is_demo=True,
        )  # fmt: skip
        Apprentice.objects.bulk_create(
            self.apprentice(row, person, number) for number, person in enumerate(chosen)
        )
        return row

    def apprentice(self, row: Apprenticeship, person: Person, number: int) -> Apprentice:
        return Apprentice(
            apprenticeship=row, person=person, student_number=f"JY{row.pk:04d}{number:02d}",
            employee_number=f"JX{row.pk:04d}{number:02d}",
            contract_number=f"劳合{row.starts_on.year}-J{row.pk}-{number}",
            contract_starts_on=row.starts_on - 30 * ONE_DAY,
            contract_ends_on=row.starts_on + 1065 * ONE_DAY, state=ApprenticeState.QUALIFIED,
            starts_on=row.starts_on, ends_on=row.ends_on, is_full_time_student=False,
            certificate_number=f"演示结业{row.pk:04d}{number:02d}", certificate_level=row.level,
            certified_on=row.ends_on, is_demo=True,
        )  # fmt: skip

    def stated(self, call: ClaimCall) -> Iterator[Claim]:
        """Results: the seat's is paid, others' stand in each state of the review."""
        money = self.money(PLANNERS, PLANNING)
        rows = Claim.objects.filter(call=call, state=ClaimState.REVIEW)
        own = rows.filter(organisation=self.seat()).first()
        if own is not None and (claim := self.handed_in(own)) is not None:
            for payment in money.approved(claim):
                money.order(payment)
            self.review.notice(claim.call, [claim], ago=APPROVED_AGO, ended=True)
            money.bank_pays()
        ends = (self.at_offices, self.returned, self.objected, self.appealed, self.approved)
        for place, end in enumerate(ends):
            if self.units and (claim := self.result(call, place)) is not None:
                yield claim
                end(claim, money)

    def result(self, call: ClaimCall, place: int) -> Claim | None:
        """A unit claims for one result."""
        _, actor = self.units.pop()
        claim = start_claim(call_id=call.pk, actor=actor, today=self.cast.day(9))
        title, kind = RESULTS[place]
        add_result(
            claim_id=claim.pk, title=title, kind=kind, day=self.cast.day(50), pieces=1,
            upload=pdf(f"{title}.pdf", of=claim.number), actor=actor, today=self.on,
        )  # fmt: skip
        self.claims.complete(claim, actor, days_ago=7)
        return self.handed_in(claim)

    def at_offices(self, claim: Claim, money: ClaimMoneyBuilder) -> None:
        """One office agreed, the other has not answered."""
        first = claim.steps.filter(state=StepState.OPEN).first()
        if first is not None and claim.steps.filter(state=StepState.OPEN).count() > 1:
            claim.steps.filter(pk=first.pk).update(
                state=StepState.AGREED, answered_at=self.cast.moment(4), opinion="同意"
            )

    def returned(self, claim: Claim, money: ClaimMoneyBuilder) -> None:
        Claim.objects.filter(pk=claim.pk).update(
            state=ClaimState.RETURNED, reason="验收证明没有验收单位盖章，请补正"
        )
        stop_steps(claim)

    def objected(self, claim: Claim, money: ClaimMoneyBuilder) -> None:
        """Public since two days; somebody says that another unit made it."""
        self.review.agree(claim)
        self.review.notice(claim.call, [claim], ago=2, ended=False)
        line = NoticeLine.objects.filter(claim=claim, notice__state=NoticeState.RUNNING).get()
        raise_objection(
            line_id=line.pk, text="该装置由两家单位共同研制，公示的申领单位只是其中一家。",
            objector=Objector(name="王演示", contact="13900000000"),
            actor=Actor(name="王演示"), now=self.cast.moment(1),
        )  # fmt: skip

    def appealed(self, claim: Claim, money: ClaimMoneyBuilder) -> None:
        """Refused for a reason; the unit asks to look again."""
        moment = self.cast.moment(4)
        claim.steps.filter(kind=StepKind.DECIDE).update(
            state=StepState.REFUSED, opened_on=self.cast.day(6), due_on=self.cast.day(1),
            answered_at=moment, answered_by=money.second.user_id, opinion=TOO_EARLY,
        )  # fmt: skip
        Claim.objects.filter(pk=claim.pk).update(
            state=ClaimState.REJECTED, reason=TOO_EARLY,
            decided_by=money.second.user_id, decided_at=moment,
        )  # fmt: skip
        stop_steps(claim)
        writer = self.claims.writer_of(claim.organisation)
        if writer is not None:
            appeal_claim(
                claim_id=claim.pk, text="验收在补贴期间内，补充验收报告，请复核。", actor=writer,
                now=self.cast.moment(2),
            )  # fmt: skip

    def approved(self, claim: Claim, money: ClaimMoneyBuilder) -> None:
        """Approved; its payment waits to be ordered."""
        for payment in money.approved(claim):
            check_payment(
                payment_id=payment.pk, on=self.on, now=self.cast.moment(1), actor=money.first
            )
