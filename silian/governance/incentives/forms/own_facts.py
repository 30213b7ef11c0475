"""The questions to an organisation, in groups, with what it said before (填报表)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from silian.governance.incentives.forms.facts import field_of
from silian.governance.incentives.gateways.guides import Fact
from silian.governance.incentives.models import StatedFact


class OwnFactsForm(forms.Form):
    """Every question of the year; what is left empty stays unknown."""

    def __init__(
        self, data: Any = None, *, facts: Sequence[Fact], stated: Mapping[str, StatedFact]
    ) -> None:
        initial = {code: row.value for code, row in stated.items()}
        super().__init__(data, initial=initial)
        self.facts = facts
        groups: dict[str, list[str]] = {}
        for fact in facts:
            field = field_of(fact.input, required=False)
            field.half = True  # type: ignore[attr-defined]
            if row := stated.get(fact.code):
                field.help_text = said(row)
            self.fields[fact.code] = field
            groups.setdefault(fact.group, []).append(fact.code)
        self.fields["reason"] = forms.CharField(
            label="更正说明",
            required=False,
            max_length=200,
            help_text="改动已填报的内容时填写，例如“按汇算清缴结果更正”。",
        )
        self.fieldsets = [*groups.items(), ("更正", ["reason"])]

    def values(self) -> dict[str, str]:
        """What was said, as exact texts."""
        cleaned = self.cleaned_data
        return {fact.code: text_of(cleaned[fact.code]) for fact in self.facts}


def said(row: StatedFact) -> str:
    who = row.stated_by.name if row.stated_by else "已注销账号"
    return f"{who} {row.stated_at:%Y-%m-%d} 填报，第 {row.version} 版"


def text_of(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)
