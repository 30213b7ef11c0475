"""Classes about to graduate, offered by their school (毕业生班级)."""

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
    code="graduate_cohort",
    order=15,
    label="毕业生班级",
    group="实习与就业岗位",
    category=PolicyCategory.TALENT,
    chain=Chain.EDUCATION,
    icon="mortarboard",
    sides=frozenset({Side.SUPPLY}),
    publishers=frozenset({"school"}),
    answerers=frozenset({"enterprise", "institute", "government", "service", "finance"}),
    meets=frozenset({"internship", "job", "apprenticeship", "order_class"}),
    valid_days=365,
    outcome="录用与就业去向",
    forms=("到校招聘", "岗位实习后录用", "订单培养", "线上宣讲"),
    answer_label="约见毕业生",
    quantity=Quantity(label="可推荐人数", unit="人"),
    price=Price(label="期望工资", units=("元/月",)),
    names_occupation=True,
    names_majors=True,
    has_period=True,
    title_help="写年级、专业和人数，例如：2026 届数控技术，38 人",
    examples=("2026 届数控技术，38 人",),
    fields=(
        KindField(
            name="education",
            label="学历层次",
            type=FieldType.CHOICE,
            choices=("中职", "高职专科", "职业本科", "应用型本科", "研究生"),
            required=True,
            on_card=True,
        ),
        KindField(
            name="graduates_on", label="毕业日期", type=FieldType.DATE, required=True, on_card=True
        ),
        KindField(
            name="internship_from",
            label="可开始实习日期",
            type=FieldType.DATE,
            on_card=True,
        ),
        KindField(
            name="skills",
            label="已掌握技能",
            type=FieldType.LONG_TEXT,
            required=True,
            help="写设备、软件、证书和实训项目，不写学生姓名和证件信息。",
        ),
        KindField(name="certificates", label="持证情况", help="证书名称和人数。", on_card=True),
        KindField(name="origin", label="生源地", help="本地生源人数便于就近就业。"),
        KindField(name="wishes", label="就业意向", type=FieldType.LONG_TEXT),
        KindField(name="place_of_study", label="在读校区"),
        SKILL_NAMES,
    ),
)
