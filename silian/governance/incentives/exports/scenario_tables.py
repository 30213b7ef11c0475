"""Cells of the table of rule cases, as a file holds them (规则情形表)."""

from __future__ import annotations

from silian.governance.incentives.queries.scenario_tables import CaseLine


def facts_cell(line: CaseLine) -> str:
    return "；".join(line.facts)


def expected_cell(line: CaseLine) -> str:
    return "；".join(f"{each.about}：{each.expected}" for each in line.checks)


def found_cell(line: CaseLine) -> str:
    return "；".join(f"{each.about}：{each.found}" for each in line.checks)


def situation_cell(line: CaseLine) -> str:
    return f"{line.title}（{line.supposed}）" if line.supposed else line.title
