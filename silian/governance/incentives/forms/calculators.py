"""The form of a calculator, made from its rule; of several years where the rule carries."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.definitions import Input

from silian.foundation.ui import widgets
from silian.governance.incentives.forms.facts import field_of, value_of
from silian.governance.incentives.gateways.rulebook import places

FIRST_DAY, LAST_DAY = datetime.date(1994, 1, 1), datetime.date(2100, 12, 31)
MOST_YEARS, MOST_ROWS = 6, 40  # what one page shows readably


class SettingForm(forms.Form):
    """Which place's rules, of which day; how many years or roster lines (测算口径)."""

    place = forms.ChoiceField(label="按哪里的规定")
    on = forms.DateField(
        label="测算日期",
        widget=widgets.DateInput(),
        error_messages={"invalid": "测算日期应当写成 2026-06-30 这样的日期。"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = places()  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.half = True  # type: ignore[attr-defined]

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError("测算日期应当在 1994 年至 2100 年之间。")
        return day


class CalculatorForm(forms.Form):
    """The facts that a rule asks for: once, or year by year (测算表)."""

    def __init__(
        self, data: Any = None, *, rule: CompiledRule, years: list[int], rows: int, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.rule, self.years, self.rows = rule, years, rows
        self.fieldsets: list[tuple[str, list[str]]] = []
        for year in years or [0]:
            self._add_year(year)

    def _add_year(self, year: int) -> None:
        carried = set(self.rule.rule.carry) if year and year != self.years[0] else set()
        names: list[str] = []
        for fact in self.rule.rule.inputs:
            if fact.each:
                self._add_roster(fact)
            elif fact.name not in carried:
                names.append(self._add(fact, box(fact.name, year)))
        if names:
            self.fieldsets.append((f"{year} 年" if year else "事实", names))

    def _add(self, fact: Input, name: str, *, required: bool = True) -> str:
        self.fields[name] = field_of(fact, required=required)
        self.fields[name].half = True  # type: ignore[attr-defined]
        return name

    def _add_roster(self, fact: Input) -> None:
        for row in range(self.rows):
            names = [
                self._add(each, f"{fact.name}-{row}-{each.name}", required=False)
                for each in fact.each
            ]
            self.fieldsets.append((f"{fact.title}：第 {row + 1} 行", names))

    def clean(self) -> dict[str, Any]:
        for fact in self.rule.rule.inputs:
            if fact.each:
                self._check_roster(fact)
        return self.cleaned_data

    def _check_roster(self, fact: Input) -> None:
        """A line is empty or whole; a roster has a line at least."""
        whole = 0
        for row in range(self.rows):
            missing = [each for each in fact.each if self._blank(fact, row, each)]
            whole += not missing
            for each in missing if len(missing) < len(fact.each) else []:
                name = f"{fact.name}-{row}-{each.name}"
                if name not in self.errors:
                    self.add_error(name, f"第 {row + 1} 行还没有填写“{each.title}”。")
        if not whole and not self.errors:
            self.add_error(None, f"“{fact.title}”至少填写一行。")

    def _blank(self, fact: Input, row: int, each: Input) -> bool:
        name = f"{fact.name}-{row}-{each.name}"
        return name not in self.errors and self.cleaned_data.get(name) in (None, "")

    def facts(self) -> dict[str, Any]:
        """What the engine takes for one case."""
        return {fact.name: self._fact(fact, 0) for fact in self.rule.rule.inputs}

    def facts_by_year(self) -> list[dict[str, Any]]:
        """What the engine takes for each year; what is carried is stated for the first one."""
        return [
            {"year": year}
            | {
                fact.name: self._fact(fact, year)
                for fact in self.rule.rule.inputs
                if box(fact.name, year) in self.fields
            }
            for year in self.years
        ]

    def _fact(self, fact: Input, year: int) -> Any:
        if not fact.each:
            return value_of(fact, self.cleaned_data[box(fact.name, year)])
        rows = range(self.rows)
        return [
            {
                each.name: value_of(each, self.cleaned_data[f"{fact.name}-{row}-{each.name}"])
                for each in fact.each
            }
            for row in rows
            if not all(self._blank(fact, row, each) for each in fact.each)
        ]


def box(name: str, year: int) -> str:
    """The box of a fact; of a year when there are several."""
    return f"{name}-{year}" if year else name
