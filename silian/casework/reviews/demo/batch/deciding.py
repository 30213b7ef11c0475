"""The order, the vote, the public notice with an objection, two appeals, the results."""

from __future__ import annotations

import random
from dataclasses import dataclass

from silian.casework.reviews.choices.deciding import AppealResult, Ballot, Standing
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.appeals import (
    Settlement,
    file_appeal,
    settle_appeal,
    take_appeal,
)
from silian.casework.reviews.commands.deciding import (
    Choice,
    call_meeting,
    cast_votes,
    close_meeting,
    open_meeting,
)
from silian.casework.reviews.commands.notices import conclude_notice, publish_notice
from silian.casework.reviews.commands.objections import (
    Findings,
    Objector,
    ask_applicant,
    make_statement,
    raise_objection,
    settle_objection,
    take_objection,
)
from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.demo.batch.applying import CONTACT, Applying
from silian.casework.reviews.models import (
    Appeal,
    Campaign,
    DecidingMeeting,
    Objection,
    PublicNotice,
)
from silian.casework.reviews.queries.deciding import agenda_of
from silian.casework.reviews.queries.ranking import standings_of
from silian.foundation.kernel.actors import Actor

ABSENT = 1  # of the members one could not come; the quorum holds
PLACE = "省政务服务中心三楼会议室"
AGAINST = "与名额内单位相比，合作成效的证明不足。"
RECUSED = "与申报单位负责人是亲属关系。"
MINUTES = "逐份听取评审情况。并列跨名额线的单位经公开比较合作年限后分别表决，其余意见一致。"
OBJECTION = "该单位申报的学徒人数与其网站公布的不一致，可以核对培养协议和花名册。"
QUESTION = "请说明在册学徒人数的统计口径，并提供培养协议清单。"
STATEMENT = "网站为上一年度数据，申报数按培养协议统计，清单和学籍名册已提交。"
FINDINGS = "逐份核对培养协议与学籍名册，申报人数属实；网站数据未及时更新。"
ANSWER = "经核对培养协议和学籍名册，申报人数属实，异议不成立。"
APPEAL = "我单位提交的共同开发课程教材没有计入合作深度，请复核。"
UPHELD = (
    "教材封面和版权页证明课程由双方共同开发，原评审漏计。计入后得分不低于名额内末位，予以补充公示。"
)
DISMISSED = "教材由院校单独出版，评审记录已如实反映，原决定并无不当。"


@dataclass
class Deciding:
    """From the order to the results."""

    applying: Applying
    rng: random.Random

    def __post_init__(self) -> None:
        self.cast, self.clock = self.applying.cast, self.applying.clock

    @property
    def campaign(self) -> Campaign:
        return self.applying.campaign

    @property
    def organiser(self) -> Actor:
        return self.cast.official("organiser")

    def rank(self) -> str:
        """Fix the order with the figures used."""
        self.clock.work(2)
        ranking = rank_campaign(campaign_id=self.campaign.pk, actor=self.organiser)
        tied = len({row["rank"] for row in ranking.rows if row["tied"]})
        at_line = sum(row["standing"] == Standing.AT_LINE for row in ranking.rows)
        below = sum(row["standing"] == Standing.BELOW for row in ranking.rows)
        return (
            f"{len(ranking.rows)} 份，并列 {tied} 组（跨名额线 {at_line} 份），"
            f"未达合格线 {below} 份"
        )

    def meet(self) -> str:
        """Members vote openly on every file; who is tied to one leaves its vote."""
        day = self.clock.calendar.add(self.clock.today, days=3)
        meeting = call_meeting(
            campaign_id=self.campaign.pk,
            held_on=day,
            place=PLACE,
            user_ids=[row.user_id or 0 for row in self.cast.deciders],
            actor=self.organiser,
            on=self.clock.today,
        )
        self.clock.until(day)
        present = self.cast.deciders[:-ABSENT]
        open_meeting(
            meeting_id=meeting.pk,
            present_user_ids=[row.user_id or 0 for row in present],
            actor=self.organiser,
        )
        votes = self.vote(meeting, present)
        close_meeting(meeting_id=meeting.pk, minutes=MINUTES, reasons={}, actor=self.organiser)
        passed = self.campaign.dossiers.filter(state=DossierState.RANKED).count()
        return f"到会 {len(present)} 人，表决 {votes} 票，通过 {passed} 份"

    def vote(self, meeting: DecidingMeeting, present: list[Actor]) -> int:
        """For those within the quota and the first of a tie at its line; against the rest."""
        standings = standings_of(self.campaign)
        agenda = [row.pk for row in agenda_of(meeting)]
        within = {pk for pk in agenda if standings[pk] == Standing.WITHIN}
        at_line = [pk for pk in agenda if standings[pk] == Standing.AT_LINE]
        carried = within | set(at_line[: (self.campaign.quota or 0) - len(within)])
        cast = 0
        for place, member in enumerate(present):
            choices = [
                ballot_on(pk, carried=pk in carried, tied=place == 1 and pk == agenda[0])
                for pk in agenda
            ]
            cast += cast_votes(meeting_id=meeting.pk, choices=choices, actor=member)
        return cast

    def notice(self) -> str:
        """Show whom the meeting proposes."""
        self.clock.work(2)
        self.shown = self.show()
        last = self.clock.calendar.add(self.shown.ends_on, days=-1)
        return f"公示 {self.shown.entries.count()} 家，至 {last:%Y-%m-%d}"

    def show(self) -> PublicNotice:
        return publish_notice(
            campaign_id=self.campaign.pk, contact=CONTACT, masked=[], actor=self.organiser
        )

    def object(self) -> str:
        """Somebody objects without a name; a fresh pair of eyes looks into it."""
        self.clock.work(1)
        entry = self.shown.entries.order_by("position")[1]
        raise_objection(entry_id=entry.pk, text=OBJECTION, objector=Objector())
        raised = Objection.objects.get(notice=self.shown)
        actor = self.cast.official("investigator")
        take_objection(objection_id=raised.pk, actor=actor)
        ask_applicant(objection_id=raised.pk, question=QUESTION, actor=actor)
        self.clock.work(2)
        make_statement(
            objection_id=raised.pk, statement=STATEMENT, actor=self.cast.agent_of(entry.dossier)
        )
        self.clock.work(1)
        found = Findings(is_upheld=False, findings=FINDINGS, answer=ANSWER)
        settle_objection(objection_id=raised.pk, found=found, actor=actor)
        return "匿名异议 1 件，听取申报单位说明后答复：不成立"

    def appeal(self) -> str:
        """The two who came nearest ask for another look."""
        rows = self.campaign.dossiers.filter(state=DossierState.REJECTED, rank__isnull=False)
        nearest = list(rows.select_related("applicant").order_by("rank", "pk")[:2])
        for dossier in nearest:
            file_appeal(dossier_id=dossier.pk, text=APPEAL, actor=self.cast.agent_of(dossier))
        return f"收到申诉 {len(nearest)} 件"

    def conclude(self) -> str:
        """The days are kept: who stands in the notice enters the register."""
        self.clock.until(self.shown.ends_on)
        conclude_notice(notice_id=self.shown.pk, actor=self.organiser)
        count = self.campaign.dossiers.filter(state=DossierState.RECOGNISED).count()
        return f"公示期满，{count} 家入库培育，证书逐家编号"

    def settle_appeals(self) -> str:
        """Somebody new settles: one is right and gets a notice of its own, one is not."""
        self.clock.work(2)
        actor = self.cast.official("appeals")
        filed = Appeal.objects.filter(decision__dossier__campaign=self.campaign).order_by("pk")
        for place, appeal in enumerate(filed):
            take_appeal(appeal_id=appeal.pk, actor=actor)
            settle_appeal(
                appeal_id=appeal.pk, settlement=settlement(is_upheld=place == 0), actor=actor
            )
        self.shown = self.show()
        self.clock.until(self.shown.ends_on)
        conclude_notice(notice_id=self.shown.pk, actor=self.organiser)
        return "成立 1 件，补充公示后入库；其余维持原决定"


def ballot_on(dossier_id: int, *, carried: bool, tied: bool) -> Choice:
    if tied:
        return Choice(dossier_id=dossier_id, ballot=Ballot.RECUSED, reason=RECUSED)
    if carried:
        return Choice(dossier_id=dossier_id, ballot=Ballot.FOR)
    return Choice(dossier_id=dossier_id, ballot=Ballot.AGAINST, reason=AGAINST)


def settlement(*, is_upheld: bool) -> Settlement:
    if is_upheld:
        return Settlement(answer=UPHELD, result=AppealResult.BEYOND_QUOTA, basis="认定方案申诉条款")
    return Settlement(answer=DISMISSED)
