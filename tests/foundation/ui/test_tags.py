"""What the tags draw: words beside colours, sources beside numbers, nothing unescaped."""

from __future__ import annotations

import datetime

import pytest
from django.template import engines

from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui.components import Entry, EvidenceFile, Fact, Reason
from silian.foundation.ui.helptexts import markdown_to_html

EVIL = "<script>alert(1)</script>"


def draw(source: str, **context: object) -> str:
    return " ".join(engines["django"].from_string(source).render(context).split())


@pytest.mark.parametrize(
    ("tone", "shape"),
    [
        ("ok", "check-circle-fill"),
        ("watch", "exclamation-triangle-fill"),
        ("late", "x-octagon-fill"),
        ("info", "info-circle"),
        ("unset", "dash-circle-dotted"),
        ("nonsense", "dash-circle-dotted"),
    ],
)
def test_a_state_has_shape_word_and_colour(tone: str, shape: str) -> None:
    html = draw('{% state "办理中" tone %}', tone=tone)
    assert f"bi-{shape}" in html
    assert "办理中" in html


def test_a_state_opens_to_its_history() -> None:
    entry = Entry(at=datetime.date(2026, 3, 18), what="受理申领", who="市人社局（演示）")
    html = draw('{% state "办理中" "info" history=entries %}', entries=[entry])
    assert "<details" in html
    assert "2026-03-18" in html
    assert "受理申领" in html


@pytest.mark.parametrize(
    ("value", "text"),
    [(156000, "156,000 元"), ("3400.50", "3,400.50 元"), (None, "未设定"), (0, "0 元")],
)
def test_money_has_separators_and_unset_is_said(value: object, text: str) -> None:
    assert draw("{{ value|yuan }}", value=value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1842, "1,842"), (None, "未设定"), (0, "0"), (2.5, "2.5")]
)
def test_numbers_have_separators(value: object, text: str) -> None:
    assert draw("{{ value|grouped }}", value=value) == text


def test_a_number_opens_to_its_rows_and_names_its_source() -> None:
    html = draw('{% number 1842 unit="条" source="供需登记" url="/rows/" %}')
    assert 'href="/rows/"' in html
    assert 'data-src="供需登记"' in html
    assert "1,842 条" in html


def test_an_unset_total_has_no_bar() -> None:
    html = draw('{% share 0 None label="高技能引进" %}')
    assert "未设定" in html
    assert "sl-track" not in html


def test_a_share_is_never_wider_than_its_track() -> None:
    assert "width:100.0%" in draw("{% share 30 20 %}")


def test_a_difference_says_old_and_new_in_words() -> None:
    html = draw('{% difference "3,200" "3,400 元" %}')
    assert "原：" in html
    assert "现：" in html


def test_facts_that_are_empty_say_so() -> None:
    assert "未设定" in draw("{% facts rows %}", rows=[Fact(name="导师", value="")])


def test_reasons_say_met_and_missing_in_words() -> None:
    html = draw("{% why rows %}", rows=[Reason(text="专业"), Reason(text="台位", met=False)])
    assert 'aria-label="符合："' in html
    assert 'aria-label="差："' in html


def test_evidence_shows_pictures_in_the_page() -> None:
    file = EvidenceFile(name="照片.jpg", url="/f/1", content_type="image/jpeg", size=2048)
    html = draw("{% evidence files %}", files=[file])
    assert '<img src="/f/1" alt="照片.jpg"' in html
    assert "2.0 KB" in html


def test_a_stored_file_is_evidence_with_its_doors() -> None:
    stored = StoredFile(
        pk=7, name="执照.pdf", content_type="application/pdf", size=10, sha256="ab" * 32
    )
    html = draw("{% evidence files %}", files=[stored])
    assert 'href="/files/7/"' in html
    assert 'data-sl-preview="/files/7/view/"' in html
    assert "abababab" in html


def test_a_panel_draws_its_content_once_and_escapes_its_title() -> None:
    html = draw("{% panel title=evil foot=evil %}<b>{{ evil }}</b>{% endpanel %}", evil=EVIL)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3
    assert "<b>" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% state evil %}",
        "{% tag evil icon=evil %}",
        "{% number evil source=evil url=evil %}",
        "{% empty_state evil why=evil action=evil url=evil %}",
        "{% difference evil 1 consequence=evil %}",
        "{% crumb evil evil %}",
        "{% confirm evil evil question=evil consequence=evil reason=evil %}",
        "{% icon evil label=evil %}",
    ],
)
def test_no_tag_lets_markup_through(source: str) -> None:
    assert "<script>" not in draw(source, evil=EVIL)


def test_a_confirmation_posts_without_script() -> None:
    html = draw('{% confirm "撤回" "/w/" question="撤回这条？" reason="理由" %}', csrf_token="t")
    assert 'method="post" action="/w/"' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert "required" in html


def test_help_texts_never_carry_markup() -> None:
    html = draw('{% help_panel "ui/style_guide" %}')
    assert "<li>" in html
    assert "<script>" not in markdown_to_html(source=EVIL)
    assert "href" not in markdown_to_html(source="[x](javascript:alert(1))")


def test_a_missing_help_text_draws_nothing() -> None:
    assert draw('{% help_panel "ui/not_written" %}') == ""


def test_a_browser_is_named_in_words() -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0"
    assert draw("{{ agent|device_name }}", agent=agent) == "Windows 电脑，Edge"
