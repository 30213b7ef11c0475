"""Boxes that the forms of a scheme share: numbers by parameter, lines of pairs, several choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from silian.casework.reviews.rules.definition import PARAMETER
from silian.casework.reviews.rules.definition_faults import CODE
from silian.casework.reviews.rules.numbers import is_number
from silian.foundation.ui.typed_fields import area
from silian.foundation.ui.widgets import CheckboxList

PARAMETER_LIST = "sl-parameters"  # the id of the page's list of parameters
NUMBER_HELP = "写数字，或写 $ 加参数代码；留空为未设定。"


class NumberText(forms.CharField):
    """A number or the name of a parameter (数字或参数)."""

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            label=label,
            max_length=60,
            widget=forms.TextInput({"list": PARAMETER_LIST, "autocomplete": "off"}),
            **options,
        )
        self.half = True

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if text and not text.startswith(PARAMETER) and not is_number(text):
            raise forms.ValidationError("请写数字，或写 $ 加参数代码，例如 $ban_years。")
        return text


class CodeField(forms.CharField):
    """A code that others refer to (代码)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="代码",
            max_length=40,
            help_text="小写字母开头，只用小写字母、数字和下划线。",
            **options,
        )
        self.half = True

    def clean(self, value: Any) -> str:
        code = super().clean(value).strip()
        if not CODE.match(code):
            raise forms.ValidationError("代码应以小写字母开头，只用小写字母、数字和下划线。")
        return code


class LinesField(forms.CharField):
    """One entry a line (一行一项)."""

    def __init__(self, label: str, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("help_text", "一行一项。")
        super().__init__(label=label, max_length=4000, widget=area(rows), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class PairsField(LinesField):
    """Lines of name and value with an equals sign between (名称=值)."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            value = list(value.items())
        if isinstance(value, (list, tuple)):
            return "\n".join(pair if isinstance(pair, str) else "=".join(pair) for pair in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:  # type: ignore[override]
        lines = super().clean(value)
        pairs = [[part.strip() for part in line.split("=", 1)] for line in lines]
        wrong = [line for line, pair in zip(lines, pairs, strict=True) if len(pair) != 2]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}”应写成“名称=值”。")
        return pairs


def several(
    label: str, choices: Iterable[tuple[str, str]], *, help_text: str = "", required: bool = False
) -> forms.MultipleChoiceField:
    """Boxes to tick (多选)."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        widget=CheckboxList(),
        help_text=help_text,
        required=required,
    )


def with_empty(
    choices: Sequence[tuple[str, str]], *, words: str = "请选择"
) -> list[tuple[str, str]]:
    return [("", words), *choices]
