"""Form controls of the design system. Each works without script; script makes it pleasant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms


class MoneyInput(forms.NumberInput):
    """An amount with its unit behind the box (金额)."""

    template_name = "ui/forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, unit: str = "元") -> None:
        super().__init__({"step": "0.01", "min": "0", "inputmode": "decimal", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class DateInput(forms.DateInput):
    """A day: the browser's own calendar, or ours when script runs (日期)."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-sl-date": "", **(attrs or {})}, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A day and a time (日期时间)."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-sl-date": "time", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class FileInput(forms.ClearableFileInput):
    """A file with the kinds and size that are taken (附件)."""

    template_name = "ui/forms/file.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, limit: str = "") -> None:
        super().__init__({"data-sl-file": "", **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["limit"] = self.limit
        return context


class Picker(forms.TextInput):
    """One value out of a large catalogue, searched at ``url`` (查找选择).

    The address answers ``{"results": [{"value", "text", "note"}]}`` to ``?q=``. Without script
    the value itself is typed, so use a field that reads codes, such as ``ModelChoiceField`` with
    ``to_field_name``. ``label_of`` names the present value.
    """

    template_name = "ui/forms/picker.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        url: str,
        label_of: Callable[[str], str] | None = None,
        multiple: bool = False,
        create: bool = False,
    ) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.url, self.label_of = url, label_of
        self.multiple, self.create = multiple, create

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = context["widget"]["value"] or ""
        context["widget"].update(
            url=str(self.url),
            label=self.label_of(text) if self.label_of and text else text,
            multiple=self.multiple,
            create=self.create,
        )
        return context


class SearchSelect(forms.Select):
    """A list of choices that can be searched by typing when script runs (下拉选择)."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-sl-picker": "", **(attrs or {})}, choices)


class CheckboxList(forms.CheckboxSelectMultiple):
    """Several of a few (多选)."""


class RadioList(forms.RadioSelect):
    """One of a few (单选)."""
