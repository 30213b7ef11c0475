"""Rooms, workshops and grounds to use together (场地)."""

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
    code="venue",
    order=100,
    label="场地",
    group="设备与实训基地",
    category=PolicyCategory.COOPERATION,
    chain=Chain.INDUSTRY,
    icon="building",
    sides=frozenset({Side.DEMAND, Side.SUPPLY}),
    valid_days=365,
    outcome="场地使用协议",
    forms=("租用", "无偿使用", "共建共用", "活动借用"),
    answer_label="洽谈场地",
    quantity=Quantity(label="面积", unit="平方米"),
    price=Price(label="价格", units=("元/平方米·月", "元/天", "元/年", "免费")),
    has_period=True,
    title_help="写用途和面积，例如：产业学院实训厂房，1,200 平方米",
    examples=("产业学院实训厂房，1,200 平方米",),
    fields=(
        KindField(
            name="use",
            label="用途",
            type=FieldType.CHOICES,
            choices=("教学", "实训", "研发中试", "孵化", "办公", "会议活动", "学生住宿"),
            required=True,
            on_card=True,
        ),
        KindField(name="seats", label="可容纳", type=FieldType.NUMBER, unit="人", on_card=True),
        KindField(
            name="facilities",
            label="设施条件",
            required=True,
            help="层高、承重、供电、网络、消防验收情况。",
        ),
        KindField(
            name="rights",
            label="场地权属",
            type=FieldType.CHOICE,
            choices=("自有", "租赁，可转租", "国有资产，须报批"),
            required=True,
            only_on=Side.SUPPLY,
            on_card=True,
        ),
        KindField(name="open_hours", label="可用时间", on_card=True),
        KindField(name="limits", label="使用限制"),
    ),
)
