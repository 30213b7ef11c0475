"""Places in workshops and training bases (实训工位)."""

from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds.declaration import (
    Chain,
    FieldType,
    KindField,
    ListingKind,
    PolicyCategory,
    Price,
    Quantity,
)

KIND = ListingKind(
    code="training_places",
    order=85,
    label="实训工位",
    group="设备与实训基地",
    category=PolicyCategory.COOPERATION,
    chain=Chain.INDUSTRY,
    icon="grid-3x3-gap",
    sides=frozenset({Side.DEMAND, Side.SUPPLY}),
    valid_days=365,
    outcome="实训协议",
    forms=("按周期使用", "按天使用", "共建后共享", "技能竞赛集训"),
    answer_label="预约工位",
    quantity=Quantity(label="工位", unit="个"),
    price=Price(
        label="价格", units=("元/工位·天", "元/工位·周", "元/人·天", "免费"), required=False
    ),
    names_majors=True,
    has_period=True,
    title_help="写实训方向和工位，例如：工业机器人实训，20 个工位",
    examples=("工业机器人实训，20 个工位",),
    fields=(
        KindField(
            name="base_kind",
            label="基地类型",
            type=FieldType.CHOICE,
            choices=("公共实训基地", "学校实训中心", "企业实训车间", "产业学院", "技能大师工作室"),
            required=True,
            on_card=True,
            only_on=Side.SUPPLY,
        ),
        KindField(name="projects", label="实训项目", type=FieldType.LONG_TEXT, required=True),
        KindField(
            name="session_days",
            label="每期时长",
            type=FieldType.NUMBER,
            unit="天",
            required=True,
            least=1,
            on_card=True,
        ),
        KindField(
            name="trainers",
            label="指导教师",
            type=FieldType.NUMBER,
            unit="人",
            on_card=True,
        ),
        KindField(
            name="lodging",
            label="食宿",
            type=FieldType.CHOICE,
            choices=("可安排，免费", "可安排，收费", "不安排"),
            required=True,
            on_card=True,
        ),
        KindField(name="certificate", label="可考取证书"),
        KindField(name="materials", label="耗材安排"),
        KindField(name="safety", label="安全管理", required=True, only_on=Side.SUPPLY),
    ),
)
