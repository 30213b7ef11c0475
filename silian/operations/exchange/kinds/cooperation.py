"""Lasting cooperation between schools and enterprises (校企合作)."""

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
    code="cooperation",
    order=40,
    label="校企合作",
    group="校企合作",
    category=PolicyCategory.COOPERATION,
    chain=Chain.EDUCATION,
    icon="diagram-3",
    sides=frozenset({Side.DEMAND, Side.SUPPLY}),
    valid_days=365,
    outcome="校企合作协议",
    forms=(
        "共建专业",
        "共建产业学院",
        "共建实训基地",
        "共同开发课程与标准",
        "混合所有制办学",
        "其他合作",
    ),
    answer_label="发起洽谈",
    quantity=Quantity(label="拟合作方", unit="家", required=False),
    price=Price(label="计划投入", units=("元",), required=False),
    names_majors=True,
    has_period=True,
    title_help="写合作内容，例如：共建智能网联汽车产业学院",
    examples=("共建智能网联汽车产业学院",),
    fields=(
        KindField(
            name="cooperation_kind",
            label="合作类型",
            type=FieldType.CHOICES,
            choices=(
                "共建专业",
                "产业学院",
                "实训基地",
                "课程与教材",
                "技术研发",
                "员工培训",
                "师资共建",
                "混合所有制",
            ),
            required=True,
            on_card=True,
        ),
        KindField(name="we_offer", label="我方投入", type=FieldType.LONG_TEXT, required=True),
        KindField(name="we_seek", label="希望对方投入", type=FieldType.LONG_TEXT, required=True),
        KindField(name="goals", label="预期成果", required=True, on_card=True),
        KindField(name="sharing", label="收益与风险分担"),
        KindField(name="base", label="已有基础", type=FieldType.LONG_TEXT),
    ),
)
