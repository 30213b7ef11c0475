"""The call, sixty applications, the formal check with its fixes, and a withdrawal."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.campaigns import (
    announce_campaign,
    close_campaign,
    make_campaign,
    set_offices,
)
from silian.casework.reviews.commands.dossiers import (
    add_evidence,
    save_answers,
    start_dossier,
    submit_dossier,
)
from silian.casework.reviews.commands.draws import announce_seed
from silian.casework.reviews.commands.intake import (
    accept_dossier,
    answer_fix,
    ask_fix,
    lapse_fix,
    refuse_dossier,
)
from silian.casework.reviews.demo.batch.cast import Cast, offices_for
from silian.casework.reviews.demo.batch.clock import StoryClock
from silian.casework.reviews.demo.dossiers import ANSWERS, NOTICE, PAPER
from silian.casework.reviews.models import Campaign, Dossier
from silian.casework.reviews.queries.dossiers import completeness_of
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.foundation.kernel.actors import Actor, system_actor
from silian.registers.credit.choices import ItemNature, LegalGround, Sharing
from silian.registers.credit.commands.catalogue import add_item
from silian.registers.credit.commands.records import (
    RecordDraft,
    confirm_record,
    propose_record,
)
from silian.registers.organisations.models import Organisation

TITLE = "年产教融合型企业认定（全流程演示）"
CALL_DAYS, FIRST_DAY, SEED_AFTER = 31, 3, 50
SEED_SOURCE = "演示彩种第 2024118 期开奖号码，按开出次序以短横线连接"
CONTACT = "澜江省发展和改革委员会社会发展处（演示），0000-000000"
PASS_POINTS = {
    "value": "36",
    "reason": "平台启用首年，协议和实习数据尚未汇集完整，自动计分项普遍偏低",
    "basis": "本批次申报通知第四条（演示）",
}
SECTORS = ("manufacturing", "information", "energy", "biomedicine", "production_service")
FIX_TEXT = "请写明学徒人数、培养协议编号和签订日期。"
REFUSAL_BASIS = "申报通知第二条申报条件"
OUTSIDERS, FIXES = 20, 8  # one in so many


@dataclass
class Applying:
    """From the call to the files that were accepted."""

    cast: Cast
    clock: StoryClock
    rng: random.Random
    fates: dict[int, str] = field(default_factory=dict)

    def call(self) -> str:
        """Prepare the batch, name the offices, publish the call and where the seed comes from."""
        organiser, today = self.cast.official("organiser"), self.clock.today
        count = len(self.cast.applicants)
        self.campaign = make_campaign(
            version_id=self.cast.version.pk,
            year=today.year,
            title=f"{today.year} {TITLE}",
            opens_on=today,
            closes_on=today + datetime.timedelta(days=CALL_DAYS),
            quota=max(3, count // 3),
            notice_text=NOTICE,
            contact=CONTACT,
            overrides={"pass_points": PASS_POINTS},
            actor=organiser,
        )
        offices = offices_for(self.cast.version)
        set_offices(campaign_id=self.campaign.pk, offices=offices, actor=organiser)
        announce_campaign(campaign_id=self.campaign.pk, actor=organiser, on=today)
        announce_seed(
            campaign_id=self.campaign.pk,
            source=SEED_SOURCE,
            known_on=today + datetime.timedelta(days=SEED_AFTER),
            actor=organiser,
        )
        self.draw_fates()
        self.refresh()
        return f"名额 {self.campaign.quota} 个，审核单位 {len(offices)} 处，种子来源同时公布"

    def refresh(self) -> Campaign:
        """The batch as it stands now, its version with it."""
        self.campaign = Campaign.objects.select_related("version__scheme", "division").get(
            pk=self.campaign.pk
        )
        return self.campaign

    def draw_fates(self) -> None:
        """Who comes from elsewhere, who is on the credit register, who has to fix, who leaves."""
        units = [row.pk for row in self.cast.applicants]
        self.rng.shuffle(units)
        with_code = {row.pk for row in self.cast.applicants if row.uscc}
        debtor = next((pk for pk in units if pk in with_code), units[0])
        units.remove(debtor)
        count = len(self.cast.applicants)
        outsiders, fixes = max(1, count // OUTSIDERS), max(1, count // FIXES)
        self.fates = {debtor: "debtor", units[0]: "withdraws"}
        rest = units[1:]
        self.fates |= dict.fromkeys(rest[:outsiders], "outsider")
        self.fates |= dict.fromkeys(rest[outsiders : outsiders + fixes], "fixes")
        if fixes > 2:
            self.fates[rest[outsiders]] = "silent"

    def fate(self, dossier: Dossier) -> str:
        return self.fates.get(dossier.applicant_id, "")

    def note_debt(self) -> str:
        """A penalty enters the credit register by two officials, before the call closes."""
        unit = next(row for row in self.cast.applicants if self.fates.get(row.pk) == "debtor")
        proposer, confirmer = self.cast.official("keeper"), self.cast.official("judge")
        self.clock.work(FIRST_DAY)
        today = self.clock.today
        item = add_item(
            division=self.cast.region,
            actor=proposer,
            code="LJ-SW-01",
            name="重大税收违法失信主体",
            provider="澜江省税务局（演示）",
            nature=ItemNature.BAD,
            sharing=Sharing.PUBLIC,
            coverage="本省范围内的企业",
            update_cycle="作出决定后 5 个工作日内",
            basis="公共信用信息目录（演示）",
            is_demo=True,
        )
        draft = RecordDraft(
            organisation_id=unit.pk,
            item_id=item.pk,
            title="虚开发票的行政处罚",
            ground=LegalGround.PENALTY,
            basis_document="澜江省税务局行政处罚决定书（演示）",
            decision_number=f"澜税罚〔{today.year}〕118号",
            decided_on=today - datetime.timedelta(days=12),
            starts_on=today,
            ends_on=today + datetime.timedelta(days=3 * 365),
        )
        row = propose_record(draft=draft, actor=proposer)
        confirm_record(record_id=row.pk, actor=confirmer, now=self.clock.moment())
        return "税收违法记录经两人办理生效，1 家申报单位在内"

    def apply(self) -> str:
        """Everybody fills in, proves and sends, spread over the days of the call."""
        last = self.campaign.closes_on - datetime.timedelta(days=1)
        days = (last - self.clock.today).days
        papers = 0
        for place, unit in enumerate(self.cast.applicants):
            self.clock.until(
                self.clock.today
                if place == 0
                else last
                - datetime.timedelta(days=days - days * place // len(self.cast.applicants))
            )
            papers += self.send(unit)
        return f"提交 {len(self.cast.applicants)} 份，佐证材料 {papers} 件"

    def send(self, unit: Organisation) -> int:
        actor = self.cast.agents[unit.pk]
        dossier = start_dossier(campaign=self.campaign, actor=actor)
        save_answers(dossier_id=dossier.pk, answers=self.answers(unit), actor=actor)
        dossier = Dossier.objects.select_related("campaign__version").get(pk=dossier.pk)
        without = completeness_of(dossier).without_files
        for field_asked in without:
            self.prove(dossier, code=field_asked.code, label=field_asked.label, actor=actor)
        submit_dossier(dossier_id=dossier.pk, actor=actor)
        return len(without)

    def answers(self, unit: Organisation) -> dict[str, Any]:
        apprentices = self.rng.randrange(12, 90)
        return {
            **ANSWERS,
            "uscc": unit.uscc or "未登记",
            "business": unit.introduction or ANSWERS["business"],
            "registered_here": self.fates.get(unit.pk) != "outsider",
            "sector": self.rng.choice(SECTORS),
            "apprenticeship_what": f"与青澜职业技术学院联合培养学徒，在册 {apprentices} 人。",
        }

    def prove(self, dossier: Dossier, *, code: str, label: str, actor: Actor) -> None:
        name = f"{label[:20]}证明.pdf"
        content = PAPER + f"% {dossier.pk} {code}\n".encode()
        upload = SimpleUploadedFile(name, content, content_type="application/pdf")
        add_evidence(dossier_id=dossier.pk, field=code, upload=upload, actor=actor)

    def close(self) -> str:
        self.clock.until(self.campaign.closes_on)
        close_campaign(
            campaign_id=self.campaign.pk,
            actor=self.cast.official("organiser"),
            on=self.clock.today,
        )
        return "申报期满，不再受理"

    def check(self) -> str:
        """Refuse what fails the conditions, ask for a fix once, accept the rest."""
        self.clock.work(3)
        done = {"accepted": 0, "refused": 0, "fix": 0}
        rows = Dossier.objects.filter(campaign=self.campaign, state=DossierState.SUBMITTED)
        for dossier in rows.select_related("campaign__version").order_by("number"):
            done[self.settle(dossier)] += 1
        return (
            f"受理 {done['accepted']} 份，通知补正 {done['fix']} 份，不予受理 {done['refused']} 份"
        )

    def settle(self, dossier: Dossier) -> str:
        checker = self.cast.official("checker")
        reasons = failed_conditions(dossier)
        if reasons:
            refuse_dossier(
                dossier_id=dossier.pk, reason=reasons, basis=REFUSAL_BASIS, actor=checker
            )
            return "refused"
        if self.fate(dossier) in ("fixes", "silent"):
            items = [{"field": "apprenticeship_what", "text": FIX_TEXT}]
            ask_fix(dossier_id=dossier.pk, items=items, actor=checker)
            return "fix"
        accept_dossier(dossier_id=dossier.pk, actor=checker)
        return "accepted"

    def fix(self) -> str:
        """Most put their files right in time, and are accepted."""
        self.clock.work(4)
        checker, answered = self.cast.official("checker"), 0
        rows = Dossier.objects.filter(campaign=self.campaign, state=DossierState.FIXING)
        for dossier in rows.order_by("number"):
            if self.fate(dossier) == "silent":
                continue
            actor = self.cast.agent_of(dossier)
            words = f"{dossier.answers['apprenticeship_what']}培养协议 QL-{dossier.pk:04d}。"
            answers = {"apprenticeship_what": words}
            save_answers(dossier_id=dossier.pk, answers=answers, actor=actor)
            answer_fix(dossier_id=dossier.pk, actor=actor)
            accept_dossier(dossier_id=dossier.pk, actor=checker)
            answered += 1
        return f"按期补正并受理 {answered} 份"

    def lapse(self) -> int:
        """Who said nothing to a fix is judged as he sent his file, and refused; how many."""
        rows = Dossier.objects.filter(campaign=self.campaign, state=DossierState.FIXING)
        waiting = list(rows.order_by("number"))
        for dossier in waiting:
            self.clock.until(self.after(dossier.due_on))
            lapse_fix(dossier_id=dossier.pk, actor=system_actor(), on=self.clock.today)
            refuse_dossier(
                dossier_id=dossier.pk,
                reason="通知补正后逾期没有补正，学徒制试点的材料不足以证明。",
                basis=REFUSAL_BASIS,
                actor=self.cast.official("checker"),
            )
        return len(waiting)

    def after(self, due_on: datetime.date | None) -> datetime.date:
        """The working day after a term."""
        return self.clock.calendar.add(due_on or self.clock.today, days=1)


def failed_conditions(dossier: Dossier) -> str:
    """The sentences of the firm conditions that a file does not meet; empty when it meets all."""
    evaluation = evaluation_of(dossier)
    if evaluation.met is not False or evaluation.gateway is None:
        return ""
    failed = [row for row in evaluation.gateway.children if row.blocks or row.is_vetoed]
    return "；".join(
        f"“{item.label}”不符合：{item.sentence}"
        for row in failed
        for item in row.items()
        if item.met is False
    )
