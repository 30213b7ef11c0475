"""Several files at once, as proof."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets

MOST_FILES = 10  # more belong into one PDF or archive


class FilesInput(widgets.FileInput):
    """A box that takes several files (附件)."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class EvidenceField(forms.FileField):
    """Proof: any number of files up to ten; cleans to a list (佐证材料)."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [data] if data and not isinstance(data, list) else (data or [])
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"一次最多 {MOST_FILES} 个文件，请合并后再上传。")
        if not given:
            super().clean(None, initial)
            return []
        return [super(EvidenceField, self).clean(upload, initial) for upload in given]


def evidence_field(*, required: bool = False, help_text: str = "") -> EvidenceField:
    """The box for proof under its usual name (佐证材料)."""
    return EvidenceField(
        label="佐证材料",
        required=required,
        help_text=help_text or "PDF、图片、Word、Excel，可一次选多个。",
    )


def growing(rows: int) -> forms.Textarea:
    """A box for several lines that grows with what is typed."""
    return forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})


def halves(form: forms.BaseForm, *names: str) -> None:
    """Put fields beside their neighbours."""
    for name in names:
        form.fields[name].half = True  # type: ignore[attr-defined]
