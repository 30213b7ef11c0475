"""Workflow tables are drawn, complete and current."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from silian.foundation.kernel.jobs import job_steps
from silian.foundation.kernel.workflow_documents import all_workflows, workflows_document


def test_the_document_is_current() -> None:
    call_command("workflows", check=True)


def test_a_stale_document_is_named(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="silian workflows"):
        call_command("workflows", check=True)
    (tmp_path / "docs").mkdir()
    call_command("workflows", stdout=io.StringIO())
    call_command("workflows", check=True)


def test_every_step_of_every_table_stands_in_the_document() -> None:
    text = workflows_document()
    drawn = all_workflows()
    assert job_steps in [one.table for one in drawn]
    assert len({one.title for one in drawn}) == len(drawn)
    for one in drawn:
        for step in one.table.transitions:
            assert f"（{step.name}）" in text or f"| {step.name} |" in text


def test_a_diagram_names_its_states_in_chinese() -> None:
    lines = job_steps.diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    queued: 排队中" in lines
    assert "    running --> done: 完成" in lines
