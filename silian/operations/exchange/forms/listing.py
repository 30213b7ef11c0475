"""The form of a listing, built from what its kind declares."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.template.loader import render_to_string

from silian.foundation.reference.forms import DivisionField, IndustryField, OccupationField
from silian.foundation.ui.widgets import DateInput, MoneyInput, RadioList
from silian.operations.exchange.choices import Visibility
from silian.operations.exchange.forms.listing_fields import (
    MajorsField,
    field_for,
    grown,
    stored_value,
)
from silian.operations.exchange.kinds.declaration import SKILL_NAMES, ListingKind
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.rules.listing_content import Fault, ListingContent, faults_of

ONE_DAY = datetime.timedelta(days=1)
OCCUPATION_LEVEL = 4  # 细类（职业）
LARGEST_QUANTITY = 1_000_000
PLAIN_NAMES = {"division_id": "division", "industry_id": "industry", "occupation_id": "occupation"}


class ListingForm(forms.Form):
    """Everything a publisher writes about one listing of ``kind`` on ``side``.

    ``whole`` demands what a publication needs; a draft needs a title and a region only. An
    unjudged form shows what was typed and says nothing about it.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: ListingKind,
        side: str,
        whole: bool = True,
        judged: bool = True,
        **given: Any,
    ) -> None:
        super().__init__(data if data is None else with_suggestions(data), **given)
        self.kind, self.side, self.whole, self.judged = kind, side, whole, judged
        self.fields.update(self._basic_fields())
        self.fields.update(self._amount_fields())
        own = {item.name: field_for(item) for item in kind.fields_on(side=side)}
        self.fields.update(own)
        self.fields.update(self._closing_fields())
        self.fieldsets = self._groups(own=list(own))
        if not whole:
            self._ask_little()

    def _basic_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "title": forms.CharField(
                label="标题", max_length=80, min_length=4, help_text=self.kind.title_help
            )
        }
        if self.kind.names_occupation:
            fields["occupation"] = OccupationField(
                label="对应职业",
                required=False,
                level=OCCUPATION_LEVEL,
                help_text=self._occupation_help({}),
            )
        if self.kind.names_majors:
            fields["majors"] = MajorsField(
                label="适合专业", required=False, help_text="可选多个，不选表示不限专业。"
            )
        fields["division"] = DivisionField(label="所在区划")
        fields["place"] = forms.CharField(
            label="具体地点", max_length=120, required=False, help_text="园区、厂区或校区名称。"
        )
        fields["industry"] = IndustryField(label="所属行业", required=False)
        fields["industry_chain"] = forms.CharField(
            label="重点产业链", max_length=40, required=False, help_text="例如：高端装备。"
        )
        return fields

    def _occupation_help(self, suggested: dict[str, Any]) -> str:
        context = {"kind": self.kind, **suggested}
        return render_to_string("exchange/listing/_occupation_help.html", context)

    def suggest(self, suggested: dict[str, Any]) -> None:
        """Show what was read from title and text, for browsers without script."""
        if "occupation" in self.fields:
            self.fields["occupation"].help_text = self._occupation_help(suggested)

    def _amount_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if self.kind.quantity:
            fields["capacity"] = forms.IntegerField(
                label=f"{self.kind.quantity.label}（{self.kind.quantity.unit}）",
                min_value=1,
                max_value=LARGEST_QUANTITY,
                required=self.kind.quantity.required,
            )
        if self.kind.price:
            fields |= self._price_fields()
        if self.kind.has_period:
            fields["starts_on"] = half(
                forms.DateField(label="开始日", required=False, widget=DateInput())
            )
            fields["last_on"] = half(
                forms.DateField(label="最后一日", required=False, widget=DateInput())
            )
        return fields

    def _price_fields(self) -> dict[str, forms.Field]:
        assert self.kind.price is not None
        label, units = self.kind.price.label, self.kind.price.units
        return {
            "price_min": half(
                forms.DecimalField(
                    label=f"{label}下限",
                    min_value=Decimal(0),
                    max_digits=14,
                    decimal_places=2,
                    required=False,
                    widget=MoneyInput(),
                    help_text="固定数额只填这一格，不写“面议”。",
                )
            ),
            "price_max": half(
                forms.DecimalField(
                    label=f"{label}上限",
                    min_value=Decimal(0),
                    max_digits=14,
                    decimal_places=2,
                    required=False,
                    widget=MoneyInput(),
                )
            ),
            "price_unit": forms.ChoiceField(
                label="计价单位", choices=[(unit, unit) for unit in units], required=False
            ),
        }

    def _closing_fields(self) -> dict[str, forms.Field]:
        return {
            "description": forms.CharField(
                label="补充说明",
                max_length=5000,
                required=False,
                widget=grown(rows=4),
                help_text="不写电话、邮箱、微信等联系方式，对方应答后在洽谈中交换。",
            ),
            "visibility": forms.ChoiceField(
                label="可见范围",
                choices=Visibility.choices,
                widget=RadioList(),
                initial=self.kind.visibility,
            ),
        }

    def _groups(self, *, own: list[str]) -> list[tuple[str, list[str]]]:
        amounts = ["capacity", "price_min", "price_max", "price_unit", "starts_on", "last_on"]
        basic = [
            name
            for name in self.fields
            if name not in {*own, *amounts, "description", "visibility"}
        ]
        groups = [
            ("基本信息", basic),
            ("数量、价格与时间", [name for name in amounts if name in self.fields]),
            (f"{self.kind.label}专项", own),
            ("说明与可见范围", ["description", "visibility"]),
        ]
        return [group for group in groups if group[1]]

    def _ask_little(self) -> None:
        for name, item in self.fields.items():
            if name not in ("title", "division"):
                item.required = False

    def content(self) -> ListingContent:
        """What was typed, as the commands take it."""
        given = self.cleaned_data
        last_on = given.get("last_on")
        return ListingContent(
            kind=self.kind.code,
            side=self.side,
            title=given["title"].strip(),
            description=given.get("description", "").strip(),
            division_id=given["division"].pk,
            place=given.get("place", ""),
            industry_id=key_of(given.get("industry")),
            occupation_id=key_of(given.get("occupation")),
            industry_chain=given.get("industry_chain", ""),
            majors=tuple(given.get("majors") or ()),
            capacity=given.get("capacity"),
            price_min=given.get("price_min"),
            price_max=given.get("price_max"),
            price_unit=given.get("price_unit", ""),
            starts_on=given.get("starts_on"),
            ends_on=last_on + ONE_DAY if last_on else None,
            visibility=given.get("visibility") or self.kind.visibility,
            details=self._details(),
        )

    def _details(self) -> dict[str, Any]:
        values = {
            item.name: stored_value(self.cleaned_data.get(item.name), item=item)
            for item in self.kind.fields_on(side=self.side)
        }
        return {name: value for name, value in values.items() if value not in (None, "", [])}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._refuse_faults()
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        if not self.judged:
            self._errors = ErrorDict()

    def _refuse_faults(self) -> None:
        """The rules that look at several fields; a draft must obey only the orders among them."""
        for fault in faults_of(self.content(), kind=self.kind):
            if self.whole or fault.field in ("price_max", "ends_on"):
                self.add_fault(fault)

    def add_fault(self, fault: Fault) -> None:
        name = "last_on" if fault.field == "ends_on" else fault.field
        self.add_error(name if name in self.fields else None, fault.sentence)


SUGGESTED = "_suggested"


def with_suggestions(data: QueryDict) -> QueryDict:
    """What was typed, with the suggestions that were ticked in fields that are still empty.

    Names of skills are added to those that stand there.
    """
    suggested = [name for name in data if name.endswith(SUGGESTED)]
    if not suggested:
        return data
    filled = data.copy()
    for name in suggested:
        field, ticked = name.removesuffix(SUGGESTED), data.getlist(name)
        if field == SKILL_NAMES.name:
            filled[field] = joined_names(data.get(field, ""), *ticked)
        elif not data.get(field):
            filled[field] = ticked[0]
    return filled


def joined_names(*texts: str) -> str:
    """Names by comma, each once (顿号分隔)."""
    names = [name.strip() for text in texts for name in re.split("[、,，;；]", text)]
    return "、".join(dict.fromkeys(filter(None, names)))


def half(item: forms.Field) -> forms.Field:
    """A field that shares its line with the next one."""
    item.half = True  # type: ignore[attr-defined]
    return item


def key_of(entry: Any) -> str | None:
    return entry.pk if entry else None


def initial_of(listing: Listing) -> dict[str, Any]:
    """A stored listing as the form shows it."""
    values = {PLAIN_NAMES.get(name, name): value for name, value in columns_of(listing).items()}
    values["last_on"] = listing.ends_on - ONE_DAY if listing.ends_on else None
    return {**values, **yes_no_words(listing)}


def columns_of(listing: Listing) -> dict[str, Any]:
    columns = listing.content.columns()
    details = columns.pop("details")
    return {**columns, **details}


def yes_no_words(listing: Listing) -> dict[str, str]:
    """Booleans as the radio buttons know them."""
    return {
        name: "yes" if value else "no"
        for name, value in listing.details.items()
        if isinstance(value, bool)
    }
