"""What is typed about calls to claim."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.ui.widgets import DateInput, RadioList, SearchSelect
from silian.governance.incentives.choices.claims import Applicants
from silian.governance.incentives.commands.claim_calls import CallCard
from silian.governance.incentives.gateways.claim_schemes import SchemeBook
from silian.governance.incentives.models import ClaimCall

ONE_DAY = datetime.timedelta(days=1)
LONGEST_CLOCK = 60  # working days; a longer clock is a slip of the keyboard
STANDING, CAMPAIGN = "standing", "campaign"
WINDOWS = ((CAMPAIGN, "集中受理，到截止日为止"), (STANDING, "常年受理，没有截止日"))
GROUPS = (
    ("补贴什么", ("title", "line", "covers_from", "covers_last", "pays_advance")),
    ("谁可以申领", ("applicants", "applicant_terms", "guidance")),
    ("什么时候受理", ("window", "opens_on", "closes_on")),
    ("公示和复核", ("notice_days", "appeal_days", "notice_basis")),
)
HALF = ("covers_from", "covers_last", "opens_on", "closes_on", "notice_days", "appeal_days")


class CallForm(forms.Form):
    """The content of a call (申领通知)."""

    title = forms.CharField(label="名称", max_length=80)
    line = forms.ModelChoiceField(
        label="预算项目", queryset=BudgetLine.objects.none(), widget=SearchSelect(),
        help_text="本部门主管资金的预算项目。",
    )  # fmt: skip
    covers_from = forms.DateField(label="补贴期间起始日", widget=DateInput())
    covers_last = forms.DateField(label="补贴期间最后一天", widget=DateInput())
    pays_advance = forms.BooleanField(label="可以预支", required=False)
    applicants = forms.ChoiceField(label="申领单位", choices=Applicants.choices, widget=RadioList())
    applicant_terms = forms.CharField(
        label="其他条件", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="规定以外没有条件就不填。",
    )  # fmt: skip
    guidance = forms.CharField(
        label="申领说明", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    window = forms.ChoiceField(label="受理方式", choices=WINDOWS, widget=RadioList())
    opens_on = forms.DateField(label="受理开始日", widget=DateInput())
    closes_on = forms.DateField(
        label="受理截止日", widget=DateInput(), required=False, help_text="常年受理就不填。"
    )
    notice_days = forms.IntegerField(label="公示工作日", min_value=1, max_value=LONGEST_CLOCK)
    appeal_days = forms.IntegerField(label="申请复核期限（日）", min_value=1, max_value=365)
    notice_basis = forms.CharField(label="公示期依据", max_length=120, required=False)

    def __init__(
        self, *args: Any, book: SchemeBook, lines: QuerySet[BudgetLine], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.book = book
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        if not book.takes_advance:
            del self.fields["pays_advance"]
        for name in HALF:
            self.fields[name].half = True  # type: ignore[attr-defined]
        self.fieldsets = [
            (title, [name for name in names if name in self.fields]) for title, names in GROUPS
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        window, closes_on = given.get("window"), given.get("closes_on")
        if window == CAMPAIGN and closes_on is None and "closes_on" not in self.errors:
            self.add_error("closes_on", "集中受理请填写截止日。")
        if window == STANDING and closes_on is not None:
            self.add_error("closes_on", "常年受理没有截止日，请清空或改为集中受理。")
        return given

    @property
    def card(self) -> CallCard:
        given = self.cleaned_data
        return CallCard(
            scheme=self.book.scheme,
            title=given["title"].strip(),
            line_id=given["line"].pk,
            covers_from=given["covers_from"],
            covers_until=given["covers_last"] + ONE_DAY,
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            pays_advance=bool(given.get("pays_advance")),
            notice_days=given["notice_days"],
            notice_basis=given["notice_basis"].strip(),
            appeal_days=given["appeal_days"],
            guidance=given["guidance"].strip(),
            applicants=given["applicants"],
            applicant_terms=given["applicant_terms"].strip(),
        )


def suggested_values(book: SchemeBook, *, today: datetime.date) -> dict[str, Any]:
    """What a new call begins with; officials change it as their region decides."""
    return {
        "title": f"{today.year} 年{book.scheme.label}申领",
        "covers_from": datetime.date(today.year, 1, 1),
        "covers_last": datetime.date(today.year, 12, 31),
        "applicants": book.applicants,
        "window": CAMPAIGN,
        "opens_on": today,
        "pays_advance": book.takes_advance,
        "notice_days": book.notice_days,
        "notice_basis": book.notice_basis,
        "appeal_days": book.appeal_days,
    }


def kept_values(call: ClaimCall) -> dict[str, Any]:
    """What a draft holds."""
    values: dict[str, Any] = {
        name: getattr(call, name) for _, names in GROUPS for name in names if hasattr(call, name)
    }
    window = STANDING if call.is_standing else CAMPAIGN
    covers_last = call.covers_until - ONE_DAY
    return {**values, "line": call.line_id, "covers_last": covers_last, "window": window}


class ReasonForm(forms.Form):
    """Why a step is taken (原因)."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(ReasonForm):
    """Until when claims are taken, and why (延长受理)."""

    closes_on = forms.DateField(label="新的受理截止日", widget=DateInput())
    field_order = ("closes_on", "reason")
