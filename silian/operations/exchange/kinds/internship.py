"""Posts for student interns (实习岗位).

Basis: 《职业学校学生实习管理规定》（教职成〔2021〕4号）.
"""

from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds.declaration import (
    SKILL_NAMES,
    Chain,
    FieldType,
    KindField,
    ListingKind,
    PolicyCategory,
    Price,
    Quantity,
)

KIND = ListingKind(
    code="internship",
    order=20,
    label="实习岗位",
    group="实习与就业岗位",
    category=PolicyCategory.TALENT,
    chain=Chain.TALENT,
    icon="people",
    sides=frozenset({Side.DEMAND}),
    publishers=frozenset({"enterprise", "institute", "government", "service"}),
    answerers=frozenset({"school"}),
    valid_days=180,
    outcome="岗位实习协议",
    forms=("选派学生岗位实习", "认识实习", "实习带就业"),
    answer_label="选派学生",
    quantity=Quantity(label="接收人数", unit="人"),
    price=Price(label="实习报酬", units=("元/月", "元/天"), required=True),
    names_occupation=True,
    names_majors=True,
    has_period=True,
    title_help="写岗位和人数，例如：数控多轴操作调整工，24 人",
    fields=(
        KindField(
            name="same_post_wage",
            label="同岗位工资",
            type=FieldType.MONEY,
            unit="元/月",
            required=True,
            help="实习报酬按本单位相同岗位试用期工资或最低档工资核算，填真实数额便于学校核对。",
            on_card=True,
        ),
        KindField(
            name="hours_a_day",
            label="每日工时",
            type=FieldType.NUMBER,
            unit="小时",
            required=True,
            most=24,
        ),
        KindField(
            name="work_pattern",
            label="班制",
            type=FieldType.CHOICE,
            choices=("白班", "两班倒，无夜班"),
            required=True,
            help="实习学生不得安排夜班和加班。",
        ),
        KindField(
            name="lodging",
            label="住宿",
            type=FieldType.CHOICE,
            choices=("有，免费", "有，收费", "无，发补贴", "无"),
            required=True,
            on_card=True,
        ),
        KindField(
            name="mentor_ratio",
            label="每名导师带学生",
            type=FieldType.NUMBER,
            unit="人",
            required=True,
            on_card=True,
        ),
        KindField(name="hazards", label="职业危害因素", help="没有请写“无”。", required=True),
        KindField(name="insured", label="单位投保实习责任险", type=FieldType.YES_NO, on_card=False),
        SKILL_NAMES,
    ),
)
