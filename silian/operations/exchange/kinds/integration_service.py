"""What service organisations of industry-education integration offer (产教融合服务)."""

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
    code="integration_service",
    order=75,
    label="产教融合服务",
    group="服务与金融",
    category=PolicyCategory.SERVICE,
    chain=Chain.INDUSTRY,
    icon="person-gear",
    sides=frozenset({Side.DEMAND, Side.SUPPLY}),
    valid_days=365,
    outcome="服务合同",
    forms=("购买服务", "合作设立机构", "委托运营", "试用后签约"),
    answer_label="洽谈服务",
    quantity=Quantity(label="可同时服务", unit="家", required=False),
    price=Price(label="服务价格", units=("元/次", "元/人", "元/年", "元/项目")),
    title_help="写服务内容和对象，例如：中小企业实习管理托管服务",
    examples=("中小企业实习管理托管服务",),
    fields=(
        KindField(
            name="service_kind",
            label="服务类型",
            type=FieldType.CHOICES,
            choices=(
                "需求调查与预测",
                "专业与课程咨询",
                "实习与学徒管理",
                "基地建设与运营",
                "师资培训",
                "成果转化",
                "招聘与人力资源",
                "第三方评价",
                "会展与对接活动",
            ),
            required=True,
            on_card=True,
        ),
        KindField(
            name="service_mode",
            label="合作方式",
            type=FieldType.CHOICE,
            choices=("购买服务", "合作设立", "两者均可"),
            required=True,
            on_card=True,
        ),
        KindField(
            name="qualification",
            label="资质或许可",
            required=True,
            only_on=Side.SUPPLY,
            help="从事职业中介等须经许可的服务，写许可证名称和编号；没有请写“无”。",
        ),
        KindField(
            name="staff", label="专职人员", type=FieldType.NUMBER, unit="人", only_on=Side.SUPPLY
        ),
        KindField(
            name="clients",
            label="服务过的单位",
            type=FieldType.NUMBER,
            unit="家",
            only_on=Side.SUPPLY,
            on_card=True,
        ),
        KindField(name="outcomes", label="服务成效", type=FieldType.LONG_TEXT, only_on=Side.SUPPLY),
        KindField(
            name="acceptance", label="交付与验收", required=True, help="交什么、何时交、怎样验收。"
        ),
    ),
)
