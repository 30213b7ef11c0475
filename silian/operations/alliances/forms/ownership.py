"""What is typed about schools run with enterprises."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.alliances.choices.ownership import (
    ApprovalState,
    AssetKind,
    CaseMode,
    CaseObject,
    LegalPerson,
    PartyKind,
)
from silian.operations.alliances.commands.ownership import AssetFacts, CaseFacts
from silian.operations.alliances.commands.ownership_steps import ApprovalFacts, PurchaseFacts
from silian.operations.alliances.forms.choosing import (
    day_field,
    key_of,
    long_text,
    offer,
    side_by_side,
    unit_field,
    values_of,
)
from silian.operations.alliances.forms.groups import picked_unit
from silian.operations.alliances.models.ownership import CaseParty, OwnershipCase

FACTS = (
    "title", "mode", "object", "school_name", "legal_person", "funding_kept",
    "funding_channel", "rights", "duties",
)  # fmt: skip
ASSET_FACTS = ("kind", "description", "amount", "valuer", "valuation_number", "valued_on")
APPROVAL_FACTS = ("matter", "authority", "state", "reference", "decided_on", "note")
PURCHASE_FACTS = ("year", "service", "seats", "amount", "contract_reference", "plan_basis")


def paper_field(label: str, **given: Any) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, widget=widgets.FileInput(limit="PDF、图片或 Word"), **given
    )


class CaseForm(forms.Form):
    """A school run with an enterprise (办学案例)."""

    title = forms.CharField(label="案例名称", max_length=120)
    mode = forms.ChoiceField(label="办学方式", choices=CaseMode.choices)
    object = forms.ChoiceField(label="办学对象", choices=CaseObject.choices)
    school_name = forms.CharField(label="学校或机构名称", max_length=120)
    legal_person = forms.ChoiceField(
        label="法人类型",
        choices=LegalPerson.choices,
        help_text="设立非营利性法人须经主管部门批准，批文在审批环节登记。",
    )
    funding_kept = forms.BooleanField(label="保留原有经费渠道", required=False)
    funding_channel = forms.CharField(
        label="经费渠道", max_length=300, help_text="例如：生均经费由企业承担，财政按学位购买。"
    )
    rights = long_text("各方权利", most=2000, rows=5)
    duties = long_text("各方义务", most=2000, rows=5)
    fieldsets = [
        ("案例", ["title", "mode", "object", "school_name", "legal_person"]),
        ("经费", ["funding_kept", "funding_channel"]),
        ("权利和义务", ["rights", "duties"]),
    ]

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "mode", "object", "school_name", "legal_person")

    @staticmethod
    def initial_from(case: OwnershipCase) -> dict[str, Any]:
        return values_of(case, *FACTS)

    def facts(self) -> CaseFacts:
        return CaseFacts(**{name: self.cleaned_data[name] for name in FACTS})


class PartyForm(forms.Form):
    """Who takes part (参与方)."""

    unit = picked_unit("名录中的单位", required=False)
    name = forms.CharField(
        label="名称",
        max_length=120,
        required=False,
        help_text="名录里没有的单位或个人写在这里。",
    )
    kind = forms.ChoiceField(label="性质", choices=PartyKind.choices)
    share = forms.DecimalField(
        label="股比（%）",
        required=False,
        max_digits=7,
        decimal_places=4,
        min_value=0,
        max_value=100,
        help_text="最多 4 位小数；各方合计应为 100%。不以股权合作的留空。",
    )


class AssetForm(forms.Form):
    """What a party brings in (投入资产)."""

    party = forms.ModelChoiceField(
        label="投入方", queryset=CaseParty.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label="要素", choices=AssetKind.choices)
    description = forms.CharField(label="内容", max_length=200)
    amount = forms.DecimalField(
        label="金额", max_digits=16, decimal_places=2, min_value=0, widget=widgets.MoneyInput()
    )
    valuer = forms.CharField(label="评估机构", max_length=120, required=False)
    valuation_number = forms.CharField(label="评估报告编号", max_length=80, required=False)
    valued_on = day_field("评估基准日", required=False)
    report = paper_field("评估报告", help_text="资本以外的要素提交申请前要有评估报告。")

    def __init__(self, *args: Any, parties: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "party", parties)
        side_by_side(self, "party", "kind", "valuer", "valuation_number")

    def facts(self) -> AssetFacts:
        given = self.cleaned_data
        plain = {name: given[name] for name in ASSET_FACTS}
        return AssetFacts(party_id=given["party"].pk, **plain)


class ApprovalForm(forms.Form):
    """What an authority decided (审批环节)."""

    matter = forms.CharField(label="审批事项", max_length=120, help_text="例如：非营利性法人登记。")
    authority = forms.CharField(label="审批机关", max_length=120)
    state = forms.ChoiceField(label="结果", choices=ApprovalState.choices)
    reference = forms.CharField(label="批文文号", max_length=80, required=False)
    decided_on = day_field("批复日", required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)
    paper = paper_field("批文")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "matter", "authority", "reference", "decided_on")

    def facts(self) -> ApprovalFacts:
        return ApprovalFacts(**{name: self.cleaned_data[name] for name in APPROVAL_FACTS})


class ApproveForm(forms.Form):
    """By which day each year is reported (年度报告日)."""

    report_month = forms.IntegerField(label="年度报告月", min_value=1, max_value=12, initial=3)
    report_day = forms.IntegerField(label="年度报告日", min_value=1, max_value=31, initial=31)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "report_month", "report_day")


class RunForm(forms.Form):
    running_on = day_field("运行日")


class EndForm(forms.Form):
    """From which day, and what becomes of students and assets (终止)."""

    ended_on = day_field("终止日")
    reason = long_text("理由、学生安置和资产处置", most=500)


class CaseReportForm(forms.Form):
    """A year of a school (年度报告)."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    students = forms.IntegerField(label="在校生（人）", min_value=0, max_value=200_000)
    invested = forms.DecimalField(
        label="当年投入", max_digits=16, decimal_places=2, min_value=0, widget=widgets.MoneyInput()
    )
    summary = long_text("办学情况", most=3000, rows=6)
    paper = paper_field("报告全文")


class PurchaseForm(forms.Form):
    """Places bought by the government (政府购买教育服务)."""

    buyer = unit_field("购买单位")
    provider = unit_field("承接单位", help_text="举办职业学校的企业，或它举办的学校。")
    case = forms.ModelChoiceField(
        label="办学案例",
        queryset=OwnershipCase.objects.none(),
        required=False,
        empty_label="不在案例名录",
    )
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    service = forms.CharField(label="购买内容", max_length=120)
    seats = forms.IntegerField(label="学位数", min_value=1, max_value=100_000)
    amount = forms.DecimalField(
        label="金额", max_digits=14, decimal_places=2, min_value=0, widget=widgets.MoneyInput()
    )
    contract_reference = forms.CharField(label="合同编号", max_length=80)
    plan_basis = forms.CharField(
        label="符合规划的依据", max_length=200, help_text="规划名称和条款，说明为什么可以购买。"
    )

    def __init__(self, *args: Any, buyers: Any, providers: Any, cases: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "buyer", buyers)
        offer(self, "provider", providers)
        offer(self, "case", cases)
        side_by_side(self, "buyer", "provider", "case", "year", "seats", "amount")

    def facts(self) -> PurchaseFacts:
        given = self.cleaned_data
        return PurchaseFacts(
            buyer_id=given["buyer"].pk,
            provider_id=given["provider"].pk,
            case_id=key_of(given["case"]),
            **{name: given[name] for name in PURCHASE_FACTS},
        )
