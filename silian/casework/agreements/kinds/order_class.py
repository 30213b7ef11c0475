"""The order-class agreement (订单培养协议)."""

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

ORDER, PROMISE, MANNER = "订单", "承诺", "培养与违约"

order_class = register_kind(
    AgreementKind(
        code="order_class",
        label="订单培养协议",
        purpose="企业按职业和人数向学校下订单，约定招生、培养和录用",
        basis="职业教育法第二十四条、第四十条；S20",
        roles=(
            PartyRole(
                code="school",
                label="学校",
                order=2,
                organisation_kinds=("school",),
                stand_ins=(BY_DELEGATE,),
            ),
            PartyRole(
                code="enterprise",
                label="订单企业",
                order=1,
                organisation_kinds=("enterprise",),
                stand_ins=(BY_DELEGATE,),
            ),
        ),
        terms=(
            TermField(code="occupation", label="职业（工种）", group=ORDER),
            TermField(code="programme", label="培养专业", group=ORDER),
            TermField(
                code="headcount",
                label="订单人数",
                type=V.INTEGER,
                unit="人",
                better=Better.HIGHER,
                group=ORDER,
            ),
            TermField(
                code="hire_promise",
                label="承诺录用人数",
                type=V.INTEGER,
                unit="人",
                better=Better.HIGHER,
                group=PROMISE,
            ),
            TermField(
                code="start_wage",
                label="录用起薪",
                type=V.MONEY,
                unit="元/月",
                better=Better.HIGHER,
                group=PROMISE,
            ),
            TermField(
                code="grant",
                label="在校期间资助",
                type=V.MONEY,
                unit="元/人·学年",
                better=Better.HIGHER,
                required=False,
                group=PROMISE,
            ),
            TermField(code="commitments", label="企业承诺", type=V.LONG_TEXT, group=PROMISE),
            TermField(code="training", label="培养安排", type=V.LONG_TEXT, group=MANNER),
            TermField(code="selection", label="选拔与退出", type=V.LONG_TEXT, group=MANNER),
            TermField(code="breach", label="违约责任", type=V.LONG_TEXT, group=MANNER),
            TermField(
                code="contact", label="双方联系人", substantive=False, required=False, group=MANNER
            ),
        ),
        clauses=(
            Clause(
                heading="订单",
                text="企业委托学校在“{programme}”专业培养{occupation}方向的学生{headcount}，"
                "自{starts_on}起到{ends_on}（不含当日）止。",
            ),
            Clause(
                heading="录用",
                text="培养合格的学生，企业至少录用{hire_promise}，起薪不低于{start_wage}。"
                "录用按公开的条件进行，学生有权选择是否受雇。",
            ),
            Clause(
                heading="资助",
                text="企业资助订单班学生{grant}，按学年付清。",
                when=(("grant", ""),),
            ),
            Clause(heading="企业承诺", text="{commitments}"),
            Clause(heading="培养安排", text="{training}"),
            Clause(
                heading="选拔与退出",
                text="{selection}任何一方不得向学生收取押金、保证金或培训费。",
            ),
            Clause(heading="违约责任", text="{breach}"),
            Clause(heading="联系人", text="{contact}", when=(("contact", ""),)),
        ),
        signing_working_days=15,
        notice_days=60,
    )
)
