from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from silian.operations.exchange.gateways.copying import copy_into, field_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "\\N"), ("a\tb", "a\\tb"), ("\\N", "\\\\N"), ("行\r\n", "行\\r\\n"), (True, "True")],
)
def test_a_value_becomes_a_field_of_the_line(value: Any, text: str) -> None:
    assert field_text(value) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\\",
        "\\N",
        "\\.",
        "a\tb",
        "行\r\n列",
        '"{},',
        "\x0b\x1f\x7f",
        "𠀀 é \u2028",
        "\\u0000",
    ],
)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    items = [text, "b", text]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE copied (number int, text text, items text[], data jsonb, same bool)"
        )
        copy_into(
            "copied",
            columns=["number", "text", "items", "data"],
            rows=[(1, text, items, {"key": text})],
            shared={"same": True},
        )
        cursor.execute("SELECT number, text, items, data ->> 'key', same FROM copied")
        assert cursor.fetchall() == [(1, text, items, text, True)]
        cursor.execute("DROP TABLE copied")


def test_nul_is_left_out_because_the_database_cannot_hold_it() -> None:
    assert field_text("a\x00b") == "ab"
    assert field_text({"key": "a\x00b"}) == '{"key": "ab"}'
