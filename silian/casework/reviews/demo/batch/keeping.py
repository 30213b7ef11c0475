"""Years after: the catalogue, duties, certification, the yearly re-check, one exit and its ban."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.casework.publications.commands.steps import (
    approve_edition,
    publish_edition,
    submit_edition,
)
from silian.casework.reviews.choices.recognitions import DutyKind, DutyState
from silian.casework.reviews.commands.campaigns import (
    announce_campaign,
    make_campaign,
    set_offices,
)
from silian.casework.reviews.commands.catalogue import draft_catalogue
from silian.casework.reviews.commands.dossiers import start_dossier
from silian.casework.reviews.commands.duties import Work, make_duties, pass_duty, submit_duty
from silian.casework.reviews.commands.rechecks import confirm_recheck, make_recheck
from silian.casework.reviews.commands.recognitions import Grounds, certify
from silian.casework.reviews.commands.removals import (
    Charge,
    propose_removal,
    reply_to_removal,
    uphold_removal,
)
from silian.casework.reviews.demo.batch.applying import CALL_DAYS, CONTACT, Applying
from silian.casework.reviews.demo.batch.cast import offices_for
from silian.casework.reviews.demo.dossiers import NOTICE
from silian.casework.reviews.models import Ban, Certificate, Duty, Recognition
from silian.casework.reviews.queries.verification import public_facts, recognition_by_code
from silian.foundation.kernel.errors import DomainError

ONE_DAY, YEAR = datetime.timedelta(days=1), datetime.timedelta(days=366)
SOON = datetime.timedelta(days=31)  # holders send their work in the month before the term
REPORT_DAY, RECHECK_DAY = (1, 20), (6, 8)
NEXT_TITLE = "年产教融合型企业认定（全流程演示的下一批）"
CERTIFIED = "培育期满，义务事项全部完成，评估合格。"
PASSED, FAILED = "与认定时相比没有退步，合格。", "年度报告所列投入与凭证不符，不合格。"
FACTS = "年度报告所列共建基地投入 860 万元，核查发票合计 310 万元，差额没有凭证。"
REPLY = "差额系把意向投入计入，统计有误，愿意更正；请求从轻处理。"
DECISION = "陈述承认申报数据不实，差额没有凭证，依据退出条款取消认定。"
EXIT, EXIT_BASIS = "false_information", "认定方案退出条款"


@dataclass
class Keeping:
    """What follows the results, year by year."""

    applying: Applying
    on: datetime.date
    recheck_year: int

    def __post_init__(self) -> None:
        self.cast, self.clock = self.applying.cast, self.applying.clock
        self.keeper, self.judge = self.cast.official("keeper"), self.cast.official("judge")

    def recognitions(self) -> QuerySet[Recognition]:
        rows = Recognition.objects.filter(dossier__campaign=self.applying.campaign)
        return rows.select_related(
            "scheme", "dossier__campaign__version", "dossier__applicant"
        ).order_by("number")

    def publish_catalogue(self) -> str:
        """The catalogue is drafted by one, approved by another, and published."""
        self.clock.work(2)
        organiser, scheme = self.cast.official("organiser"), self.cast.version.scheme
        edition = draft_catalogue(scheme=scheme, on=self.clock.today, actor=organiser)
        now = self.clock.moment()
        submit_edition(edition_id=edition.pk, actor=organiser, now=now)
        approve_edition(edition_id=edition.pk, actor=self.judge, now=now)
        edition = publish_edition(edition_id=edition.pk, actor=organiser, now=now)
        papers = Certificate.objects.filter(recognition__in=self.recognitions()).count()
        return f"发证 {papers} 张；目录发布，校验值 {edition.sha256[:12]}…"

    def build_up(self) -> str:
        """A year of incubation: the plan, the report, each passed by an official."""
        entered = max(self.recognitions().values_list("entered_on", flat=True))
        self.clock.until(entered + SOON)
        done = self.do_duties()
        done += self.report_until(entered + YEAR)
        self.clock.until(entered + YEAR)
        for row in self.recognitions():
            grounds = Grounds(reason=CERTIFIED, basis="培育管理条款", on=self.clock.today)
            certify(recognition_id=row.pk, grounds=grounds, actor=self.keeper)
        return f"完成义务 {done} 项，培育期满认定 {self.recognitions().count()} 家"

    def report_until(self, day: datetime.date) -> int:
        """Every January until a day the holders report; how many duties were done."""
        done = 0
        for year in range(self.clock.today.year, day.year + 1):
            january = datetime.date(year, *REPORT_DAY)
            if self.clock.today < january < day:
                self.clock.until(self.clock.calendar.next_working(january))
                done += self.do_duties()
        return done

    def do_duties(self) -> int:
        """Holders send what falls due within the month; an official passes it."""
        today = self.clock.today
        for row in self.recognitions().filter(ended_on__isnull=True):
            make_duties(recognition=row, on=today)
        due = Duty.objects.filter(
            recognition__in=self.recognitions().filter(ended_on__isnull=True),
            state=DutyState.DUE,
            due_on__lte=today + SOON,
        ).exclude(kind=DutyKind.RECHECK)
        waiting = list(due.select_related("recognition__dossier").order_by("pk"))
        for duty in waiting:
            agent = self.cast.agent_of(duty.recognition.dossier)
            work = Work(
                text=f"{duty.title}：接收实习生、共同开发课程和投入情况见附表，已在网站公开。"
            )
            submit_duty(duty_id=duty.pk, work=work, actor=agent)
            pass_duty(duty_id=duty.pk, actor=self.judge)
        return len(waiting)

    def recheck(self) -> str:
        """Today's facts against the frozen ones; an official confirms each."""
        day = datetime.date(self.recheck_year, *RECHECK_DAY)
        self.report_until(day)
        self.clock.until(self.clock.calendar.next_working(day))
        today = self.clock.today
        self.leaver = list(self.recognitions())[2]
        made = 0
        for row in self.recognitions():
            make_duties(recognition=row, on=today)
            duty = row.duties.filter(
                kind=DutyKind.RECHECK, due_on__gte=today, due_on__lte=today + SOON
            ).first()
            if duty is None:
                continue
            found = make_recheck(recognition=row, year=duty.year or today.year, on=today, duty=duty)
            assert found is not None  # the first of its year
            passes = row.pk != self.leaver.pk
            confirm_recheck(
                recheck_id=found.pk,
                passes=passes,
                note=PASSED if passes else FAILED,
                actor=self.judge,
            )
            made += 1
        return f"复核 {made} 家，合格 {made - 1} 家，不合格 1 家"

    def remove(self) -> str:
        """One proposes, the holder speaks, another decides; the ban begins."""
        self.clock.work(3)
        charge = Charge(exit_code=EXIT, facts=FACTS, basis=EXIT_BASIS)
        removal = propose_removal(recognition_id=self.leaver.pk, charge=charge, actor=self.keeper)
        self.clock.work(4)
        agent = self.cast.agent_of(self.leaver.dossier)
        reply_to_removal(removal_id=removal.pk, text=REPLY, actor=agent)
        self.clock.work(5)
        uphold_removal(
            removal_id=removal.pk, decision=DECISION, on=self.clock.today, actor=self.judge
        )
        ban = Ban.objects.get(act__recognition=self.leaver)
        return (
            f"{self.leaver.number} 听取陈述后取消；"
            f"{ban.starts_on:%Y-%m-%d} 至 {ban.ends_on - ONE_DAY:%Y-%m-%d} 不得申报"
        )

    def verify(self) -> str:
        """What the public page says today of the certificate."""
        self.report_until(self.on)
        self.clock.until(self.on)
        found = recognition_by_code(self.leaver.check_code)
        assert found is not None  # it bears the code
        facts = public_facts(found, on=self.clock.today)
        return f"查验码 {self.leaver.check_code}：{facts.state}。{facts.sentence}"

    def apply_again(self) -> str:
        """The next batch is called; the banned one is refused with the reason."""
        organiser, today = self.cast.official("organiser"), self.clock.today
        campaign = make_campaign(
            version_id=self.cast.version.pk,
            year=today.year,
            title=f"{today.year} {NEXT_TITLE}",
            opens_on=today,
            closes_on=today + datetime.timedelta(days=CALL_DAYS),
            quota=self.applying.campaign.quota,
            notice_text=NOTICE,
            contact=CONTACT,
            actor=organiser,
        )
        offices = offices_for(self.cast.version)
        set_offices(campaign_id=campaign.pk, offices=offices, actor=organiser)
        called = announce_campaign(campaign_id=campaign.pk, actor=organiser, on=today)
        try:
            start_dossier(campaign=called, actor=self.cast.agent_of(self.leaver.dossier))
        except DomainError as refused:
            return f"拒绝：{refused.sentence}"
        raise AssertionError("a banned enterprise was let in")
