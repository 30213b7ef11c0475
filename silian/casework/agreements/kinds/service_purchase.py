"""The agreement by which somebody buys services (购买服务协议)."""

from __future__ import annotations

from silian.casework.agreements.choices import Better
from silian.casework.agreements.kinds.matters import BY_DELEGATE
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    PartyRole,
    TermField,
    register_kind,
)
from silian.foundation.kernel.typed_values import ValueType as V

SERVICE, PRICE, DUTY = "服务", "价款", "责任"

service_purchase = register_kind(
    AgreementKind(
        code="service_purchase",
        label="购买服务协议",
        purpose="主管部门、学校或企业向服务组织、行业组织购买产教融合服务",
        basis="政府购买服务管理办法第二十条至第二十四条",
        roles=(
            PartyRole(code="buyer", label="购买方", order=2, stand_ins=(BY_DELEGATE,)),
            PartyRole(code="provider", label="服务方", order=1, stand_ins=(BY_DELEGATE,)),
        ),
        terms=(
            TermField(code="services", label="服务项目", type=V.TEXT_LIST, group=SERVICE),
            TermField(code="standard", label="质量要求", type=V.LONG_TEXT, group=SERVICE),
            TermField(code="acceptance", label="验收办法", type=V.LONG_TEXT, group=SERVICE),
            TermField(
                code="price",
                label="合同金额",
                type=V.MONEY,
                better=Better.LOWER,
                group=PRICE,
            ),
            TermField(
                code="instalments",
                label="付款安排",
                type=V.TEXT_LIST,
                group=PRICE,
                help="一行一期：条件、比例、时间。",
            ),
            TermField(
                code="budget",
                label="资金来源",
                required=False,
                group=PRICE,
                help="财政资金的，写明预算项目。",
            ),
            TermField(code="data_duty", label="数据与保密", type=V.LONG_TEXT, group=DUTY),
            TermField(code="breach", label="违约责任", type=V.LONG_TEXT, group=DUTY),
            TermField(
                code="contact", label="双方联系人", substantive=False, required=False, group=DUTY
            ),
        ),
        clauses=(
            Clause(
                heading="服务",
                text="服务方自{starts_on}起到{ends_on}（不含当日）止提供：{services}。",
            ),
            Clause(heading="质量与验收", text="{standard}{acceptance}"),
            Clause(heading="价款", text="合同金额为{price}。付款安排：{instalments}。"),
            Clause(heading="资金来源", text="{budget}。", when=(("budget", ""),)),
            Clause(heading="数据与保密", text="{data_duty}服务方不得把服务转给他人整体承担。"),
            Clause(heading="违约责任", text="{breach}"),
            Clause(heading="联系人", text="{contact}", when=(("contact", ""),)),
        ),
        signing_working_days=15,
        notice_days=30,
    )
)
