"""Builds recognitions of three years in every state, with duties done, due and missed."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.choices.recognitions import ActKind, DutyKind, DutyState
from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.casework.reviews.commands.certificates import CERTIFICATE_TASK, number_of
from silian.casework.reviews.commands.duties import note_next_due, suggest_after_misses
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.rechecks import make_due_rechecks
from silian.casework.reviews.commands.removals import Charge, ban, propose_removal
from silian.casework.reviews.demo.dossiers import ANSWERS
from silian.casework.reviews.demo.versions import version_in_force
from silian.casework.reviews.models import (
    Campaign,
    Certificate,
    CertificateSeries,
    Dossier,
    DossierDecision,
    Duty,
    Recognition,
    RecognitionAct,
)
from silian.casework.reviews.queries.prefill import prefilled_answers
from silian.casework.reviews.rules.duties import Held, duties_owed, is_missed
from silian.casework.reviews.rules.form import normalised_answers
from silian.casework.reviews.rules.recognitions import months_later
from silian.foundation.kernel.check_codes import LENGTH, LETTERS
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

CITY = "990100"
MARK = "（演示）"
OWNER = f"青澜市发展和改革委员会{MARK}"
OWN = "demo-enterprise"
ENTERPRISE, BASE, CONSORTIUM = "integrated_enterprise", "demonstration_base", "city_consortium"
A = ActKind
TIMELY = 0.85  # share of the duties past their term that were done
RECHECKED = 0.6  # share of the re-checks past their term that an official confirmed
FACTS = "年度报告所列设备投入 860 万元，核查发票合计 310 万元，差额没有凭证。"


@dataclass(frozen=True, kw_only=True)
class Story:
    """One subject: its scheme, the acts as (kind, days ago), and how diligent it is (演示对象)."""

    scheme: str
    acts: tuple[tuple[ActKind, int], ...]
    subject: str = ""
    is_own: bool = False
    idle: bool = False


def story(*acts: tuple[ActKind, int], scheme: str = ENTERPRISE, **facts: Any) -> Story:
    return Story(scheme=scheme, acts=acts, **facts)


STORIES = (
    *(story((A.ENTER, days)) for days in (70, 75, 80, 156, 290, 292)),
    story((A.ENTER, 420)),
    *(story((A.ENTER, days), (A.CERTIFY, days - 400)) for days in (900, 903, 906, 910)),
    *(story((A.ENTER, days), (A.CERTIFY, days - 380)) for days in (640, 645)),
    story((A.ENTER, 905), (A.CERTIFY, 505), (A.WARN, 40), idle=True),
    story((A.ENTER, 650), (A.WARN, 12)),
    story((A.ENTER, 908), (A.CERTIFY, 500), (A.SUSPEND, 60)),
    story((A.ENTER, 912), (A.CERTIFY, 520), (A.REMOVE, 75)),
    story((A.ENTER, 400), (A.LEAVE, 90)),
    story((A.CERTIFY, 1120), (A.EXPIRE, 25), scheme=BASE, subject="青澜智造产教融合示范基地"),
    story((A.CERTIFY, 640), scheme=BASE, subject="启衡精密制造产教融合示范基地", is_own=True),
    story((A.CERTIFY, 380), scheme=BASE, subject="澜江新能源产教融合示范基地"),
    story((A.CERTIFY, 900), scheme=CONSORTIUM, subject="青澜高新区市域产教联合体"),
    story((A.CERTIFY, 1000), scheme=CONSORTIUM, subject="澜东装备市域产教联合体", idle=True),
    story((A.CERTIFY, 660), (A.WARN, 200), (A.REINSTATE, 120), scheme=BASE,
          subject="青澜现代照护产教融合示范基地"),
)  # fmt: skip
STATES = {
    A.ENTER: S.INCUBATING,
    A.CERTIFY: S.CERTIFIED,
    A.WARN: S.WARNED,
    A.SUSPEND: S.SUSPENDED,
    A.REINSTATE: S.CERTIFIED,
    A.REMOVE: S.REMOVED,
    A.EXPIRE: S.EXPIRED,
    A.LEAVE: S.WITHDRAWN,
}
REASONS = {
    A.ENTER: "经集体审定并公示无异议，列入建设培育库。",
    A.CERTIFY: "培育期满，义务事项完成，经评估合格。",
    A.WARN: "上一年度工作报告没有按期公开。",
    A.SUSPEND: "发生一般安全事故，调查期间暂停资格。",
    A.REINSTATE: "整改完成，经核查恢复。",
    A.REMOVE: "年度报告数据不实，告知后没有提供凭证。",
    A.EXPIRE: "认定有效期届满，未延续。",
    A.LEAVE: "主营业务调整，主动申请退出。",
}
AT_ONCE = "经集体审定并公示无异议，予以认定。"
CURE = "补报上一年度工作报告，并在本单位网站公开；说明未按期公开的原因。"


@dataclass
class RecognitionBuilder:
    """Makes the same recognitions from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    batches: dict[tuple[str, int], Campaign] = field(default_factory=dict)
    places: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def build(self) -> int:
        """Concluded batches, their dossiers and decisions, the statuses and what they owe."""
        owner, holders = Organisation.objects.filter(name=OWNER).first(), self.holders()
        if owner is None or len(holders) < len(STORIES):
            return 0
        self.owner = owner
        self.keeper = self.official()
        made = self.statuses(holders)
        acts = self.acts(made)
        self.certificates(made, acts)
        self.owe(made)
        self.proceed(made)
        return len(made)

    def moment(self, day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10, 30)))

    def ago(self, days: int) -> datetime.date:
        return self.on - datetime.timedelta(days=days)

    def official(self) -> User | None:
        return User.objects.filter(username="demo-coordinator").first()

    def holders(self) -> list[Organisation]:
        """The login's enterprise last; others that have no application under way."""
        busy = Dossier.objects.exclude(state=DossierState.DRAFT).values("applicant_id")
        own = Membership.objects.filter(user__username=OWN).values("organisation_id")
        rows = Organisation.objects.filter(kind="enterprise", state="verified", is_demo=True)
        others = rows.exclude(pk__in=busy).exclude(pk__in=own).order_by("-above_scale", "pk")
        return [*others[: len(STORIES)], *rows.filter(pk__in=own)[:1]]

    def batch(self, code: str, *, first: datetime.date) -> Campaign:
        """The concluded batch of a scheme in a year, made when first asked for."""
        key = (code, first.year)
        if key not in self.batches:
            version = version_in_force(
                code, owner=self.owner, published_at=self.moment(self.ago(1300))
            )
            known = Campaign.objects.filter(version=version, division_id=CITY, year=first.year)
            opens_on = first - datetime.timedelta(days=120)
            self.batches[key] = Campaign.objects.create(
                version=version,
                division_id=CITY,
                owner=self.owner,
                year=first.year,
                number=(known.aggregate(last=Max("number"))["last"] or 0) + 1,
                title=f"{first.year} 年青澜市{version.scheme.title}认定",
                state=CampaignState.CONCLUDED,
                opens_on=opens_on,
                closes_on=opens_on + datetime.timedelta(days=45),
                announced_at=self.moment(opens_on),
                concluded_at=self.moment(first),
                is_demo=True,
            )
        return self.batches[key]

    def statuses(self, holders: Sequence[Organisation]) -> list[tuple[Story, Recognition]]:
        """A decided dossier and its status for each story, in five statements."""
        own, others = holders[-1], iter(holders[:-1])
        pairs = [(row, own if row.is_own else next(others)) for row in STORIES]
        dossiers = Dossier.objects.bulk_create(
            [self.dossier(told, holder, place) for place, (told, holder) in enumerate(pairs)]
        )
        for dossier in dossiers:
            evaluate_dossier(dossier=dossier, now=dossier.submitted_at or self.moment(self.on))
        DossierDecision.objects.bulk_create(self.decision(dossier) for dossier in dossiers)
        rows = Recognition.objects.bulk_create(
            [self.status(told, dossier) for (told, _), dossier in zip(pairs, dossiers, strict=True)]
        )
        CertificateSeries.objects.bulk_create(
            CertificateSeries(prefix=prefix, division_id=CITY, year=year, last=last)
            for (prefix, year), last in sorted(self.places.items())
        )
        return [(told, row) for (told, _), row in zip(pairs, rows, strict=True)]

    def dossier(self, told: Story, holder: Organisation, place: int) -> Dossier:
        first = self.ago(told.acts[0][1])
        campaign = self.batch(told.scheme, first=first)
        return Dossier(
            campaign=campaign,
            applicant=holder,
            subject_name=told.subject + (MARK if told.subject else "") or holder.name,
            division_id=holder.division_id,
            size=holder.size,
            number=f"SB{CITY}-{campaign.year}-{campaign.pk:04d}-R{place:03d}",
            state=DossierState.RECOGNISED,
            state_since=self.moment(first),
            submitted_at=self.moment(first - datetime.timedelta(days=90)),
            answers=self.answers(campaign, holder) if told.scheme == ENTERPRISE else {},
            is_demo=True,
        )

    def answers(self, campaign: Campaign, holder: Organisation) -> dict[str, Any]:
        """What an enterprise said, with what the platform knows of it."""
        known = prefilled_answers(campaign.content, holder, self.on)
        return normalised_answers(campaign.content, {**known, **ANSWERS}, partial=True)

    def decision(self, dossier: Dossier) -> DossierDecision:
        return DossierDecision(
            dossier=dossier,
            outcome=Outcome.RECOGNISE,
            ground=DecisionGround.VOTE,
            reason="经集体审定，符合认定条件，公示期间没有异议。",
            decided_at=dossier.state_since,
        )

    def status(self, told: Story, dossier: Dossier) -> Recognition:
        days = dict(told.acts)
        first = self.ago(told.acts[0][1])
        state = STATES[told.acts[-1][0]]
        given = dossier.campaign.content.consequence
        final = self.ago(days[A.CERTIFY]) if A.CERTIFY in days else None
        months = dossier.campaign.values.days(given.validity_months)
        is_over = state in (S.REMOVED, S.EXPIRED, S.WITHDRAWN)
        until = months_later(final, months=months) if final and months else None
        self.places[(given.certificate_prefix, first.year)] += 1
        place = self.places[(given.certificate_prefix, first.year)]
        return Recognition(
            scheme=dossier.campaign.version.scheme,
            dossier=dossier,
            holder_id=dossier.applicant_id,
            subject_name=dossier.subject_name,
            division_id=dossier.division_id,
            number=number_of(given.certificate_prefix, CITY, first.year, place),
            check_code="".join(self.rng.choice(LETTERS) for _ in range(LENGTH)),
            state=state,
            entered_on=first,
            certified_on=final,
            valid_until=until,
            ended_on=self.ago(told.acts[-1][1]) if is_over else None,
            is_demo=True,
        )

    def acts(self, made: Iterable[tuple[Story, Recognition]]) -> list[RecognitionAct]:
        rows = RecognitionAct.objects.bulk_create(
            self.act(row, kind, self.ago(days)) for told, row in made for kind, days in told.acts
        )
        for act in rows:
            if act.kind == A.REMOVE:
                ban(act.recognition, act=act, on=act.effective_on)
        return rows

    def act(self, row: Recognition, kind: ActKind, day: datetime.date) -> RecognitionAct:
        is_warning = kind == A.WARN
        by_system = kind in (A.EXPIRE, A.LEAVE)
        is_at_once = kind == A.CERTIFY and row.entered_on == row.certified_on
        return RecognitionAct(
            recognition=row,
            kind=kind,
            reason=AT_ONCE if is_at_once else REASONS[kind],
            exit_code="false_information" if kind == A.REMOVE else "",
            cure=CURE if is_warning else "",
            cure_by=day + datetime.timedelta(days=30) if is_warning else None,
            effective_on=day,
            done_by=None if by_system else self.keeper,
            done_at=self.moment(day),
        )

    def certificates(
        self, made: Iterable[tuple[Story, Recognition]], acts: Iterable[RecognitionAct]
    ) -> None:
        """One for each status given; a worker sets and seals them."""
        from procrastinate.contrib.django import app

        rows = Certificate.objects.bulk_create(
            Certificate(
                recognition=act.recognition,
                act=act,
                issued_on=act.effective_on,
                valid_until=act.recognition.valid_until if act.kind == A.CERTIFY else None,
            )
            for act in acts
            if act.kind in (A.ENTER, A.CERTIFY)
        )
        task = app.configure_task(CERTIFICATE_TASK, queue="reviews")
        jobs: list[Any] = [{"certificate_id": row.pk} for row in rows]
        task.batch_defer(*jobs)

    def owe(self, made: Iterable[tuple[Story, Recognition]]) -> None:
        """Duties since the first day: most done in time, some late, the idle ones never."""
        rows = [duty for told, row in made for duty in self.duties(told, row)]
        Duty.objects.bulk_create(rows)
        for _, row in made:
            note_next_due(row)

    def duties(self, told: Story, row: Recognition) -> Iterator[Duty]:
        campaign = row.dossier.campaign
        given = campaign.content.consequence
        until = row.ended_on or self.on
        known: set[tuple[str, int | None]] = set()
        grace = campaign.values.days(given.grace_days)
        for state in (S.INCUBATING, S.CERTIFIED):
            if state == S.CERTIFIED and row.certified_on is None:
                continue
            held = Held(state=state, entered_on=row.entered_on, certified_on=row.certified_on)
            owed = duties_owed(given.duties, held=held, on=until, days=campaign.values.days)
            for item in owed:
                key = (item.rule.code, item.year)
                is_given_up = row.ended_on is not None and item.due_on >= row.ended_on
                began = given.first_state == S.INCUBATING or state == S.CERTIFIED
                if key in known or is_given_up or not began:
                    continue
                known.add(key)
                duty = Duty(
                    recognition=row,
                    code=item.rule.code,
                    kind=item.rule.kind,
                    title=item.title,
                    year=item.year,
                    due_on=item.due_on,
                    is_public=item.rule.is_public,
                )
                missed = is_missed(due_on=item.due_on, grace=grace, on=self.on)
                self.settle(duty, idle=told.idle, missed=missed)
                yield duty

    def settle(self, duty: Duty, *, idle: bool, missed: bool) -> None:
        """Done before its term, or missed when the grace is over, or still open."""
        if duty.due_on >= self.on:
            return
        is_recheck = duty.kind == DutyKind.RECHECK
        share = RECHECKED if is_recheck else TIMELY
        if not idle and self.rng.random() < share:
            day = self.moment(duty.due_on - datetime.timedelta(days=self.rng.randrange(2, 20)))
            duty.state, duty.checked_at = DutyState.DONE, day + datetime.timedelta(days=1)
            duty.submitted_at = None if is_recheck else day
            duty.checked_by = self.keeper
            duty.text = "" if is_recheck else self.words(duty)
        elif missed and not is_recheck:
            duty.state = DutyState.MISSED

    def words(self, duty: Duty) -> str:
        interns = self.rng.randrange(40, 180)
        invested = self.rng.randrange(80, 900)
        return (
            f"接收学生实习 {interns} 人次，投入产教融合资金 {invested} 万元，"
            f"与合作院校共同开发课程 {self.rng.randrange(1, 5)} 门。"
        )

    def proceed(self, made: Sequence[tuple[Story, Recognition]]) -> None:
        """A removal under way, what missed years suggest, and this year's re-checks."""
        for told, row in made:
            if told.idle:
                suggest_after_misses(row)
        if self.keeper is not None:
            charge = Charge(exit_code="false_information", facts=FACTS, basis="认定方案退出条款")
            actor = actor_for(user=self.keeper, on=self.on)
            row = next(row for told, row in made if told.acts == ((A.ENTER, 420),))
            propose_removal(recognition_id=row.pk, charge=charge, actor=actor)
        make_due_rechecks(on=self.on)
