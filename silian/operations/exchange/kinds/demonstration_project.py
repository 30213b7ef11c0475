"""Dossiers of cooperation projects worth copying (优质合作项目)."""

from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds.declaration import (
    Chain,
    FieldType,
    KindField,
    ListingKind,
    PolicyCategory,
    Price,
)

KIND = ListingKind(
    code="demonstration_project",
    order=120,
    label="优质合作项目",
    group="校企合作",
    category=PolicyCategory.COOPERATION,
    chain=Chain.EDUCATION,
    icon="star",
    sides=frozenset({Side.SUPPLY}),
    valid_days=730,
    outcome="推广与复制",
    forms=("参观学习", "复制推广", "加入项目", "投资支持"),
    answer_label="联系学习",
    price=Price(label="累计投入", units=("元",)),
    names_majors=True,
    has_period=True,
    always_reviewed=True,
    title_help="写项目名称，例如：轴承产业学院“招生即招工”项目",
    examples=("轴承产业学院“招生即招工”项目",),
    fields=(
        KindField(
            name="partners",
            label="合作单位",
            required=True,
            on_card=True,
            help="写全部合作单位的全称。",
        ),
        KindField(
            name="prospects",
            label="市场前景",
            type=FieldType.LONG_TEXT,
            required=True,
            help="产业需求、规模、可持续的理由，附数据和来源。",
        ),
        KindField(
            name="benefits",
            label="经济社会效益",
            type=FieldType.LONG_TEXT,
            required=True,
            help="产值、节支、就业、培训人数等，写起止时间。",
        ),
        KindField(
            name="demonstration",
            label="示范效应",
            type=FieldType.LONG_TEXT,
            required=True,
            help="谁学过、在哪里复制、形成了什么制度或标准。",
        ),
        KindField(
            name="students",
            label="累计培养",
            type=FieldType.NUMBER,
            unit="人",
            required=True,
            on_card=True,
        ),
        KindField(
            name="employed",
            label="其中留在合作企业",
            type=FieldType.NUMBER,
            unit="人",
            on_card=True,
        ),
        KindField(
            name="results_count", label="形成成果", type=FieldType.NUMBER, unit="项", on_card=True
        ),
        KindField(name="honours", label="已获认定", help="名称、授予部门和文号。"),
        KindField(name="evidence", label="佐证材料目录", required=True),
    ),
)
