"""What an official types about a return."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.reference.jurisdictions import widening
from silian.foundation.ui import widgets
from silian.operations.learning.choices import Stance
from silian.registers.credit.models import CreditItem
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

FIX_DAYS, ORDER_DAYS = 10, 20  # proposals only; the officer sets the days of each case
MOST_DAYS = 120


def long_text(label: str, *, most: int = 3000, rows: int = 5, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


def days_field(label: str, *, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_DAYS,
        initial=initial,
        help_text="工作日，从明天起算，遇放假和调休按日历顺延。",
    )


class ConfirmForm(forms.Form):
    """Why the return is in order (确认)."""

    reason = long_text(
        "核对情况",
        most=500,
        rows=3,
        required=False,
        help_text="有不符合项时必填：核实了什么，为什么仍可确认。",
    )


class ReturnOnceForm(forms.Form):
    """Everything that is missing, in one list (退回补正)."""

    fix_list = long_text("补正清单", help_text="一次列全。一份报告只能退回一次。")
    working_days = days_field("补正期限", initial=FIX_DAYS)


class OrderForm(forms.Form):
    """What must be put right, until when, under which item (责令改正)."""

    item = forms.ModelChoiceField(
        label="信用目录项",
        queryset=CreditItem.objects.none(),
        empty_label="请选择",
        help_text="只有目录里在用的项目才能立案；拒不改正的，告知并听取申辩后才能记入信用。",
    )
    text = long_text("改正要求")
    working_days = days_field("改正期限", initial=ORDER_DAYS)

    def __init__(self, *args: Any, items: QuerySet[CreditItem], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """What was verified (核实改正)."""

    reason = long_text("核实情况", most=500, rows=3)


class SendBackForm(forms.Form):
    """What is still missing (退回继续改正)."""

    text = long_text("还需要改正的内容")
    working_days = days_field("改正期限", initial=ORDER_DAYS)


class RefuseForm(forms.Form):
    """On what the refusal is found (拒不改正)."""

    reason = long_text("认定理由", most=500, rows=3)
    said_no = forms.BooleanField(
        label="企业书面表示不改正",
        required=False,
        help_text="期限未过时，只有书面表示不改正才能认定。",
    )


class OpinionForm(forms.Form):
    """What the office thinks (核对意见)."""

    stance = forms.ChoiceField(label="意见", choices=Stance.choices, widget=widgets.RadioList())
    text = long_text(
        "说明", most=500, rows=3, required=False, help_text="有疑问的写明哪个数字、与什么不一致。"
    )


class CollectionForm(forms.Form):
    """Which government collects (移送收取)."""

    collector = forms.ModelChoiceField(
        label="收取部门",
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
        help_text="县级以上人民政府或者它指定的部门。平台只登记和告知，不收款。",
    )
    text = long_text("移送说明", most=2000, rows=4)

    def __init__(self, *args: Any, division: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        places = [place for place in widening(division) if place]
        offices = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT,
            state=OrganisationState.VERIFIED,
            division_id__in=places,
        )
        self.fields["collector"].queryset = offices.order_by("name")  # type: ignore[attr-defined]
