"""One rule in several policies: the rule groups, and which of a group's rules a target is.

A target belongs to a group by its rule number, or, where it has none, by the words of its title
and phrase. Basis: 规则分组 R01—R18 of the requirements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """What a greater value means (数值方向)."""

    DEMANDS = "demands"  # a greater value asks for more
    GIVES = "gives"  # a greater value gives more
    TAXES = "taxes"  # a smaller value gives more


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """A rule that several policies state with values of their own (规则组)."""

    code: str
    title: str
    members: frozenset[str]
    units: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    direction: Direction = Direction.DEMANDS
    is_count: bool = False

    def holds(self, *, rule: str, unit: str, text: str) -> bool:
        """Whether a target with this number, unit and text belongs here."""
        if rule:
            return rule in self.members
        of_unit = not self.units or any(unit.startswith(name) for name in self.units)
        return of_unit and all(any(word in text for word in group) for group in self.words)


def numbers(*spans: tuple[int, int]) -> frozenset[str]:
    """Rule numbers of closed spans: ``numbers((10, 12))`` is N10, N11, N12."""
    return frozenset(f"N{number:02d}" for a, b in spans for number in range(a, b + 1))


PERCENT = frozenset({"%"})
COUNTED = frozenset("个家所项门条场份名人间种类支套")
SPAN = frozenset({"个月", "月", "年", "学年"})
MONEY = frozenset({"元", "万元"})

GROUPS: tuple[RuleGroup, ...] = (
    RuleGroup(
        code="R06",
        title="职工教育培训经费提取比例",
        members=frozenset({"N60"}),
        units=PERCENT,
        words=(("提取",), ("工资总额",)),
    ),
    RuleGroup(
        code="R07",
        title="职工教育经费税前扣除限额",
        members=frozenset({"N19"}),
        units=PERCENT,
        words=(("工资薪金总额",), ("扣除",)),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R08",
        title="公益捐赠税前扣除",
        members=frozenset({"N24", "N25"}),
        units=frozenset(),
        words=(("捐赠", "年度利润总额", "结转以后"),),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R09",
        title="办学投资抵免教育附加",
        members=frozenset({"N43"}),
        units=PERCENT,
        words=(("抵免",),),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R10",
        title="成果转化现金奖励计税比例",
        members=frozenset({"N52"}),
        units=PERCENT,
        words=(("减按",), ("工资薪金", "现金奖励")),
        direction=Direction.TAXES,
    ),
    RuleGroup(
        code="R01",
        title="培训经费用于一线职工的比例",
        members=frozenset({"N08", "N18", "N46", "N61"}),
        units=PERCENT,
        words=(("一线职工",),),
    ),
    RuleGroup(
        code="R02",
        title="实践课时比例",
        members=frozenset({"N05", "N20", "N48", "N63"}),
        units=PERCENT,
        words=(("课时",),),
    ),
    RuleGroup(
        code="R03",
        title="企业提供实习岗位的比例",
        members=frozenset({"N04", "N47"}),
        units=PERCENT,
        words=(("实习岗位", "岗位总数"),),
    ),
    RuleGroup(
        code="R14",
        title="招聘专业教师的企业经历",
        members=frozenset({"N21"}),
        units=SPAN,
        words=(("招聘", "企业工作经历"),),
    ),
    RuleGroup(
        code="R04",
        title="教师到企业实践的时长",
        members=frozenset({"N07", "N22", "N23", "N49", "N50"}),
        units=SPAN,
        words=(("教师",), ("实践", "轮训")),
    ),
    RuleGroup(
        code="R05",
        title="地方教育附加用于职业教育的比例",
        members=frozenset({"N09", "N51"}),
        units=PERCENT,
        words=(("教育附加",), ("职业教育",)),
    ),
    RuleGroup(
        code="R12",
        title="接收实习的补助标准",
        members=frozenset({"N59"}),
        units=MONEY,
        words=(("实习",),),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R11",
        title="学徒培训补贴标准",
        members=frozenset({"N56", "N57", "N58"}),
        units=MONEY | PERCENT,
        words=(("学徒", "中级工", "高级工", "补贴资金"),),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R13",
        title="可用于聘请兼职教师的编制比例",
        members=frozenset({"N06"}),
        units=PERCENT,
        words=(("编制",), ("兼职",)),
        direction=Direction.GIVES,
    ),
    RuleGroup(
        code="R15",
        title="应用型本科学生实习实训时长",
        members=frozenset({"N62"}),
        units=SPAN,
        words=(("学年", "应用型本科"),),
    ),
    RuleGroup(
        code="R16",
        title="双师型教师比例",
        members=frozenset({"N16", "N64"}),
        units=PERCENT,
        words=(("双师",),),
    ),
    RuleGroup(
        code="R17",
        title="每个单位都要达到的数量",
        members=frozenset({"N03", "N55"}),
        units=COUNTED,
        words=(("每所", "每个产业集聚区", "各产业集聚区", "每个园区"),),
        is_count=True,
    ),
    RuleGroup(
        code="R18",
        title="到期建成或培育的数量",
        members=numbers((1, 2), (10, 15), (17, 17), (26, 42), (44, 45), (53, 54)),
        units=COUNTED,
        words=(),
        is_count=True,
    ),
)
OTHER = RuleGroup(
    code="",
    title="其他指标",
    members=frozenset(),
    units=frozenset(),
    words=(),
    is_count=True,
)


def group_of(*, rule: str, unit: str, text: str, groups: Sequence[RuleGroup] = GROUPS) -> RuleGroup:
    """The group of a target; ``OTHER`` when none holds it.

    >>> group_of(rule="", unit="%", text="用于一线职工的比例不低于60%").code
    'R01'
    >>> group_of(rule="N59", unit="元/生·月", text="").code
    'R12'
    """
    known = (group for group in groups if group.holds(rule=rule, unit=unit, text=text))
    return next(known, OTHER)
