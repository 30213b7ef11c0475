"""A field that takes an organisation by its name or code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from silian.foundation.ui.widgets import Picker
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

SHOWN = 3


class OrganisationField(forms.Field):
    """One verified organisation of a kind, picked or typed; cleans to the row."""

    def __init__(self, *, kind: OrganisationKind, **given: Any) -> None:
        self.kind = kind
        given.setdefault(
            "widget",
            Picker(
                url=reverse_lazy("programmes:pick", args=[kind.value]),  # type: ignore[arg-type]
                label_of=self.label_of,
            ),
        )
        super().__init__(**given)

    def label_of(self, value: str) -> str:
        found = Organisation.objects.filter(pk=value).first() if value.isdigit() else None
        return found.name if found else value

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Organisation) else value

    def rows(self) -> Any:
        return Organisation.objects.filter(kind=self.kind, state="verified")

    def to_python(self, value: Any) -> Organisation | None:
        if isinstance(value, Organisation) or value in self.empty_values:
            return value or None
        return self.organisation(str(value).replace("\x00", "").strip()[:120])

    def organisation(self, text: str) -> Organisation:
        """The one organisation that the text names by key, code or name."""
        rows = self.rows()
        found = rows.filter(pk=int(text)).first() if text.isdigit() and len(text) < 12 else None
        found = found or rows.filter(uscc=text).first() or rows.filter(name=text).first()
        if found is not None:
            return found
        alike = list(rows.filter(name__icontains=text).order_by("name")[:SHOWN])
        if len(alike) == 1:
            return alike[0]
        label = OrganisationKind(self.kind).label
        shown = f"相近的有：{'、'.join(row.name for row in alike)}。" if alike else ""
        raise ValidationError(
            f"没有找到名为“{text}”的已核验{label}。{shown}请输入全称或统一社会信用代码。"
        )


class OrganisationsField(OrganisationField):
    """Several organisations, names apart by 、 or a new line; cleans to a list."""

    def __init__(self, *, kind: OrganisationKind, **given: Any) -> None:
        given.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        given.setdefault("help_text", "每行一家，写单位全称或统一社会信用代码。")
        super().__init__(kind=kind, **given)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(getattr(row, "name", str(row)) for row in value)
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        names = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return list(dict.fromkeys(self.organisation(name[:120]) for name in names))
