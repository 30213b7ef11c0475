"""Builds both lists: items of every age and state, noted and closed by those concerned."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from silian.governance.policy_tasks.choices import ListKind, ListSource
from silian.governance.policy_tasks.commands.lists import (
    ItemText,
    claim_closing,
    close_list_item,
    note_progress,
    open_list_item,
    reopen_list_item,
    return_claim,
)
from silian.governance.policy_tasks.demo.supervision_cast import CITY, DAY, Cast, paper
from silian.governance.policy_tasks.models.lists import ListItem
from silian.governance.policy_tasks.models.supervision_findings import SupervisionFinding
from silian.registers.policies.models import PolicyBody

PROBLEM, POLICY = ListKind.PROBLEM, ListKind.POLICY
FEEDBACK, MEETING, REPORTED = ListSource.FEEDBACK, ListSource.DECISION, ListSource.DIFFICULTY
# days ago, days to do it, list, source, how far it has come, matter
ITEMS = (
    (214, 150, PROBLEM, MEETING, "closed", "公办院校收取企业设备租金缺入账办法"),
    (178, 120, PROBLEM, FEEDBACK, "closed", "学徒社保缴纳口径县区不一致"),
    (143, 90, PROBLEM, FEEDBACK, "open", "企业导师课时费标准偏低，聘不到人"),
    (121, 100, PROBLEM, REPORTED, "returned", "实训基地二期用地指标未落实"),
    (104, 120, PROBLEM, MEETING, "claimed", "校企共建设备产权登记无对应科目"),
    (95, 60, PROBLEM, REPORTED, "open", "岗位实习外地学生住宿床位不足"),
    (72, 90, PROBLEM, FEEDBACK, "closed", "订单班学生跨市实习保险不能通用"),
    (58, 60, PROBLEM, FEEDBACK, "open", "园区夜间公交不覆盖实习班次"),
    (47, 90, PROBLEM, REPORTED, "claimed", "教师企业实践与校内课时冲突"),
    (36, 45, PROBLEM, MEETING, "reopened", "县区院校供需登记口径不一"),
    (25, 60, PROBLEM, FEEDBACK, "open", "小微企业接收学徒缺专职带教人员"),
    (17, 30, PROBLEM, REPORTED, "open", "中试设备开放收费标准待核定"),
    (9, 45, PROBLEM, FEEDBACK, "new", "产业学院混合所有制办学登记路径不清"),
    (3, 30, PROBLEM, MEETING, "new", "技能等级认定与学业成绩转换缺细则"),
    (196, 180, POLICY, MEETING, "closed", "建立供需信息按月发布制度"),
    (160, 120, POLICY, MEETING, "closed", "公布现场工程师培养岗位清单"),
    (132, 180, POLICY, MEETING, "open", "落实接收学徒企业岗前培训补贴"),
    (98, 120, POLICY, MEETING, "claimed", "产教融合型企业投资抵免办理指引"),
    (76, 90, POLICY, MEETING, "open", "公共实训基地对中小微企业免费开放时段"),
    (52, 120, POLICY, MEETING, "open", "企业导师进校任教备案简化"),
    (33, 90, POLICY, MEETING, "open", "实习责任险统保招标"),
    (15, 60, POLICY, MEETING, "new", "重点产业链紧缺专业招生倾斜"),
    (6, 90, POLICY, MEETING, "new", "产业教授选聘与院校职称评聘衔接"),
)  # fmt: skip
DETAIL = "{title}。牵头单位提出办法，征求配合单位意见后印发或办结；以正式文件或办理凭证为完成依据。"
PROGRESS = (
    "已与配合单位会商，形成初步意见。",
    "征求意见稿已发各县区，收回 5 份。",
    "已报送分管领导，待会议研究。",
)
CLAIM = "文件已印发，办理凭证见附件，请核对销号。"


@dataclass
class ListBuilder:
    """Makes the same lists from the same day, through the commands."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    made: list[int] = field(default_factory=list)

    def build(self) -> int:
        """Write the items; returns how many."""
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.bodies = self.cast.bodies
        for place, row in enumerate(ITEMS):
            self.item(place, row)
        self.from_finding()
        ListItem.objects.filter(pk__in=self.made).update(is_demo=True)
        return len(self.made)

    def item(self, place: int, row: tuple) -> None:
        days, term, kind, source, until, title = row
        lead = self.bodies[(place * 5 + 2) % len(self.bodies)]
        helper = self.bodies[(place * 5 + 4) % len(self.bodies)]
        item = open_list_item(
            text=ItemText(
                kind=kind,
                title=title,
                detail=DETAIL.format(title=title),
                source=source,
                source_note="企业座谈会" if source == FEEDBACK else "",
                lead_id=lead.pk,
                cooperating_ids=[helper.pk],
                due_on=self.on + (term - days) * DAY,
            ),
            actor=self.cast.seat("coordinator"),
            now=self.cast.moment(days),
        )
        self.made.append(item.pk)
        self.carried(item, lead=lead, until=until, days=days, place=place)

    def carried(
        self, item: ListItem, *, lead: PolicyBody, until: str, days: int, place: int
    ) -> None:
        """The item brought as far as its story goes, at quarters of its age."""
        if until == "new":
            return
        clerk, supervisor = self.cast.clerk(lead), self.cast.seat("supervisor")
        given: dict[str, Any] = {"item_id": item.pk}
        note_progress(
            **given,
            text=PROGRESS[place % len(PROGRESS)],
            actor=clerk,
            now=self.cast.moment(days * 0.75),
        )
        if until == "open":
            return
        claim_closing(
            **given,
            text=CLAIM,
            files=[paper("办理凭证", item.title)],
            actor=clerk,
            now=self.cast.moment(days * 0.5),
        )
        later = self.cast.moment(days * 0.4)
        if until == "returned":
            return_claim(**given, text="缺正式文件，请补。", actor=supervisor, now=later)
        if until in ("closed", "reopened"):
            close_list_item(**given, text="核对文件，属实，销号。", actor=supervisor, now=later)
        if until == "reopened":
            reopen_list_item(
                **given,
                text="两个县区仍按旧口径填报，重新打开。",
                actor=supervisor,
                now=self.cast.moment(days * 0.2),
            )

    def from_finding(self) -> None:
        """One problem out of what supervision found."""
        finding = SupervisionFinding.objects.filter(
            division_id=CITY, escalated_at__isnull=False
        ).first()
        if finding is None:
            return
        item = open_list_item(
            text=ItemText(
                kind=PROBLEM,
                title=finding.title,
                detail=finding.text,
                source=ListSource.FINDING,
                source_note=finding.number,
                lead_id=finding.body_id,
                finding_id=finding.pk,
                task_id=finding.task_id,
            ),
            actor=self.cast.seat("supervisor"),
            now=self.cast.moment(7),
        )
        self.made.append(item.pk)
