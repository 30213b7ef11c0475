"""Keeps the data of students and apprentices while their practice runs."""

from __future__ import annotations

from silian.operations.placements.queries.keeping import reason_to_keep_student
from silian.registers.people.registry import register_keeper

register_keeper(reason_to_keep_student)
