"""Fields made from the inputs that a rule declares: exact text in, Chinese refusals (事实字段)."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from silian_engines.policy_rules.definitions import Input
from silian_engines.policy_rules.facts import Unreadable, reader

from silian.foundation.ui import widgets

YES_NO = (("yes", "是"), ("no", "否"))
TRUTHS = {"yes": True, "no": False}


class ExactField(forms.CharField):
    """A number as it was typed: never a float, 1,200 and full-width digits are read (精确数)."""

    def __init__(self, *, fact: Input, **options: Any) -> None:
        self.fact, self._read = fact, reader(fact)
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=40, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        number = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
        if not number:
            return None
        try:
            self._read(number)
        except Unreadable as problem:
            raise forms.ValidationError(f"{self.fact.title}{problem}。") from problem
        return number


def field_of(fact: Input, *, required: bool = True) -> forms.Field:
    """The field that asks for one fact (不含名册)."""
    unit = "" if fact.unit in ("是否", "日期", "文字", "") else f"（{fact.unit}）"
    words: dict[str, Any] = {
        "label": f"{fact.title}{unit}",
        "required": required,
        "error_messages": {
            "required": f"还没有填写“{fact.title}”。",
            "invalid": f"“{fact.title}”应当写成 2026-06-30 这样的日期。",
            "invalid_choice": f"“{fact.title}”只能从列出的选项中选择。",
        },
    }
    if fact.choices:
        choices = [("", "请选择"), *((each, each) for each in fact.choices)]
        return forms.ChoiceField(choices=choices, **words)
    if fact.unit == "是否":
        return forms.ChoiceField(choices=[("", "请选择"), *YES_NO], **words)
    if fact.unit == "日期":
        return forms.DateField(widget=widgets.DateInput(), **words)
    return ExactField(fact=fact, **words)


def value_of(fact: Input, cleaned: Any) -> Any:
    """What the engine takes for a field's cleaned value; None where nothing was said."""
    if cleaned in (None, ""):
        return None
    return TRUTHS[cleaned] if fact.unit == "是否" else cleaned
