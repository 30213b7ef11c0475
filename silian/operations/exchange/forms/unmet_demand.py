"""Registering what was looked for and not found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.rules.unmet_demand import MissedSupply


class UnmetDemandForm(forms.Form):
    """The demand behind a search without result (登记未满足需求)."""

    kind = forms.ChoiceField(label="所缺类别")
    side = forms.ChoiceField(label="方向", choices=Side.choices, widget=widgets.RadioList())
    title = forms.CharField(
        label="需要什么", max_length=80, help_text="写对象和数量，例如：五轴加工实训工位 30 个。"
    )
    description = forms.CharField(
        label="用途和要求",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""}),
        help_text="用来做什么、什么标准、在哪里、持续多久。核实后对外公开，请勿写电话。",
    )
    quantity = forms.IntegerField(label="数量", min_value=1, required=False)
    needed_by = forms.DateField(label="最迟何时需要", required=False, widget=widgets.DateInput())
    division = DivisionField(label="所在区划")
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, kind.label) for code, kind in listing_kinds().items()
        ]

    @staticmethod
    def initial_from(query: QueryDict, *, division: str) -> dict[str, Any]:
        """What the search already said; anything senseless is dropped."""
        kinds, sides = listing_kinds(), set(Side.values)
        kind, side = query.get("kind", ""), query.get("side", "")
        asked = query.get("division", "")
        known = asked.isdigit() and len(asked) == 6
        text = query.get("text", "").strip()
        return {
            "kind": kind if kind in kinds else "",
            "side": side if side in sides else Side.SUPPLY,
            "title": text[:80],
            "division": asked if known else division,
            "query": text[:200],
        }

    def missed(self) -> MissedSupply:
        """The demand as typed, with the search that led to it."""
        data = self.cleaned_data
        return MissedSupply(
            kind=data["kind"],
            side=data["side"],
            title=data["title"],
            description=data["description"],
            division=data["division"].pk,
            quantity=data["quantity"],
            needed_by=data["needed_by"],
            query=data["query"],
            filters={"kind": data["kind"], "side": data["side"], "division": data["division"].pk},
        )
