"""Builds supervision: a scheme, two rounds, orders in every state, accountability, a sheet."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from silian.governance.policy_tasks.choices import CheckResult, Severity
from silian.governance.policy_tasks.commands.supervision_accountability import (
    Measure,
    record_accountability,
    reply_to_accountability,
    uphold_accountability,
)
from silian.governance.policy_tasks.commands.supervision_findings import (
    Order,
    accept_answer,
    answer_finding,
    cancel_finding,
    escalate_finding,
    issue_finding,
    receive_finding,
    return_answer,
)
from silian.governance.policy_tasks.commands.supervision_rounds import (
    RoundPlan,
    check_item,
    close_round,
    fill_checklist,
    plan_round,
    record_visit,
    start_round,
)
from silian.governance.policy_tasks.commands.supervision_scores import enter_scheme, fix_scores
from silian.governance.policy_tasks.demo.supervision_cast import CITY, DAY, Cast, paper
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.queries.supervision_checks import Choice, tasks_in_scope
from silian.governance.policy_tasks.queries.supervision_scores import Period
from silian.registers.policies.models import PolicyBody

POINTS = {
    "on_time": Decimal(40),
    "evidence": Decimal(20),
    "conduct": Decimal(40),
    "notice_points": Decimal("0.5"),
    "general_points": Decimal(2),
    "serious_points": Decimal(5),
    "return_points": Decimal(1),
    "overdue_points": Decimal(3),
}
# days ago, working days to answer, severity, how far it has come, matter, facts, demand
ORDERS = (
    (150, 10, Severity.GENERAL, "closed", "订单班协议备案缺 6 份",
     "抽查 20 份订单班协议，6 份没有备案回执。", "补齐备案，报送清单和回执。"),
    (96, 10, Severity.SERIOUS, "returned_closed", "实训设备采购迟于计划",
     "应于上季度完成采购，现场查看设备尚未到货。", "报送到货计划和验收安排，到货后补验收单。"),
    (88, 10, Severity.GENERAL, "closed", "教师企业实践台账缺签字",
     "抽查 30 份台账，7 份缺企业导师签字。", "补齐签字，建立每月核对。"),
    (60, 10, Severity.NOTICE, "closed", "供需信息发布晚 4 天",
     "上月供需信息应于月底发布，实际晚 4 天。", "说明原因，明确固定发布日。"),
    (34, 10, Severity.GENERAL, "overdue", "公共实训基地二期选址意见未报送",
     "会议要求报送选址意见，至今未见正式文件。", "报送选址意见、用地情况和时间表。"),
    (24, 10, Severity.GENERAL, "answered", "学徒岗位需求汇总缺 3 个县区",
     "汇总表只有 4 个县区，缺 3 个县区数据。", "补报 3 个县区数据，说明核对方法。"),
    (20, 10, Severity.SERIOUS, "returned", "实习责任险投保核对不实",
     "台账记全部投保，抽查 40 人，5 人查无保单。", "逐人核对保单，补投并报送核对表。"),
    (12, 10, Severity.GENERAL, "received", "成果转化合同登记不全",
     "抽查 12 份合同，4 份没有登记。", "补登 4 份合同，报送登记截图。"),
    (8, 10, Severity.NOTICE, "received", "对接活动纪要未上传",
     "第 3 季度对接活动已办，纪要没有上传。", "上传纪要和签到表。"),
    (5, 10, Severity.GENERAL, "issued", "用工需求调查进度滞后",
     "样本企业 200 家，已回收 62 家。", "报送回收计划，按周报进度。"),
    (2, 8, Severity.GENERAL, "issued", "中试基地开放时长未达约定",
     "约定每月开放 60 小时，上月 31 小时。", "说明原因，调整开放安排。"),
    (40, 10, Severity.GENERAL, "cancelled", "校外基地协议过期",
     "抽查 9 个校外基地，1 个协议过期。", "续签或撤销，报送材料。"),
)  # fmt: skip
MEASURES = "已约谈责任科室，专人逐项核对，建立每周通报。"
RESULT = "清单内事项已补齐，材料见附件；其余按月核对。"
SHORT = "已整改。"


@dataclass
class SupervisionBuilder:
    """Makes the same supervision from the same day and ledger, through the commands."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    made: list[SupervisionFinding] = field(default_factory=list)

    def build(self) -> int:
        """Write scheme, rounds, orders, records and a sheet; returns how many orders."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.bodies = self.cast.bodies
        enter_scheme(
            division=CITY,
            basis="青澜市产教融合工作领导小组第二次全体会议（演示）",
            valid_from=self.on - 300 * DAY,
            points=POINTS,
            actor=self.cast.seat("coordinator"),
            now=self.cast.moment(300),
        )
        for place, row in enumerate(ORDERS):
            self.made.append(self.order(place, row))
        if tasks_in_scope(SupervisionRound(division_id=CITY, pk=0)).exists():
            self.past_round()
            self.present_round()
        self.accountability()
        self.sheet()
        SupervisionFinding.objects.filter(pk__in=[row.pk for row in self.made]).update(is_demo=True)
        return len(self.made)

    def order(self, place: int, row: tuple) -> SupervisionFinding:
        days, working_days, severity, until, title, text, demand = row
        body = self.body_for(place)
        task = self.task_of(body, place)
        finding = issue_finding(
            order=Order(
                body_id=body.pk,
                severity=severity,
                title=title,
                text=text,
                demand=demand,
                working_days=working_days,
                task_id=task.pk if task else None,
            ),
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(days),
        )
        return self.carried(finding, until=until, days=days)

    def body_for(self, place: int) -> PolicyBody:
        """The bodies in turn; the department that visitors may try gets every fifth order."""
        tried = self.cast.tried_department()
        if tried is not None and place % 5 == 4:
            return tried
        return self.bodies[(place * 3 + 1) % len(self.bodies)]

    def task_of(self, body: PolicyBody, place: int) -> PolicyTask | None:
        """A task that the body leads; some orders stand by themselves."""
        rows = PolicyTask.objects.open().filter(division_id=CITY, lead=body)
        found = list(rows.order_by("pk")[:5])
        return found[place % len(found)] if found and place % 4 else None

    def carried(self, finding: SupervisionFinding, *, until: str, days: int) -> SupervisionFinding:
        """The order brought as far as its story goes."""
        supervisor = self.cast.seat("supervisor")
        key: dict[str, Any] = {"finding_id": finding.pk, "actor": supervisor}
        if until == "cancelled":
            return cancel_finding(**key, reason="协议已续签，原件核对有误。")
        if until == "issued":
            return finding
        clerk = self.cast.clerk(finding.body)
        receive_finding(finding_id=finding.pk, actor=clerk, now=self.cast.moment(days - 1))
        if until == "overdue":
            escalate_finding(**key, now=self.cast.moment(days - 19))
        if until in ("received", "overdue"):
            return finding
        short = until.startswith("returned")
        self.answer(finding, result=SHORT if short else RESULT, days=days - 6)
        if short:
            return_answer(
                **key,
                opinion="缺逐项核对表和佐证，请补齐。",
                working_days=10,
                now=self.cast.moment(days - 8),
            )
        if until == "returned_closed":
            self.answer(finding, result=RESULT, days=days - 14)
        if until.endswith("closed"):
            accept_answer(**key, opinion="材料齐全，属实。", now=self.cast.moment(days - 16))
        return finding

    def answer(self, finding: SupervisionFinding, *, result: str, days: int) -> None:
        answer_finding(
            finding_id=finding.pk,
            measures=MEASURES,
            result=result,
            files=[paper("整改核对表", finding.title)],
            actor=self.cast.clerk(finding.body),
            now=self.cast.moment(days),
        )

    def planned(self, *, title: str, starts: int, ends: int) -> SupervisionRound:
        supervisor = self.cast.seat("supervisor")
        round_ = plan_round(
            plan=RoundPlan(
                title=title,
                basis="年度督查计划（演示）",
                starts_on=self.on - starts * DAY,
                ends_on=self.on - ends * DAY,
            ),
            division=CITY,
            actor=supervisor,
        )
        SupervisionRound.objects.filter(pk=round_.pk).update(is_demo=True)
        fill_checklist(
            round_id=round_.pk, choice=Choice(), actor=supervisor, now=self.cast.moment(starts)
        )
        for item in round_.items.order_by("pk")[24:]:
            item.delete()
        return start_round(round_id=round_.pk, actor=supervisor)

    def checked(self, round_: SupervisionRound, *, count: int | None, days: int) -> None:
        """Every fifth line is found wanting."""
        for place, item in enumerate(round_.items.order_by("pk")[:count]):
            found = place % 5 == 3
            check_item(
                item_id=item.pk,
                result=CheckResult.FOUND if found else CheckResult.SOUND,
                note="佐证与所报进度不一致，请补材料。" if found else "查阅台账，属实。",
                actor=self.cast.seat("supervisor"),
                now=self.cast.moment(days),
            )

    def past_round(self) -> None:
        round_ = self.planned(title="上季度重点任务督查", starts=110, ends=96)
        self.checked(round_, count=None, days=98)
        self.visit(round_, days=100, notes="查看两家单位台账，进度属实，佐证不齐。")
        found = round_.items.filter(result=CheckResult.FOUND).count()
        total = round_.items.count()
        close_round(
            round_id=round_.pk,
            summary=(
                f"查 {total} 项，属实 {total - found} 项，发现问题 {found} 项，集中在佐证不齐。"
                "建议按月抽查佐证。"
            ),
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(96),
        )

    def present_round(self) -> None:
        round_ = self.planned(title="年中实习实训专项督查", starts=9, ends=-9)
        self.checked(round_, count=9, days=4)
        self.visit(round_, days=5, notes="走访实训基地，看设备开放记录，与三名企业导师座谈。")
        item = round_.items.filter(result=CheckResult.FOUND, task__lead__in=self.bodies).first()
        if item is None or item.task.lead_id is None:
            return
        finding = issue_finding(
            order=Order(
                body_id=item.task.lead_id,
                severity=Severity.GENERAL,
                title=f"“{item.task.title}”佐证不齐"[:120],
                text=item.note,
                demand="补齐佐证，与所报进度逐项对应。",
                working_days=7,
                check_item_id=item.pk,
            ),
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(3),
        )
        self.made.append(finding)

    def visit(self, round_: SupervisionRound, *, days: int, notes: str) -> None:
        record_visit(
            round_id=round_.pk,
            kind="site",
            held_on=self.on - days * DAY,
            body_id=self.bodies[0].pk,
            organisation_id=None,
            notes=notes,
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(days),
        )

    def accountability(self) -> None:
        """One record upheld after a reply, one whose reply is still open."""
        serious = [row for row in self.made if row.severity == Severity.SERIOUS]
        supervisor = self.cast.seat("supervisor")
        for finding, days, kind in zip(serious, (75, 1), ("talk", "reminder"), strict=False):
            row = record_accountability(
                measure=Measure(
                    body_id=finding.body_id,
                    measure=kind,
                    document=f"督查约谈通知（演示）第 {finding.pk} 号",
                    facts=f"{finding.title}，整改答复退回后仍未到位。",
                    decided_by="市产教融合工作领导小组办公室",
                    decided_on=self.on - days * DAY,
                    finding_id=finding.pk,
                ),
                files=[paper("约谈通知", finding.title)],
                actor=supervisor,
                now=self.cast.moment(days),
            )
            if days > 10:
                clerk = self.cast.clerk(finding.body)
                reply_to_accountability(
                    record_id=row.pk,
                    reply="供货方延迟交付，已签补充协议，下月到货。",
                    actor=clerk,
                    now=self.cast.moment(days - 2),
                )
                uphold_accountability(
                    record_id=row.pk,
                    outcome="延迟属实，但未及时报告，维持约谈。",
                    actor=supervisor,
                    now=self.cast.moment(days - 9),
                )

    def sheet(self) -> None:
        ends = self.on.replace(day=1) - DAY
        starts = (ends - 80 * DAY).replace(day=1)
        fix_scores(
            division=CITY,
            period=Period(starts_on=starts, ends_on=ends),
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(0),
        )
