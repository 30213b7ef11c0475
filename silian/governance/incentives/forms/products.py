"""What a provider types about a product."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.accreditation.choices.projects import ProjectKind
from silian.governance.incentives.choices.finance import FinanceKind
from silian.governance.incentives.commands.products import ProductText
from silian.governance.incentives.models import FinanceProduct
from silian.registers.organisations.choices import OrganisationKind, OrganisationSize

DAY = datetime.timedelta(days=1)
MONEY: dict[str, Any] = {"max_digits": 15, "decimal_places": 2, "min_value": 0, "required": False}
RATE: dict[str, Any] = {"max_digits": 6, "decimal_places": 3, "min_value": 0, "required": False}
OWNER_KINDS = [
    (kind.value, kind.label) for kind in (OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL)
]
HALVES = (
    "kind", "name", "amount_from", "amount_to", "months_from", "months_to", "rate_from", "rate_to",
    "owner_kinds", "sizes", "valid_from", "last_day", "contact", "recognition",
)  # fmt: skip


class ProductForm(forms.Form):
    """A product as its provider offers it (金融产品)."""

    kind = forms.ChoiceField(label="类别", choices=FinanceKind.choices)
    name = forms.CharField(label="产品名称", max_length=80)
    purpose = forms.CharField(
        label="适用范围", max_length=300, help_text="写清面向谁、用在什么地方"
    )
    amount_from = forms.DecimalField(label="最低额度", widget=widgets.MoneyInput(), **MONEY)
    amount_to = forms.DecimalField(label="最高额度", widget=widgets.MoneyInput(), **MONEY)
    months_from = forms.IntegerField(label="最短期限（月）", min_value=1, required=False)
    months_to = forms.IntegerField(label="最长期限（月）", min_value=1, required=False)
    rate_from = forms.DecimalField(label="最低年利率（%）", **RATE)
    rate_to = forms.DecimalField(
        label="最高年利率（%）", help_text="担保、保险写年费率，股权类留空", **RATE
    )
    regions = forms.MultipleChoiceField(
        label="服务地区",
        required=False,
        widget=widgets.CheckboxList(),
        help_text="不选表示不限地区",
    )
    owner_kinds = forms.MultipleChoiceField(
        label="申请单位类别", required=False, choices=OWNER_KINDS, widget=widgets.CheckboxList()
    )
    sizes = forms.MultipleChoiceField(
        label="企业规模",
        required=False,
        choices=OrganisationSize.choices,
        widget=widgets.CheckboxList(),
    )
    project_kinds = forms.MultipleChoiceField(
        label="建设类别",
        required=False,
        choices=ProjectKind.choices,
        widget=widgets.CheckboxList(),
    )
    needs_project = forms.BooleanField(label="须关联已登记的产教融合工程项目", required=False)
    needs_library = forms.BooleanField(label="项目须已入项目库", required=False)
    clean_credit = forms.BooleanField(label="申请单位没有公示的失信记录", required=False)
    recognition = forms.ChoiceField(label="须持有的认定", required=False)
    other_conditions = forms.CharField(
        label="由机构审核的其他条件",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    documents = forms.CharField(
        label="申请材料",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一份材料",
    )
    contact = forms.CharField(label="联系方式", max_length=80, required=False)
    valid_from = forms.DateField(label="有效期起", widget=widgets.DateInput())
    last_day = forms.DateField(
        label="有效期最后一天", required=False, widget=widgets.DateInput(), help_text="长期有效留空"
    )
    fieldsets = [
        ("产品", ["kind", "name", "purpose"]),
        (
            "额度、期限和费率",
            ["amount_from", "amount_to", "months_from", "months_to", "rate_from", "rate_to"],
        ),
        (
            "平台逐项核对的条件",
            [
                "regions", "owner_kinds", "sizes", "project_kinds", "needs_project",
                "needs_library", "clean_credit", "recognition",
            ],
        ),
        ("材料和办理", ["other_conditions", "documents", "contact", "valid_from", "last_day"]),
    ]  # fmt: skip

    def __init__(
        self, *args: Any, regions: list[tuple[str, str]], schemes: dict[str, str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["regions"].choices = regions  # type: ignore[attr-defined]
        chosen = [("", "不要求"), *sorted(schemes.items(), key=lambda pair: pair[1])]
        self.fields["recognition"].choices = chosen  # type: ignore[attr-defined]
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]

    def text(self) -> ProductText:
        data = dict(self.cleaned_data)
        last = data.pop("last_day")
        return ProductText(**data, valid_until=last + DAY if last else None)


def initial_of(product: FinanceProduct) -> dict[str, Any]:
    """A product as the form shows it."""
    names = [name for name in ProductForm.base_fields if name != "last_day"]
    return {name: getattr(product, name) for name in names} | {"last_day": product.last_day}
