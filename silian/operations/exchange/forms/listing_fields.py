"""Form fields for what a kind declares, and for several majors at once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.forms import MajorField, picker_address
from silian.foundation.ui.widgets import CheckboxList, DateInput, MoneyInput, Picker, RadioList
from silian.operations.exchange.kinds.declaration import FieldType, KindField
from silian.operations.exchange.queries.listing_names import major_names
from silian.operations.exchange.rules.listing_content import LONGEST_LONG_TEXT, LONGEST_TEXT

MOST_RADIOS = 5  # more choices read better in a list
MOST_MAJORS = 30
LARGEST_NUMBER = 100_000_000


def grown(*, rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "data-sl-grow": ""})


def field_for(item: KindField) -> forms.Field:
    """The form field of one declared field."""
    made = MAKERS[item.type](item)
    made.required = item.required
    made.label = f"{item.label}（{item.unit}）" if shows_unit(item) else item.label
    made.help_text = item.help
    return made


def shows_unit(item: KindField) -> bool:
    return bool(item.unit) and item.type is FieldType.NUMBER


def text_field(item: KindField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT)


def long_text_field(item: KindField) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LONG_TEXT, widget=grown())


def number_field(item: KindField) -> forms.Field:
    most = LARGEST_NUMBER if item.most is None else item.most
    return forms.IntegerField(min_value=item.least, max_value=most)


def money_field(item: KindField) -> forms.Field:
    return forms.DecimalField(
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        widget=MoneyInput(unit=item.unit or "元"),
    )


def choice_field(item: KindField) -> forms.Field:
    choices = [(choice, choice) for choice in item.choices]
    if len(choices) <= MOST_RADIOS:
        return forms.ChoiceField(choices=choices, widget=RadioList())
    return forms.ChoiceField(choices=[("", "请选择"), *choices])


def choices_field(item: KindField) -> forms.Field:
    choices = [(choice, choice) for choice in item.choices]
    return forms.MultipleChoiceField(choices=choices, widget=CheckboxList())


def yes_no_field(item: KindField) -> forms.Field:
    return forms.ChoiceField(choices=[("yes", "是"), ("no", "否")], widget=RadioList())


def date_field(item: KindField) -> forms.Field:
    return forms.DateField(widget=DateInput())


MAKERS = {
    FieldType.TEXT: text_field,
    FieldType.LONG_TEXT: long_text_field,
    FieldType.NUMBER: number_field,
    FieldType.MONEY: money_field,
    FieldType.CHOICE: choice_field,
    FieldType.CHOICES: choices_field,
    FieldType.YES_NO: yes_no_field,
    FieldType.DATE: date_field,
}


def stored_value(value: Any, *, item: KindField) -> Any:
    """The cleaned value as the table keeps it: decimals and dates as text."""
    if value in (None, ""):
        return None
    if item.type is FieldType.YES_NO:
        return value == "yes"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


class MajorsField(forms.CharField):
    """Several majors, by code of the catalogue (专业); names and codes may be typed."""

    def __init__(self, **given: Any) -> None:
        picker = Picker(
            url=lazy(picker_address, str)(catalogue=Catalogue.MAJOR),
            label_of=labels_of,
            multiple=True,
        )
        super().__init__(widget=picker, **given)
        self.single = MajorField(required=False)

    def prepare_value(self, value: Any) -> Any:
        return ",".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        texts = [text for text in super().clean(value).replace("，", ",").split(",") if text]
        if len(texts) > MOST_MAJORS:
            raise ValidationError(f"最多选 {MOST_MAJORS} 个专业。超过时可不选，表示不限专业。")
        majors = [self.single.to_python(text) for text in texts]
        return list(dict.fromkeys(major.code for major in majors if major))


def labels_of(value: str) -> str:
    """The names of the chosen majors, in the order of their codes."""
    codes = value.split(",")
    names = major_names([code.split(":")[-1] for code in codes])
    return ",".join(names.get(code.split(":")[-1], code) for code in codes)
