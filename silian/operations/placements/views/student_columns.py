"""The first column of lists of students: the name for school and host, masked for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.tables import Column
from silian.operations.placements.models import Internship
from silian.operations.placements.views.names import shown_name


def student_column(actor: Actor, *, of: Callable[[Any], Internship] | None = None) -> Column:
    """The student of a row; ``of`` finds the internship when the row is another thing."""
    if of is None:
        return Column(
            "student",
            "学生",
            value=lambda row: shown_name(actor, row),
            sort="person__name",
            main=True,
        )
    return Column("student", "学生", value=lambda row: shown_name(actor, of(row)), main=True)
