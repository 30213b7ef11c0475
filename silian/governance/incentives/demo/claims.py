"""Calls and claims of the demonstration city, from the draft to the hand-in."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.claims import CallState, ClaimScheme, ClaimState
from silian.governance.incentives.commands.call_steps import draft_by_book
from silian.governance.incentives.commands.claim_calls import (
    CallCard,
    StepCard,
    draft_call,
    open_call,
)
from silian.governance.incentives.commands.claim_paper_making import make_papers
from silian.governance.incentives.commands.claim_papers import add_paper, add_result
from silian.governance.incentives.commands.claim_steps import stop_steps
from silian.governance.incentives.commands.claims import (
    change_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from silian.governance.incentives.gateways.claim_schemes import book_for, clause_of_step
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models import Claim, ClaimCall
from silian.governance.incentives.queries.claim_apprentices import programmes_to_claim
from silian.governance.incentives.queries.claim_calls import suggested_offices
from silian.governance.incentives.queries.claim_students import VERIFIED
from silian.operations.placements.models import Apprenticeship, Internship
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for
from silian.registers.policies.models import Parameter

LABOUR, PLANNING = "青澜市人力资源和社会保障局", "青澜市发展和改革委员会"
SEAT = "demo-enterprise"
MOST_HOSTS, MOST_PROGRAMMES = 7, 4
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
AWARDS = (("技术攻关", 80_000), ("成果转化", 50_000), ("专利实施", 20_000), ("共建平台", 100_000))
RESULTS = (("高速主轴热变形补偿技术", "技术攻关"), ("轻量化夹具设计专利", "专利实施"))
ONE_DAY = datetime.timedelta(days=1)


def pdf(name: str, *, of: str = "") -> SimpleUploadedFile:
    """A page without words, under a name; ``of`` keeps pages of two claims from being equal."""
    return SimpleUploadedFile(name, PDF + f"% {of} {name}\n".encode(), "application/pdf")


@dataclass
class ClaimBuilder:
    """Three open calls, one closed, one in draft; claims in every state up to the review."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write calls and claims; returns how many claims."""
        self.cast = Cast(on=self.on)
        lines = BudgetLine.objects.filter(fund__office__division_id=CITY)
        self.lines = {
            (row.fund.code, row.code): row
            for row in lines.filter(fiscal_year=self.on.year).select_related("fund")
        }
        if not self.cast.ready() or not self.lines:
            return 0
        self.clerks = {name: self.clerk_of(name) for name in (LABOUR, PLANNING)}
        self.made: set[str] = set()
        self.set_awards()
        calls = self.calls()
        made = [*self.internships(calls[0]), *self.apprenticeships(calls[1])]
        made += self.results(calls[2])
        Claim.objects.filter(pk__in=[each.pk for each in made]).update(is_demo=True)
        return len(made)

    def clerk_of(self, name: str) -> Actor:
        """A reviewer of the department; one is added where it has no seat."""
        unit = self.cast.organisation(name)
        roles = (Role.REVIEWER, Role.COORDINATOR)
        seat = Membership.objects.filter(organisation=unit, role__in=roles).order_by("pk").first()
        user = seat.user if seat else User.objects.create(
            username=f"demo-claims-{unit.pk}", name="罗思敏"
        )  # fmt: skip
        if seat is None:
            Membership.objects.create(
                user=user, organisation=unit, role=Role.REVIEWER, jurisdiction_id=CITY,
                starts_on=datetime.date(self.on.year - 1, 1, 1),
            )  # fmt: skip
        return actor_for(user=user, on=self.on)

    def set_awards(self) -> None:
        """Amounts that the city set for results of cooperation, by kind."""
        Parameter.objects.bulk_create(
            Parameter(
                division_id=CITY, code="P06", name="innovation_award_amount", key=kind,
                title="协同创新和成果转化奖补金额", value=Decimal(amount), unit="元",
                force="mandatory", source="青澜市加快科技创新发展若干措施（演示）",
                place="第八条", valid_from=datetime.date(self.on.year - 1, 1, 1),
            )
            for kind, amount in AWARDS
        )  # fmt: skip

    def calls(self) -> list[ClaimCall]:
        """Open ones for interns, apprentices and results; last year's; one in draft."""
        cards = (
            (LABOUR, self.card(ClaimScheme.INTERNSHIP, ("ZJ02", "01"), since=self.year_ago())),
            (LABOUR, self.card(ClaimScheme.APPRENTICESHIP, ("ZJ01", "01"), since=self.two_years())),
            (PLANNING, self.card(ClaimScheme.INNOVATION, ("ZJ04", "02"), since=self.year_ago())),
        )
        made = [self.opened(name, card) for name, card in cards]
        past = self.opened(LABOUR, self.card(ClaimScheme.INTERNSHIP, ("ZJ02", "01"), past=True))
        ClaimCall.objects.filter(pk=past.pk).update(state=CallState.CLOSED)
        coming = self.card(ClaimScheme.INTERNSHIP, ("ZJ02", "01"), since=self.year_ago())
        title = f"{self.on.year + 1} 年{ClaimScheme.INTERNSHIP.label}申领"
        coming = replace(
            coming,
            title=title,
            covers_from=coming.covers_until,
            covers_until=coming.covers_until + 365 * ONE_DAY,
            opens_on=self.on + 20 * ONE_DAY,
            closes_on=self.on + 90 * ONE_DAY,
        )
        draft_by_book(card=coming, actor=self.clerks[LABOUR], today=self.on)
        ClaimCall.objects.filter(division_id=CITY).update(is_demo=True)
        return made

    def year_ago(self) -> datetime.date:
        return datetime.date(self.on.year - 1, 7, 1)

    def two_years(self) -> datetime.date:
        return datetime.date(self.on.year - 2, 1, 1)

    def card(
        self,
        scheme: ClaimScheme,
        line: tuple[str, str],
        *,
        since: datetime.date | None = None,
        past: bool = False,
    ) -> CallCard:
        """What a call of the city says."""
        book = book_for(scheme)
        since = since or datetime.date(self.on.year - 2, 1, 1)
        until = datetime.date(self.on.year - 1, 7, 1) if past else self.on + 200 * ONE_DAY
        opened = self.cast.day(500 if past else 25)
        standing = scheme == ClaimScheme.APPRENTICESHIP
        return CallCard(
            scheme=scheme, title=f"{opened.year} 年{scheme.label}申领", line_id=self.lines[line].pk,
            covers_from=since, covers_until=until, opens_on=opened,
            closes_on=None if standing else opened + 70 * ONE_DAY,
            pays_advance=book.takes_advance, notice_days=book.notice_days,
            notice_basis=book.notice_basis, appeal_days=book.appeal_days,
            guidance="明细由平台按登记生成，请核对后提交。", applicants=book.applicants,
        )  # fmt: skip

    def drafted(self, name: str, card: CallCard) -> ClaimCall:
        actor, book = self.clerks[name], book_for(card.scheme)
        offices = suggested_offices(actor)
        steps = [
            StepCard(
                order=step.order, kind=step.kind, title=step.title,
                office_id=None if step.kind == "certify" else offices.get(step.function)
                or actor.organisation_id,
                working_days=step.working_days, on_silence=step.on_silence, checks=step.checks,
                papers=step.papers, code=step.code,
                basis=clause_of_step(book, step, place=place_of(CITY).code),
            )
            for step in book.steps
        ]  # fmt: skip
        unique = {(each.order, each.office_id): each for each in steps}
        return draft_call(card=card, steps=list(unique.values()), actor=actor, today=self.on)

    def opened(self, name: str, card: CallCard) -> ClaimCall:
        call = self.drafted(name, card)
        now = self.cast.moment((self.on - card.opens_on).days)
        return open_call(call_id=call.pk, actor=self.clerks[name], now=now)

    def writer_of(self, unit: Organisation) -> Actor | None:
        """Somebody who may claim for the unit."""
        roles = (Role.MANAGER, Role.AGENT)
        seats = Membership.objects.filter(organisation=unit, role__in=roles)
        seat = seats.select_related("user").order_by("-user__username", "pk").first()
        shown = seats.filter(user__username=SEAT).select_related("user").first() or seat
        return actor_for(user=shown.user, on=self.on) if shown else None

    def hosts(self) -> list[Organisation]:
        """Units with the most interns who began; the seat that visitors try stands first."""
        rows = Internship.objects.filter(state__in=VERIFIED, started_on__lt=self.cast.day(40))
        counted = rows.values("organisation").annotate(n=Count("pk")).order_by("-n", "organisation")
        keys = [row["organisation"] for row in counted[:MOST_HOSTS]]
        shown = Membership.objects.filter(user__username=SEAT).values_list(
            "organisation", flat=True
        )
        keys = [*shown, *(key for key in keys if key not in set(shown))]
        units = Organisation.objects.in_bulk(keys)
        return [units[key] for key in keys]

    def internships(self, call: ClaimCall) -> Iterator[Claim]:
        """One in draft, one taken back, one returned, the others with the offices."""
        for place, unit in enumerate(self.hosts()):
            actor = self.writer_of(unit)
            if actor is None:
                continue
            claim = start_claim(call_id=call.pk, actor=actor, today=self.cast.day(12 - place))
            yield claim
            if place == 0 and claim.planned:
                self.prepare(claim, actor)
            if place > 0 and claim.planned:
                self.complete(claim, actor, days_ago=10 - place)
                self.end(claim, actor, place)

    def end(self, claim: Claim, actor: Actor, place: int) -> None:
        if place == 2:
            withdraw_claim(claim_id=claim.pk, reason="名册还要核对", actor=actor)
        if place == 3:
            Claim.objects.filter(pk=claim.pk).update(
                state=ClaimState.RETURNED, reason="缺 2 名学生 10 月考勤，请补齐"
            )
            stop_steps(claim)

    def complete(self, claim: Claim, actor: Actor, *, days_ago: int, advance: str = "0") -> None:
        """Account, papers, hand-in; what a condition stops stays in draft."""
        self.fill(claim, actor, advance=advance)
        self.papers(claim, actor, days_ago=days_ago)
        try:
            submit_claim(claim_id=claim.pk, actor=actor, now=self.cast.moment(days_ago))
        except DomainError:
            return

    def fill(
        self, claim: Claim, actor: Actor, *, advance: str = "0", account: str = "6222020200"
    ) -> None:
        change_claim(
            claim_id=claim.pk, advance_asked=Decimal(advance), bank_name="青澜农村商业银行",
            account_number=f"{account}{claim.pk:08d}", statement="按登记名册申领", actor=actor,
        )  # fmt: skip

    def prepare(self, claim: Claim, actor: Actor) -> None:
        """The draft of the seat: papers made, then another account: the form is outdated."""
        self.fill(claim, actor)
        make_papers(claim_id=claim.pk, actor=actor, now=self.cast.moment(3))
        self.fill(claim, actor, account="6222020300")

    def papers(self, claim: Claim, actor: Actor, *, days_ago: int) -> None:
        """Made by the platform for the first claim of each scheme, scans for others: pages cost."""
        makes = claim.call.scheme not in self.made
        self.made.add(claim.call.scheme)
        for each in book_for(claim.call.scheme).asked_with_claim:
            if each.made and not makes:
                self.upload(claim, each.code, f"{each.title}（签章扫描件）.pdf", actor)
            elif not each.made and claim.call.scheme != ClaimScheme.INNOVATION:
                self.upload(claim, each.code, f"{each.title}.pdf", actor)
        if makes:
            make_papers(claim_id=claim.pk, actor=actor, now=self.cast.moment(days_ago))

    def upload(self, claim: Claim, code: str, name: str, actor: Actor) -> None:
        add_paper(claim_id=claim.pk, code=code, upload=pdf(name, of=claim.number), actor=actor)

    def apprenticeships(self, call: ClaimCall) -> Iterator[Claim]:
        """Claims for programmes in training, with half in advance."""
        covers = (call.covers_from, call.covers_until)
        units = Apprenticeship.objects.order_by("enterprise").values_list("enterprise", flat=True)
        rows = [
            row for key in dict.fromkeys(units) for row in programmes_to_claim(key, covers=covers)
        ]
        for place, row in enumerate(rows[:MOST_PROGRAMMES]):
            actor = self.writer_of(row.enterprise)
            if actor is None:
                continue
            today = self.cast.day(14 - place)
            claim = start_claim(call_id=call.pk, subject_id=row.pk, actor=actor, today=today)
            yield claim
            if claim.planned:
                half = (claim.planned / 2).quantize(Decimal(1))
                self.complete(claim, actor, days_ago=9 - place, advance=str(half - half % 100))

    def results(self, call: ClaimCall) -> Iterator[Claim]:
        """The seat's unit claims for two results."""
        for unit in self.hosts()[:1]:
            actor = self.writer_of(unit)
            if actor is None:
                continue
            claim = start_claim(call_id=call.pk, actor=actor, today=self.cast.day(8))
            for title, kind in RESULTS:
                add_result(
                    claim_id=claim.pk, title=title, kind=kind, day=self.cast.day(60), pieces=1,
                    upload=pdf(f"{title}.pdf", of=claim.number), actor=actor, today=self.on,
                )  # fmt: skip
            self.complete(claim, actor, days_ago=6)
            yield claim
