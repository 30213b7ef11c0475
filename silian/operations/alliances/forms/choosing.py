"""Fields and initial values that several forms of the registers share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def units(*kinds: OrganisationKind, division: str = "") -> QuerySet[Organisation]:
    """Verified units of some kinds, of a region when one is named."""
    rows = Organisation.objects.filter(kind__in=kinds, state=OrganisationState.VERIFIED)
    if division:
        rows = rows.filter(division__code__startswith=subtree_prefix(division))
    return rows.order_by("division__code", "name")


def unit_field(label: str, **given: Any) -> forms.ModelChoiceField:
    """One unit, searched by typing."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        **{"empty_label": "请选择" if given.get("required", True) else "没有", **given},
    )


def long_text(label: str, *, most: int, rows: int = 4, **given: Any) -> forms.CharField:
    """Several lines of text."""
    box = forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


def day_field(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=widgets.DateInput(), **given)


def side_by_side(form: forms.Form, *names: str) -> None:
    """Put fields beside their neighbours."""
    for name in names:
        if name in form.fields:
            form.fields[name].half = True  # type: ignore[attr-defined]


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among rows."""
    form.fields[name].queryset = rows  # type: ignore[attr-defined]


def values_of(row: Model, *names: str) -> dict[str, Any]:
    """What stands in columns of a row, to begin a form with."""
    return {name: getattr(row, name) for name in names}


def key_of(row: Model | None) -> Any:
    return row.pk if row is not None else None
