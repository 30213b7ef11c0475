"""What is typed about the review steps of a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui.widgets import CheckboxList, RadioList, SearchSelect
from silian.governance.incentives.choices.claims import Silence, StepKind
from silian.governance.incentives.commands.claim_calls import StepCard
from silian.governance.incentives.forms.claim_calls import LONGEST_CLOCK
from silian.governance.incentives.gateways.claim_schemes import SchemeBook, SuggestedStep
from silian.governance.incentives.models import CallStep
from silian.registers.organisations.models import Organisation

SILENCES = {
    Silence.REMIND: "催办：提醒办理部门，继续等它答复",
    Silence.ESCALATE: "报告牵头部门：同时提醒办理部门和牵头部门，继续等答复",
    Silence.AGREE: "视为无异议：自动进入下一环节",
}
ALONE = ("", "单独办理，前面的环节办完后开始")


class StepForm(forms.Form):
    """One step: who checks what, in how many days, and what silence means (环节)."""

    kind = forms.ChoiceField(label="类别", widget=RadioList())
    title = forms.CharField(label="环节名称", max_length=40)
    office = forms.ModelChoiceField(
        label="办理部门", queryset=Organisation.objects.none(), widget=SearchSelect(),
        required=False, help_text="学校核对由学生所在学校办理，不选部门。",
    )  # fmt: skip
    checks = forms.CharField(
        label="核对什么", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="办理部门和申领单位都会看到。",
    )  # fmt: skip
    papers = forms.MultipleChoiceField(label="要看的材料", widget=CheckboxList(), required=False)
    working_days = forms.IntegerField(
        label="办理工作日", min_value=1, max_value=LONGEST_CLOCK, initial=5
    )
    beside = forms.ChoiceField(label="什么时候办理", widget=RadioList(), required=False)
    on_silence = forms.ChoiceField(
        label="逾期没有答复", widget=RadioList(), initial=Silence.ESCALATE
    )

    def __init__(
        self,
        *args: Any,
        book: SchemeBook,
        offices: QuerySet[Organisation],
        others: list[CallStep],
        kinds: list[StepKind],
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.kinds = kinds
        choices: dict[str, Any] = {
            "kind": [(kind.value, kind.label) for kind in kinds],
            "papers": [(each.code, each.title) for each in book.documents],
            "beside": [
                ALONE,
                *((str(row.pk), f"与“{row.title}”同时办理") for row in others),
            ],
            "on_silence": [(kind.value, SILENCES[kind]) for kind in silences_of(kinds)],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fit(kinds[0])

    def fit(self, kind: StepKind) -> None:
        """Only the boxes that a step of the kind has."""
        del self.fields["kind"]
        if kind == StepKind.CERTIFY:
            del self.fields["office"]
        else:
            self.fields["office"].required = True
            self.fields["office"].help_text = ""
        if kind == StepKind.DECIDE:
            del self.fields["beside"]

    def card(self, *, code: str = "") -> StepCard:
        """The step as it was typed."""
        given = self.cleaned_data
        office = given.get("office")
        return StepCard(
            order=1,
            kind=given.get("kind") or self.kinds[0],
            title=given["title"].strip(),
            office_id=office.pk if office else None,
            working_days=given["working_days"],
            on_silence=given["on_silence"],
            checks=given["checks"].strip(),
            papers=tuple(given["papers"]),
            code=code,
        )

    @property
    def beside_id(self) -> int | None:
        chosen = self.cleaned_data.get("beside")
        return int(chosen) if chosen else None


def silences_of(kinds: list[StepKind]) -> list[Silence]:
    """A decision is never answered by silence."""
    decides = kinds == [StepKind.DECIDE]
    return [kind for kind in SILENCES if not (decides and kind == Silence.AGREE)]


def step_values(step: SuggestedStep | CallStep, *, office: int | None) -> dict[str, Any]:
    """What a box of a step begins with."""
    names = ("kind", "title", "checks", "working_days", "on_silence")
    return {**{name: getattr(step, name) for name in names}, "office": office,
            "papers": list(step.papers)}  # fmt: skip


class DropForm(forms.Form):
    """Why a step is not set (不设的原因)."""

    reason = forms.CharField(
        label="不设的原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, required: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["reason"].required = required
