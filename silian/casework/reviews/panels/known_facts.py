"""Registers the facts and sources that lower modules hold (平台数据登记)."""

from __future__ import annotations

from silian.casework.reviews.queries import known_facts
from silian.casework.reviews.registry import register_fact, register_source

register_fact(
    code="organisations.uscc", label="单位登记：统一社会信用代码", reader=known_facts.uscc
)
register_fact(code="organisations.address", label="单位登记：地址", reader=known_facts.address)
register_fact(
    code="organisations.introduction", label="单位登记：简介", reader=known_facts.introduction
)
register_fact(code="organisations.contact", label="单位登记：联系人", reader=known_facts.contact)
register_fact(
    code="agreements.order_classes", label="协议登记：在办订单班", reader=known_facts.order_classes
)
register_fact(
    code="agreements.invested", label="协议登记：近三年约定投入", reader=known_facts.invested
)
register_source(
    code="agreements.in_force",
    label="有效校企合作协议",
    unit="份",
    definition="以本单位为一方、当日有效的校企合作、订单班和学徒制协议数",
    reader=known_facts.agreements_in_force,
)
register_source(
    code="agreements.partners",
    label="有效协议的合作单位",
    unit="家",
    definition="当日有效的校企合作、订单班和学徒制协议中的其他单位数",
    reader=known_facts.partners,
)
register_source(
    code="agreements.order_classes",
    label="在办订单班",
    unit="个",
    definition="当日有效的订单班协议数",
    reader=known_facts.order_classes_reading,
)
register_source(
    code="agreements.invested",
    label="近三年协议约定投入",
    unit="元",
    definition="近三年起始并已生效的校企合作协议约定投入合计",
    reader=known_facts.invested_reading,
)
register_source(
    code=known_facts.BAD_RECORDS,
    label="信用名录：失信记录",
    unit="条",
    definition="信用名录中对本单位当日有效的失信记录数，已修复、已撤销和披露期满的不计",
    reader=known_facts.bad_records,
)
register_source(
    code="organisations.training_business",
    label="登记行业为教育培训",
    definition="单位登记行业属于教育门类时为 1，否则为 0",
    reader=known_facts.trains_for_a_living,
)
register_source(
    code="organisations.verified",
    label="单位已核验",
    definition="单位登记已核验时为 1，否则为 0",
    reader=known_facts.is_verified,
)
