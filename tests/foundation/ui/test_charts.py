"""Charts carry unit, source, table and download."""

from __future__ import annotations

import datetime
import json
from urllib.parse import unquote

import pytest
from django.template import engines
from lxml import html

from silian.foundation.ui.charts import Chart, Series


def chart(**given: object) -> Chart:
    values = {
        "name": "supply",
        "title": "紧缺职业供求",
        "unit": "人",
        "source": "企业用工登记",
        "as_of": datetime.date(2026, 3, 18),
        "labels": ["数控", "养老护理"],
        "series": [Series("需求", [312, 196]), Series("供给", [96, None])],
    }
    return Chart(**{**values, **given})  # type: ignore[arg-type]


def drawn(tag: str, shown: Chart) -> html.HtmlElement:
    template = engines["django"].from_string("{% " + tag + " chart %}")
    return html.fragment_fromstring(template.render({"chart": shown}))


@pytest.mark.parametrize("tag", ["chart", "bars"])
def test_a_chart_says_unit_source_and_day(tag: str) -> None:
    text = drawn(tag, chart()).text_content()
    assert "单位：人" in text
    assert "来源：企业用工登记，2026年3月18日" in " ".join(text.split())


@pytest.mark.parametrize("tag", ["chart", "bars"])
def test_a_chart_always_carries_its_table(tag: str) -> None:
    table = drawn(tag, chart()).xpath("//table")[0]
    assert [cell.text_content() for cell in table.xpath(".//td")] == ["312", "96", "196", "未设定"]


def test_the_download_needs_no_request_and_opens_as_chinese() -> None:
    kind, _, content = chart().csv_url.partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    lines = unquote(content).lstrip("\ufeff").splitlines()
    assert lines[:3] == ["紧缺职业供求（人）,需求,供给", "数控,312,96", "养老护理,196,"]


def test_the_drawing_data_is_json_in_an_attribute() -> None:
    shown = chart(title="</figure><script>", labels=['"数控"', "<b>"])
    data = json.loads(drawn("chart", shown).get("data-sl-chart"))
    assert data["labels"] == ['"数控"', "<b>"]
    assert data["series"][1]["values"] == [96, None]


def test_bars_share_one_scale_from_zero() -> None:
    assert [(bar.width, bar.mark) for bar in chart().bars] == [("100.0", "30.8"), ("62.8", "")]


def test_nothing_but_zeros_draws_no_bar() -> None:
    assert [bar.width for bar in chart(series=[Series("需求", [0, 0])]).bars] == ["", ""]


def test_a_series_must_fit_the_labels() -> None:
    with pytest.raises(ValueError, match="供给"):
        chart(series=[Series("供给", [1])])
