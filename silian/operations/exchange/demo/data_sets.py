"""Builds the shared data sets of the demonstration city, with editions, requests and readings."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.operations.exchange.choices import DataReadingKind, DataRequestState
from silian.operations.exchange.models.data_set import (
    DataEdition,
    DataField,
    DataReading,
    DataRequest,
    DataSet,
)
from silian.operations.exchange.rules.data_set_rows import edition_digest
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
CITY = "990100"
ROWS = 240
KEY = "身份摘要号"
MAJORS = ("数控技术", "机电一体化技术", "工业机器人技术", "新能源汽车技术", "现代物流管理", "护理")
INDUSTRIES = ("装备制造", "新能源", "现代物流", "健康养老", "电子信息")
COUNTIES = ("高新区", "经开区", "云岭县", "澜西区")
PLAIN, INTERNAL, PERSONAL = "plain", "internal", "personal"
GRADUATES = (
    (KEY, "text", PERSONAL),
    ("毕业年份", "integer", PLAIN),
    ("专业", "text", PLAIN),
    ("毕业去向", "text", INTERNAL),
)
EMPLOYED = (
    (KEY, "text", PERSONAL),
    ("参保行业", "text", PLAIN),
    ("参保区县", "text", PLAIN),
    ("参保月数", "integer", INTERNAL),
)
SETS = (
    # title, source system, terms, note, refresh days, region note, fields, owner's place
    ("2026 届毕业生名册", "学籍与就业管理系统", "conditional", "仅用于就业跟踪和补贴核对",
     180, "", GRADUATES, 1),
    ("城镇职工参保人员名册", "社会保险业务系统", "conditional", "仅限政府部门按用途使用",
     30, "", EMPLOYED, 2),
    ("各专业在校生人数", "学籍与就业管理系统", "open", "", 180, "",
     (("专业", "text", PLAIN), ("年级", "integer", PLAIN), ("在校生人数", "integer", PLAIN)), 1),
    ("规模以上企业用工需求", "企业用工监测系统", "open", "", 90, "",
     (("行业", "text", PLAIN), ("区县", "text", PLAIN), ("需求人数", "integer", PLAIN)), 2),
    ("公共实训基地设备目录", "实训基地管理系统", "open", "", 365, "",
     (("设备", "text", PLAIN), ("数量", "integer", PLAIN), ("可开放机时", "number", PLAIN)), 1),
    ("重点产业链企业名录", "工业运行监测平台", "open", "", 90, "",
     (("行业", "text", PLAIN), ("区县", "text", PLAIN), ("企业数", "integer", PLAIN)), 3),
    ("毗邻地区岗位供求汇总", "毗邻地区数据交换", "conditional", "按三地交换协议使用", 90,
     "毗邻三市", (("地区", "text", PLAIN), ("行业", "text", PLAIN),
                  ("岗位数", "integer", INTERNAL)), 2),
    ("企业科研诚信记录", "信用信息平台", "closed", "涉及商业秘密，依申请在平台内核验", 365, "",
     (("企业", "text", INTERNAL), ("记录数", "integer", INTERNAL)), 3),
)  # fmt: skip


@dataclass
class DataSetBuilder:
    """Makes the same data sets from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write the catalogue with an edition each, two requests and some readings."""
        departments = self.departments()
        made = [self.data_set(entry, departments) for entry in SETS]
        for place, data_set in enumerate(made):
            self.editions(data_set, specs=SETS[place][6])
        self.requests(made, departments)
        return len(made)

    def departments(self) -> list[Organisation]:
        rows = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT,
            state=OrganisationState.VERIFIED,
            is_demo=True,
            division_id=CITY,
        ).order_by("pk")
        named = {word: next((row for row in rows if word in row.name), None) for word in OWNERS}
        first = list(rows[:1])
        return [*first, *(row or first[0] for row in named.values())]

    def data_set(self, entry: tuple, departments: list[Organisation]) -> DataSet:  # type: ignore[type-arg]
        title, system, terms, note, days, region, specs, place = entry
        owner = departments[place]
        data_set = DataSet.objects.create(
            title=title,
            owner=owner,
            description=f"{title}，由{owner.name}按期更新，供产教融合工作使用。数据为演示数据。",
            source_system=system,
            provenance="业务系统按期导出，去除无关字段后登记。",
            terms=terms,
            terms_note=note,
            division_id=CITY,
            region_note=region,
            refresh_days=days,
            registered_at=self.moment(500),
            is_demo=True,
        )
        DataField.objects.bulk_create(
            DataField(
                data_set=data_set,
                place=number,
                name=name,
                type=type_,
                sensitivity=sensitivity,
                is_key=name == KEY,
            )
            for number, (name, type_, sensitivity) in enumerate(specs, start=1)
        )
        return data_set

    def editions(self, data_set: DataSet, *, specs: tuple) -> None:  # type: ignore[type-arg]
        """Two editions; one data set in four is late."""
        if data_set.terms == "closed":
            return
        late = data_set.pk % 4 == 0
        latest = data_set.refresh_days + 20 if late else self.rng.randint(3, 20)
        for number, days in enumerate((latest + data_set.refresh_days, latest), start=1):
            rows = [[self.cell(name, row) for name, *_ in specs] for row in range(ROWS)]
            edition = DataEdition.objects.create(
                data_set=data_set,
                number=number,
                sha256=edition_digest(rows),
                row_count=len(rows),
                rows=rows,
                source=f"{data_set.title}.xlsx",
                as_of=self.on - datetime.timedelta(days=days),
                stored_at=self.moment(days - 1),
            )
            data_set.refreshed_on = edition.as_of
        data_set.save(update_fields=["refreshed_on"])

    def cell(self, name: str, row: int) -> str:
        """A value that fits the column; two thirds of the graduates are insured."""
        makers = {
            KEY: f"DEMO{self.rng.randint(1, 360):06d}",
            "毕业年份": "2026",
            "专业": self.rng.choice(MAJORS),
            "毕业去向": self.rng.choice(("就业", "升学", "待业")),
            "行业": self.rng.choice(INDUSTRIES),
            "参保行业": self.rng.choice(INDUSTRIES),
            "区县": self.rng.choice(COUNTIES),
            "参保区县": self.rng.choice(COUNTIES),
            "地区": self.rng.choice(("北邻市", "东邻市", "西邻市")),
            "设备": self.rng.choice(("五轴加工中心", "工业机器人工作站", "电池测试台")),
            "年级": str(self.rng.choice((2023, 2024, 2025))),
        }
        return makers.get(name) or str(self.rng.randint(1, 400))

    def requests(self, made: list[DataSet], departments: list[Organisation]) -> None:
        """The lead office may read both rosters; another department waits for an answer."""
        lead = departments[0]
        for data_set in made[:2]:
            if data_set.owner_id != lead.pk:
                self.grant(data_set, reader=lead)
        asker = next(row for row in departments[::-1] if row.pk != made[1].owner_id)
        if asker.pk != lead.pk:
            DataRequest.objects.create(
                data_set=made[1],
                organisation=asker,
                purpose="核对企业实际用工人数。",
                asked_at=self.moment(2),
                due_at=self.moment(-5),
            )

    def grant(self, data_set: DataSet, *, reader: Organisation) -> None:
        """A request that was granted and used once."""
        DataRequest.objects.create(
            data_set=data_set,
            organisation=reader,
            purpose="核对毕业生本地就业情况，形成季度人才供需分析。",
            state=DataRequestState.APPROVED,
            asked_at=self.moment(40),
            due_at=self.moment(33),
            decided_at=self.moment(36),
            reason="按用途使用，不得转交。",
            ends_on=self.on + datetime.timedelta(days=200),
        )
        edition = data_set.editions.order_by("-number").first()
        clerk = Membership.objects.filter(organisation=reader).order_by("pk").first()
        if edition is not None:
            DataReading.objects.create(
                edition=edition,
                kind=DataReadingKind.JOIN,
                organisation=reader,
                user_id=clerk.user_id if clerk else None,
                purpose="季度人才供需分析",
                row_count=edition.row_count,
                read_at=self.moment(12),
            )

    def moment(self, days_ago: int) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days_ago)
        return datetime.datetime.combine(day, datetime.time(10), tzinfo=SHANGHAI)


OWNERS = ("教育", "人力资源", "工业")
