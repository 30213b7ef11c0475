"""Templates and scripts keep the rules of style: small, at home, quiet, safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 150
TEMPLATES = sorted(ROOT.glob("silian/*/*/templates/**/*.html"))
SCRIPTS = sorted(ROOT.glob("silian/*/*/static/**/*.js"))
STYLES = sorted(ROOT.glob("silian/*/*/static/**/*.css"))

# A width, place or height that carries a number from the data cannot stand in a style sheet.
DATA_STYLE = re.compile(r"^(?:(?:width|left|height|--sl-[\w-]+)\s*:\s*\{\{[^}]+\}\}[\w%]*;?\s*)+$")
# Words that style sheets read with attr() or a selector; no script listens to them.
STYLE_WORDS = {"data-label", "data-src", "data-tone", "data-bs-theme"}
# Letters are read in mail programs, which know no style sheets.
MAIL = re.compile(r"/(?:e?mail|letters)/")
# Form widgets name their own templates, and a plug of a socket names the one it brings.
# ``frame.base_template`` is the workbench or the portal.
NAMED_BY_VARIABLE = {"option.template_name", "panel.template", "frame.base_template"}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
TEMPLATE_TAG = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)


def module_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[2]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def own(paths: list[Path]) -> list[Path]:
    """Not what was vendored."""
    return [path for path in paths if "vendor" not in path.parts]


def hits(paths: list[Path], pattern: str, *, flags: int = 0) -> list[str]:
    return [
        f"{name(path)}: {match.group(0)[:80]}"
        for path in paths
        for match in re.finditer(pattern, text_of(path), flags)
    ]


def all_at_home(templates: list[str], *, home: str) -> bool:
    return all(template.split("/")[0] in {home, "ui"} for template in templates)


def attributes(path: Path) -> Iterator[str]:
    """The names of all attributes, whatever template tags stand between them."""
    for match in re.finditer(r"\s([a-z][\w-]*)(?==|[\s>{])", text_of(path)):
        yield match.group(1)


def test_there_are_templates_to_check() -> None:
    assert len(TEMPLATES) > 40
    assert len(own(SCRIPTS)) > 3


def test_no_template_is_longer_than_150_lines() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in TEMPLATES}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_templates_include_and_extend_only_from_home_or_ui() -> None:
    wrong = []
    for path in TEMPLATES:
        home = module_of(path)
        for verb, target in re.findall(r"\{%\s*(include|extends)\s+([^\s%]+)", text_of(path)):
            if target in NAMED_BY_VARIABLE:
                continue
            named = re.findall(r"[\w-]+/[\w/.-]+", target)
            if not named or (home != "ui" and not all_at_home(named, home=home)):
                wrong.append(f"{name(path)}: {verb} {target}")
    assert not wrong


def test_no_script_stands_inside_a_template() -> None:
    bodies = hits(TEMPLATES, r"<script\b[^>]*>\s*[^<\s][^<]*", flags=re.DOTALL)
    assert not bodies
    assert not hits(TEMPLATES, r"<script\b(?![^>]*\bsrc=)[^>]*>")


def test_no_behaviour_stands_in_an_attribute() -> None:
    assert not hits(TEMPLATES, r"""\son[a-z]+\s*=\s*["']""")
    assert not hits(TEMPLATES, r"""(?:href|src|action)\s*=\s*["']\s*javascript:""")
    assert not hits(TEMPLATES, r"\s(?:hx-on|x-data|x-on|@click)")


def test_inline_style_only_carries_a_number_from_the_data() -> None:
    wrong = []
    for path in TEMPLATES:
        if MAIL.search(name(path)):
            continue
        for style in re.findall(r"""\sstyle\s*=\s*["']([^"']*)["']""", text_of(path)):
            with_values = re.sub(r"\{%\s*widthratio[^%]*%\}", "{{ ratio }}", style)
            if not DATA_STYLE.match(with_values.strip()):
                wrong.append(f"{name(path)}: {style}")
        wrong += [f"{name(path)}: <style>" for _ in re.findall(r"<style\b", text_of(path))]
    assert not wrong


def test_hooks_of_behaviour_begin_with_data_sl() -> None:
    wrong = [
        f"{name(path)}: {attribute}"
        for path in TEMPLATES
        for attribute in attributes(path)
        if attribute.startswith("data-")
        and not attribute.startswith("data-sl-")
        and attribute not in STYLE_WORDS
    ]
    assert not wrong


def test_scripts_find_elements_by_hooks_and_not_by_classes() -> None:
    calls = r"(?:querySelector(?:All)?|closest|matches)\(\s*[\"'`][^\"'`)]*\.[a-z]"
    assert not hits(own(SCRIPTS), calls)


@pytest.mark.parametrize("forbidden", [r"\beval\(", r"\bnew Function\b", r"\.innerHTML\s*="])
def test_scripts_never_run_text(forbidden: str) -> None:
    assert not hits(own(SCRIPTS), forbidden)


def test_every_picture_has_words() -> None:
    pictures = [
        f"{name(path)}: {picture[:80]}"
        for path in TEMPLATES
        for picture in re.findall(r"<img\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", text_of(path))
        if not re.search(r"\balt=", picture)
    ]
    assert not pictures


def test_every_posting_form_carries_its_token() -> None:
    wrong = []
    for path in TEMPLATES:
        text = text_of(path)
        for match in re.finditer(r"<form\b(.*?)</form>", text, re.DOTALL):
            posts = re.search(r"""method\s*=\s*["']post["']""", match.group(1), re.IGNORECASE)
            if posts and "{% csrf_token %}" not in match.group(1):
                wrong.append(f"{name(path)}: {match.group(0)[:80]}")
    assert not wrong


def test_nothing_comes_from_another_host() -> None:
    files = [*TEMPLATES, *own(SCRIPTS), *own(STYLES)]
    found = hits(files, r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", flags=re.IGNORECASE)
    assert not [hit for hit in found if "www.w3.org/" not in hit]


def test_every_table_names_itself() -> None:
    tables = [
        name(path)
        for path in TEMPLATES
        for table in re.findall(r"<table\b.*?</table>", text_of(path), re.DOTALL)
        if "<caption" not in table and "aria-label" not in table and not MAIL.search(name(path))
    ]
    assert not tables


def test_the_words_keep_calm() -> None:
    assert not hits(TEMPLATES, "！|请知悉|暂无数据|违规将")


def test_no_style_sheet_is_longer_than_a_file_may_be() -> None:
    assert [name(path) for path in own(STYLES) if len(path.read_text().splitlines()) > 400] == []
