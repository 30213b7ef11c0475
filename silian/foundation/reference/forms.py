"""Form fields that take an entry of a catalogue, and the form of an official file.

The fields show a picker; without script a code or a name is typed, and what is typed is
understood on the server or refused with candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.functional import lazy

from silian.foundation.reference.choices import Catalogue
from silian.foundation.reference.gateways import Edition, table_text
from silian.foundation.reference.models import Division, Entry
from silian.foundation.reference.queries.divisions import division_named, successors_of
from silian.foundation.reference.queries.entries import MODELS, entries_called, full_names
from silian.foundation.reference.rules.codes import tidy_code
from silian.foundation.reference.rules.rows import UnreadableFile
from silian.foundation.ui.widgets import DateInput, FileInput, Picker

SHOWN_CANDIDATES = 5
BETWEEN_ENTRIES = re.compile(r"[,，;；\n]")  # names themselves contain 、
LARGEST_FILE = 10 * 1024 * 1024  # the longest national list is below 2 MB


def picker_address(*, catalogue: str, **narrowing: str) -> str:
    """The picker's address with what narrows it: ``within``, ``level``, ``education_level``."""
    query = urlencode({name: value for name, value in narrowing.items() if value})
    address = reverse("reference:picker", kwargs={"catalogue": catalogue})
    return f"{address}?{query}" if query else address


class EntryField(forms.Field):
    """One entry of a catalogue, typed or picked; cleans to the entry itself."""

    catalogue: str
    example: str

    def __init__(
        self, *, within: str = "", level: int | None = None, education_level: str = "", **given: Any
    ) -> None:
        self.within, self.level, self.education_level = within, level, education_level
        name = Catalogue(self.catalogue).label
        given.setdefault(
            "widget",
            Picker(
                url=lazy(picker_address, str)(
                    catalogue=self.catalogue,
                    within=within,
                    level=str(level or ""),
                    education_level=education_level,
                ),
                label_of=self.label_of,
            ),
        )
        given.setdefault("label", name)
        given["error_messages"] = {
            "required": f"请选择{name}。可输入名称、拼音首字母或代码，例如{self.example}。",
            **given.get("error_messages", {}),
        }
        super().__init__(**given)

    def label_of(self, value: str) -> str:
        entry = MODELS[self.catalogue].objects.filter(pk=value).first()
        return entry.label if entry else value

    def prepare_value(self, value: Any) -> Any:
        return value.key if isinstance(value, Entry) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(self.prepare_value(data) or "")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Entry) or value in self.empty_values:
            return value or None
        entry = self.entry_meant(str(value).replace("\x00", "").strip()[:120])
        self.check_usable(entry)
        return entry

    def entry_meant(self, text: str) -> Entry:
        """The entry that the text names by key, code or name."""
        entries = MODELS[self.catalogue].objects
        code = tidy_code(catalogue=self.catalogue, code=text)
        found = entries.filter(pk=text) or entries.filter(code=code) or self.named(text)
        candidates = list(found[: SHOWN_CANDIDATES + 1])
        if len(candidates) == 1:
            return candidates[0]
        raise ValidationError(
            self.ambiguous(text, candidates) if candidates else self.unknown(text)
        )

    def named(self, text: str) -> Any:
        return entries_called(
            catalogue=self.catalogue,
            name=text,
            level=self.level,
            education_level=self.education_level,
        )

    def unknown(self, text: str) -> str:
        name = Catalogue(self.catalogue).label
        return f"{name}目录中没有“{text}”。请输入名称或代码，例如{self.example}。"

    def ambiguous(self, text: str, candidates: Sequence[Any]) -> str:
        shown = "；".join(
            f"{entry.label}（{entry.code}）" for entry in candidates[:SHOWN_CANDIDATES]
        )
        more = "等" if len(candidates) > SHOWN_CANDIDATES else ""
        return f"“{text}”有多个对应：{shown}{more}。请输入其中一个代码。"

    def check_usable(self, entry: Any) -> None:
        if entry.valid_to is not None:
            raise ValidationError(self.ended(entry))
        if self.within and self.within not in entry.path:
            bound = self.label_of(self.within)
            raise ValidationError(f"“{entry.label}”不在{bound}范围内。请选择{bound}下的条目。")
        if self.level and not entry.level <= self.level <= max(entry.level, entry.bottom_level):
            raise ValidationError(f"“{entry.label}”的层级不符合要求。请选择更具体的条目。")

    def ended(self, entry: Any) -> str:
        return f"“{entry.label}”已于 {entry.valid_to} 停用。请选择现行条目。"


class DivisionField(EntryField):
    """An administrative division (行政区划)."""

    catalogue = Catalogue.DIVISION
    example = "“曲靖市”或“530300”"

    def named(self, text: str) -> Any:
        division = division_named(text, within=self.within) or division_named(text)
        return [division] if division else super().named(text)

    def ambiguous(self, text: str, candidates: Sequence[Division]) -> str:
        names = full_names(catalogue=self.catalogue, entries=candidates[:SHOWN_CANDIDATES])
        shown = "；".join(names.values())
        return f"“{text}”有多个对应：{shown}。请写明上级，或输入6位代码。"

    def ended(self, entry: Division) -> str:
        following = "、".join(f"{heir.name}（{heir.code}）" for heir in successors_of(entry.code))
        cure = f"现为{following}，请改选。" if following else "请选择现行区划。"
        return f"“{entry.name}”已于 {entry.valid_to} 撤销。{cure}"


class IndustryField(EntryField):
    """A class of the national economy (国民经济行业)."""

    catalogue = Catalogue.INDUSTRY
    example = "“汽车制造业”或“36”"


class OccupationField(EntryField):
    """An occupation (职业)."""

    catalogue = Catalogue.OCCUPATION
    example = "“车工”或“6-18-01-01”"


class MajorField(EntryField):
    """A major of vocational education (专业)."""

    catalogue = Catalogue.MAJOR
    example = "“机电一体化技术”或“460301”"


class EntriesField(forms.Field):
    """Several entries of one catalogue; cleans to a list without repetitions."""

    single: type[EntryField]

    def __init__(self, *, most: int = 20, **given: Any) -> None:
        narrowing = {
            name: given.pop(name)
            for name in ("within", "level", "education_level")
            if name in given
        }
        self.one = self.single(**narrowing)
        self.most = most
        catalogue = self.single.catalogue
        address = {name: str(value or "") for name, value in narrowing.items()}
        given.setdefault(
            "widget",
            Picker(
                url=lazy(picker_address, str)(catalogue=catalogue, **address),
                label_of=self.labels_of,
                multiple=True,
            ),
        )
        given.setdefault("label", Catalogue(catalogue).label)
        given["error_messages"] = {
            "required": self.one.error_messages["required"],
            **given.get("error_messages", {}),
        }
        super().__init__(**given)

    def labels_of(self, value: str) -> str:
        return ",".join(self.one.label_of(key) for key in value.split(","))

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return ",".join(str(self.one.prepare_value(item)) for item in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (self.prepare_value(data) or "")

    def to_python(self, value: Any) -> list[Any]:
        texts = BETWEEN_ENTRIES.split(value) if isinstance(value, str) else list(value or [])
        wanted = [text for text in texts if isinstance(text, Entry) or text.strip()]
        if len(wanted) > self.most:
            raise ValidationError(f"选了 {len(wanted)} 项，最多 {self.most} 项。请减少后再提交。")
        found = [self.one.to_python(text) for text in wanted]
        return list({entry.key: entry for entry in found}.values())


class DivisionsField(EntriesField):
    """Several divisions (行政区划)."""

    single = DivisionField


class IndustriesField(EntriesField):
    """Several classes of the economy (国民经济行业)."""

    single = IndustryField


class OccupationsField(EntriesField):
    """Several occupations (职业)."""

    single = OccupationField


class MajorsField(EntriesField):
    """Several majors (专业)."""

    single = MajorField


class CatalogueFileForm(forms.Form):
    """An official file with what it is and from when it counts (上传目录文件)."""

    catalogue = forms.ChoiceField(label="目录", choices=Catalogue.choices)
    title = forms.CharField(label="名称", max_length=120, help_text="例如：国民经济行业分类")
    edition = forms.CharField(
        label="版本", max_length=20, help_text="年份开头，例如 2017；同一版本再次上传视为更新"
    )
    valid_from = forms.DateField(
        label="启用日", widget=DateInput(), help_text="新增和停用的条目以此日为准"
    )
    source = forms.CharField(
        label="来源文件", max_length=200, help_text="标准号或文号，例如 GB/T 4754-2017"
    )
    file = forms.FileField(
        label="文件",
        widget=FileInput(
            limit="CSV（UTF-8 或 GB18030）或 xlsx，首行为列名，至少有“代码”“名称”两列"
        ),
    )

    def clean_edition(self) -> str:
        edition: str = self.cleaned_data["edition"].strip()
        if not edition[:4].isdigit() or len(edition) < 4:
            raise ValidationError("版本应以4位年份开头，例如 2017。请改填。")
        return edition

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("文件超过 10 MB。请确认上传的是单个目录的完整文件。")
        try:
            self.cleaned_data["text"] = table_text(file.read(), name=file.name or "")
        except UnreadableFile as reason:
            raise ValidationError(str(reason))
        return file

    def edition_meant(self) -> Edition:
        data = self.cleaned_data
        return Edition(
            catalogue=data["catalogue"],
            edition=data["edition"],
            title=data["title"],
            source=data["source"],
            valid_from=data["valid_from"],
        )
