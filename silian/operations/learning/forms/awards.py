"""What is typed about standards, lists and payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from silian.casework.ledgers.models.funds import BudgetLine
from silian.operations.learning.choices import STANDARD_UNITS, StandardName
from silian.operations.learning.commands.award_lists import ListFacts
from silian.operations.learning.commands.standards import StandardFacts
from silian.operations.learning.forms.competitions import day_field, halves
from silian.operations.learning.queries.standards import keys_of

PLAIN = ("value", "document", "clause", "valid_from", "valid_to", "reason")


class StandardForm(forms.Form):
    """A value with what it rests on (设定奖补标准)."""

    value = forms.DecimalField(label="数值", max_digits=12, decimal_places=2)
    document = forms.CharField(label="文件", max_length=200, help_text="文件名称和文号。")
    clause = forms.CharField(label="条款", max_length=80)
    valid_from = day_field("有效期起")
    valid_to = day_field("有效期止（不含）", required=False, help_text="长期有效的不填。")
    reason = forms.CharField(
        label="更正理由",
        max_length=200,
        required=False,
        help_text="只在更正同一天起的数值时填写；原值会保留。",
    )

    def __init__(self, *args: Any, name: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.name = StandardName(name)
        self.fields["value"].label = f"数值（{STANDARD_UNITS[self.name]}）"
        if len(keys_of(name)) > 1:
            self.fields["key"] = forms.ChoiceField(label="档次", choices=keys_of(name))
            self.order_fields(["key", *self.fields])
        halves(self, "valid_from", "valid_to")

    def facts(self) -> StandardFacts:
        given = self.cleaned_data
        return StandardFacts(
            name=self.name,
            key=given.get("key", ""),
            **{name: given[name] for name in PLAIN},
        )


class ListForm(forms.Form):
    """The period of a list (编制奖补名单)."""

    title = forms.CharField(label="名称", max_length=120)
    starts_on = day_field("期间起", help_text="按发证日期和成绩公布日取数。")
    ends_on = day_field("期间止（不含）")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        halves(self, "starts_on", "ends_on")

    def facts(self) -> ListFacts:
        given = self.cleaned_data
        return ListFacts(**{name: given[name] for name in ("title", "starts_on", "ends_on")})


class PayForm(forms.Form):
    """From which line a list is paid (安排支付)."""

    line = forms.TypedChoiceField(label="预算项目", coerce=int, choices=())

    def __init__(self, *args: Any, lines: Sequence[BudgetLine], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (line.pk, f"{line.fund.name} {line}") for line in lines
        ]
