"""Shapes of input of an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.exchange.choices import ImportMode, Side
from silian.operations.exchange.kinds import kind_of, listing_kinds
from silian.operations.exchange.models.listing_import import ListingImport
from silian.operations.exchange.rules.import_columns import targets_of

UNUSED = ""


def kinds_open_to(organisation_kind: str) -> list[tuple[str, str]]:
    return [
        (kind.code, kind.label)
        for kind in listing_kinds().values()
        if kind.may_be_published_by(organisation_kind=organisation_kind)
    ]


class UploadForm(forms.Form):
    """The file and what it holds (选文件)."""

    kind = forms.ChoiceField(label="类别")
    side = forms.ChoiceField(label="方向", choices=Side.choices, widget=widgets.RadioList())
    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名。编码 UTF-8、GB18030 都可以。",
    )

    def __init__(self, *args: Any, organisation_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_open_to(organisation_kind)  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column of the file means (对应列)."""

    mode = forms.ChoiceField(
        label="遇到不合格的行", choices=ImportMode.choices, widget=widgets.RadioList()
    )

    def __init__(self, *args: Any, batch: ListingImport, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"mode": batch.mode})
        super().__init__(*args, **kwargs)
        self.headings: list[str] = list(batch.headings)
        targets = [(item.name, item.label) for item in targets_of(kind_of(batch.kind))]
        for place, heading in enumerate(self.headings):
            samples = [row[place] for row in batch.sample if place < len(row) and row[place]]
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading,
                required=False,
                choices=[(UNUSED, "不导入"), *targets],
                initial=batch.mapping.get(heading, UNUSED),
                help_text="例：" + "；".join(text[:24] for text in samples[:2]) if samples else "",
            )
        self.order_fields([*[f"column_{n}" for n in range(len(self.headings))], "mode"])

    @property
    def mapping(self) -> Mapping[str, str]:
        """Heading to field, columns that are not taken in left out."""
        chosen = {
            heading: self.cleaned_data[f"column_{place}"]
            for place, heading in enumerate(self.headings)
        }
        return {heading: target for heading, target in chosen.items() if target != UNUSED}
