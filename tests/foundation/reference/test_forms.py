"""Fields that take a catalogue entry, with and without script."""

from __future__ import annotations

import pytest
from django import forms

from silian.foundation.reference.forms import (
    DivisionField,
    EntryField,
    IndustryField,
    MajorField,
    MajorsField,
    OccupationField,
)

pytestmark = pytest.mark.usefixtures("catalogues")


def cleaned(field: EntryField, text: str) -> str:
    return field.clean(text).pk


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        (DivisionField(), "530300", "530300"),
        (DivisionField(), "曲靖市麒麟区", "530302"),
        (DivisionField(), "澜江省（演示）", "990000"),
        (DivisionField(within="990100"), "青河县", "990123"),
        (IndustryField(), "汽车制造业", "36"),
        (OccupationField(), "车工", "6-18-01-01"),
        (OccupationField(), "程序员", "4-04-05-01"),
        (MajorField(), "2021:460301", "2021:460301"),
        (MajorField(), "520101k", "2021:520101"),
        (MajorField(education_level="college"), "护理", "2021:520201"),
    ],
)
def test_a_code_or_a_name_is_understood(field: EntryField, text: str, key: str) -> None:
    assert cleaned(field, text) == key


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (DivisionField(), "", "请选择行政区划。可输入名称、拼音首字母或代码"),
        (DivisionField(), "没有市", "行政区划目录中没有“没有市”。请输入名称或代码"),
        (DivisionField(), "鼓楼区", "福建省 · 福州市 · 鼓楼区"),
        (DivisionField(), "邢台县", "“邢台县”已于 2020-06-05 撤销。现为襄都区（130502）、"),
        (DivisionField(within="990100"), "曲靖市", "“曲靖市”不在青澜市（演示）范围内"),
        (DivisionField(level=3), "曲靖市", "层级不符合要求"),
        (MajorField(), "护理", "护理（高等职业教育专科）（520201）"),
        (IndustryField(), "x" * 500, "国民经济行业目录中没有"),
    ],
)
def test_a_refusal_names_the_cure(field: EntryField, text: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(text)
    assert sentence in refusal.value.messages[0]


def test_the_form_shows_the_entry_and_asks_the_picker() -> None:
    class PlaceForm(forms.Form):
        place = DivisionField(within="990000", level=3)

    drawn = PlaceForm(initial={"place": DivisionField().clean("高新区")}).as_p()
    assert 'value="990104"' in drawn
    assert "/reference/picker/division/?within=990000&amp;level=3" in drawn
    assert "高新区（演示）" in drawn


def test_an_optional_field_may_stay_empty() -> None:
    assert IndustryField(required=False).clean("") is None


def test_an_unchanged_entry_is_no_change() -> None:
    field = DivisionField()
    assert not field.has_changed(field.clean("530300"), "530300")
    assert field.has_changed(None, "530300")


def test_several_entries_are_taken_once_each() -> None:
    field = MajorsField()
    found = field.clean("2021:460301，机电设备技术,460301")
    assert [major.code for major in found] == ["460301", "460202"]
    assert field.prepare_value(found) == "2021:460301,2021:460202"
    assert not field.has_changed(found, "2021:460301,2021:460202")


def test_one_wrong_entry_or_too_many_are_refused() -> None:
    with pytest.raises(forms.ValidationError, match="没有“没有这个专业”"):
        MajorsField().clean("460301,没有这个专业")
    with pytest.raises(forms.ValidationError, match="最多 1 项"):
        MajorsField(most=1).clean("460301,460202")
    with pytest.raises(forms.ValidationError, match="请选择专业"):
        MajorsField().clean("")
    assert MajorsField(required=False).clean("") == []
