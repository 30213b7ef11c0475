"""The glossary pairs every table of the house with its official Chinese term."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text())
PINYIN_WORDS = re.compile(r"\b(?:danwei|qiye|xuexiao|shixi|gongxu|zhengce|renwu|jiaoyu)\w*\b")


def our_models() -> list[tuple[str, str]]:
    return sorted(
        (model.__name__, str(model._meta.verbose_name))
        for model in apps.get_models()
        if model.__module__.startswith("silian.")
    )


def test_every_table_stands_in_the_glossary_with_its_chinese_name() -> None:
    missing = [
        f"{name}: {chinese}" for name, chinese in our_models() if GLOSSARY.get(name) != chinese
    ]
    assert not missing


def test_one_chinese_term_names_one_thing() -> None:
    terms = list(GLOSSARY.values())
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_identifiers_are_english_not_pinyin() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "silian").rglob("*.py")
        if PINYIN_WORDS.search(path.read_text())
    ]
    assert not found
