"""What is typed about calls to claim."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.ui.widgets import DateInput, SearchSelect
from silian.governance.incentives.choices.claims import Silence, StepKind
from silian.governance.incentives.commands.claim_calls import CallCard, StepCard
from silian.governance.incentives.gateways.claim_schemes import SchemeBook, SuggestedStep
from silian.governance.incentives.models import CallStep, ClaimCall
from silian.registers.organisations.models import Organisation

ONE_DAY = datetime.timedelta(days=1)
LONGEST_CLOCK = 60  # working days; a longer clock is a slip of the keyboard
CONTENT = (
    "title", "line", "covers_from", "covers_last", "opens_on", "closes_on", "pays_advance",
    "notice_days", "notice_basis", "appeal_days", "guidance",
)  # fmt: skip


class CallForm(forms.Form):
    """The content of a call and its steps (申领通知)."""

    title = forms.CharField(label="名称", max_length=80)
    line = forms.ModelChoiceField(
        label="预算项目", queryset=BudgetLine.objects.none(), widget=SearchSelect(),
        help_text="本部门主管资金的预算项目。",
    )  # fmt: skip
    covers_from = forms.DateField(label="补贴期间起始日", widget=DateInput())
    covers_last = forms.DateField(label="补贴期间最后一天", widget=DateInput())
    opens_on = forms.DateField(label="受理开始日", widget=DateInput())
    closes_on = forms.DateField(
        label="受理截止日", widget=DateInput(), required=False, help_text="常年受理就不填。"
    )
    pays_advance = forms.BooleanField(label="可以预支", required=False)
    notice_days = forms.IntegerField(label="公示工作日", min_value=1, max_value=LONGEST_CLOCK)
    notice_basis = forms.CharField(label="公示期依据", max_length=120, required=False)
    appeal_days = forms.IntegerField(label="申请复核期限（日）", min_value=1, max_value=365)
    guidance = forms.CharField(
        label="申领说明", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(
        self,
        *args: Any,
        book: SchemeBook,
        steps: Sequence[SuggestedStep | CallStep],
        lines: QuerySet[BudgetLine],
        offices: QuerySet[Organisation],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.book, self.steps = book, list(steps)
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        if not book.takes_advance:
            del self.fields["pays_advance"]
        for name in (
            "covers_from",
            "covers_last",
            "opens_on",
            "closes_on",
            "notice_days",
            "appeal_days",
        ):
            self.fields[name].half = True  # type: ignore[attr-defined]
        self.fieldsets = [("通知", [name for name in CONTENT if name in self.fields])]
        for place, step in enumerate(self.steps):
            self.fieldsets.append(self.step_fields(place, step, offices))

    def step_fields(
        self, place: int, step: SuggestedStep | CallStep, offices: QuerySet[Organisation]
    ) -> tuple[str, list[str]]:
        """The boxes of one step; an empty title leaves the step out."""
        names = [f"step{place}_{name}" for name in ("title", "office", "days", "silence")]
        title, office, days, silence = names
        self.fields[title] = forms.CharField(
            label="环节", max_length=40, required=False, help_text="不设这个环节就清空名称。"
        )
        self.fields[office] = forms.ModelChoiceField(
            label="办理部门", queryset=offices, required=False, widget=SearchSelect()
        )
        self.fields[days] = forms.IntegerField(
            label="办理工作日", min_value=1, max_value=LONGEST_CLOCK
        )
        self.fields[silence] = forms.ChoiceField(label="逾期未答复", choices=Silence.choices)
        if step.kind == StepKind.CERTIFY:
            del self.fields[office]
            names.remove(office)
        for name in names:
            self.fields[name].half = True  # type: ignore[attr-defined]
        return f"环节 {place + 1}，第 {step.order} 步：{StepKind(step.kind).label}", names

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
        )

    @property
    def step_cards(self) -> list[StepCard]:
        """The steps that keep a title."""
        given = self.cleaned_data
        return [
            StepCard(
                order=step.order,
                kind=step.kind,
                title=given[f"step{place}_title"].strip(),
                office_id=office.pk if (office := given.get(f"step{place}_office")) else None,
                working_days=given[f"step{place}_days"],
                on_silence=given[f"step{place}_silence"],
            )
            for place, step in enumerate(self.steps)
            if given[f"step{place}_title"].strip()
        ]


def suggested_values(
    book: SchemeBook, offices: Mapping[str, int], *, today: datetime.date
) -> dict[str, Any]:
    """What a new call begins with; officials change it as their region decides."""
    values: dict[str, Any] = {
        "title": f"{today.year} 年{book.scheme.label}申领",
        "covers_from": datetime.date(today.year, 1, 1),
        "covers_last": datetime.date(today.year, 12, 31),
        "opens_on": today,
        "pays_advance": book.takes_advance,
        "notice_days": book.notice_days,
        "notice_basis": book.notice_basis,
        "appeal_days": book.appeal_days,
    }
    for place, step in enumerate(book.steps):
        values |= step_values(place, step, office=offices.get(step.function))
    return values


def kept_values(call: ClaimCall) -> dict[str, Any]:
    """What a draft holds."""
    values: dict[str, Any] = {name: getattr(call, name) for name in CONTENT if hasattr(call, name)}
    values |= {"line": call.line_id, "covers_last": call.covers_until - ONE_DAY}
    for place, step in enumerate(call.steps.all()):
        values |= step_values(place, step, office=step.office_id)
    return values


def step_values(
    place: int, step: SuggestedStep | CallStep, *, office: int | None
) -> dict[str, Any]:
    return {
        f"step{place}_title": step.title,
        f"step{place}_office": office,
        f"step{place}_days": step.working_days,
        f"step{place}_silence": step.on_silence,
    }


class ReasonForm(forms.Form):
    """Why a step is taken (原因)."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(ReasonForm):
    """Until when claims are taken, and why (延长受理)."""

    closes_on = forms.DateField(label="新的受理截止日", widget=DateInput())
    field_order = ("closes_on", "reason")
