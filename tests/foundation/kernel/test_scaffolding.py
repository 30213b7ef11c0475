"""A scaffolded module has all its rooms, compiles, and takes no place that is taken."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.scaffolding import NewModule, make_module, reason_not_makeable, wiring

NEW = NewModule(
    floor="operations",
    module="training_bases",
    aggregate="base",
    label="实训基地",
    aggregate_label="基地",
)
ROOMS = {"apps", "choices", "commands", "events", "models", "permissions", "rules", "urls"}
ROOMS |= {"views", "workflow", "__init__"}


def test_every_room_is_there_and_compiles(tmp_path: Path) -> None:
    written = make_module(NEW, root=tmp_path)
    home = tmp_path / "silian" / "operations" / "training_bases"
    assert {path.stem for path in home.glob("*.py")} == ROOMS
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert "${" not in text
        if path.suffix == ".py":
            ast.parse(text)
    page = home / "templates" / "training_bases" / "base_list.html"
    assert "实训基地" in page.read_text(encoding="utf-8")
    tests = tmp_path / "tests" / "operations" / "training_bases"
    assert {path.name for path in tests.iterdir()} == {
        "access.py",
        "test_rules.py",
        "test_submit_base.py",
    }


def test_the_command_says_what_it_wrote_and_where_to_join_it(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command(
        "scaffold",
        "operations",
        "training_bases",
        aggregate="base",
        label="实训基地",
        aggregate_label="基地",
        root=str(tmp_path),
        stdout=out,
    )
    assert "silian/operations/training_bases/commands.py" in out.getvalue()
    assert wiring(NEW) in out.getvalue()


def test_a_module_is_never_written_over(tmp_path: Path) -> None:
    make_module(NEW, root=tmp_path)
    with pytest.raises(DomainError, match="已存在"):
        make_module(NEW, root=tmp_path)


@pytest.mark.parametrize("module", ["utils", "Bases", "../x", "a", "基地"])
def test_a_name_that_is_no_term_is_refused(module: str, tmp_path: Path) -> None:
    new = NewModule(
        floor="operations", module=module, aggregate="base", label="x", aggregate_label="x"
    )
    assert "不能作名称" in (reason_not_makeable(new, root=tmp_path) or "")


def test_an_unknown_floor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("scaffold", "cellar", "wine", aggregate="b", label="x", aggregate_label="x")
    assert not list(tmp_path.iterdir())
