"""How forms are drawn: labels, help, errors twice, nothing lost."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from silian.foundation.ui.style_guide import SampleForm


def page(**data: object) -> html.HtmlElement:
    form = SampleForm(data or None)
    return html.fragment_fromstring(str(form), create_parent="div")


def test_every_control_has_a_label() -> None:
    drawn = page()
    for control in drawn.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = drawn.xpath(f"//label[@for='{control.get('id')}']")
        assert labelled or control.getparent().tag == "label", control.get("name")


def test_help_and_errors_are_bound_to_the_control() -> None:
    control = page(title="").xpath("//input[@name='title']")[0]
    ids = control.get("aria-describedby").split()
    assert "id_title_helptext" in ids
    assert "id_title_error" in ids
    assert control.get("aria-invalid") == "true"


def test_errors_stand_under_the_field_and_on_top_with_links() -> None:
    drawn = page(title="", people="0")
    assert drawn.xpath("//*[@id='id_people_error']")
    links = drawn.xpath("//div[@role='alert']//a/@href")
    assert "#id_title" in links
    assert "#id_people" in links
    for link in links:
        assert drawn.xpath(f"//*[@id='{link[1:]}']"), link


def test_what_was_typed_stays() -> None:
    drawn = page(title="数控多轴操作调整工", people="0", benefits=["bed"], kind="class")
    assert drawn.xpath("//input[@name='title']/@value") == ["数控多轴操作调整工"]
    assert drawn.xpath("//input[@name='people']/@value") == ["0"]
    assert drawn.xpath("//input[@name='benefits' and @checked]/@value") == ["bed"]
    assert drawn.xpath("//input[@name='kind' and @checked]/@value") == ["class"]


def test_money_has_its_unit_behind() -> None:
    assert page().xpath("//input[@name='pay']/following-sibling::span/text()") == ["元"]


def test_a_picker_works_as_a_plain_box() -> None:
    picker = page(occupation="6-18-01-07").xpath("//input[@name='occupation']")[0]
    assert picker.get("value") == "6-18-01-07"
    assert picker.get("data-sl-picker") == "/ui/style-guide/words/"


def test_consent_is_never_ticked_beforehand() -> None:
    assert page().xpath("//input[@name='consent']/@checked") == []


def test_fields_stand_in_their_groups() -> None:
    assert page().xpath("//fieldset[@class='sl-fieldset']/legend/text()") == ["岗位", "时间与条件"]


def test_a_complete_form_is_valid() -> None:
    data = {
        "title": "操作工",
        "kind": "post",
        "people": 24,
        "pay": "3400",
        "starts_on": "2026-06-01",
    }
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    form = SampleForm({**data, "region": "gaoxin", "consent": "on"}, {"file": file})
    assert form.is_valid(), form.errors


def test_a_missing_answer_is_asked_for_in_our_words() -> None:
    errors = SampleForm({}).errors
    assert errors["title"] == ["请填写"]
    assert errors["kind"] == ["请选择"]
    assert errors["consent"] == ["请勾选"]
