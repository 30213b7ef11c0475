"""Readable papers for the demonstration: a charter, a report, minutes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.db.models import Model
from docx import Document

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.files import store_content


def paper(title: str, lines: Sequence[str]) -> bytes:
    """A short Word document."""
    document = Document()
    document.add_heading(title, level=1)
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def attach(subject: Model, *, name: str, lines: Sequence[str], actor: Actor) -> None:
    """Keep a paper for a row."""
    content = paper(name, [*lines, "演示数据，内容为虚构。"])
    store_content(name=f"{name}.docx", content=content, subject=subject, actor=actor)
