"""Make the Word and the PDF file of a bulletin from its frozen data."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.drafting import Content, NewFile, edit_edition
from silian.casework.publications.models import Edition
from silian.foundation.kernel.actors import Actor

Render = Callable[..., bytes]


@transaction.atomic
def attach_bulletin_files(*, edition_id: int, word: Render, pdf: Render, actor: Actor) -> Edition:
    """Give the draft its two files, in place of earlier ones (生成简报文件).

    A bulletin that has been handed in keeps the files it has. ``word`` and ``pdf`` turn what the
    bulletin says into a document.
    """
    edition = Edition.objects.get(pk=edition_id)
    if edition.state != EditionState.DRAFT:
        return edition
    said, facts = edition.snapshot["bulletin"], {"label": edition.label, "title": edition.title}
    name = f"{edition.title}（{edition.label}）"
    made = [
        NewFile(name=f"{name}.docx", content=word(said, **facts)),
        NewFile(name=f"{name}.pdf", content=pdf(said, **facts)),
    ]
    content = Content(
        title=edition.title,
        summary=edition.summary,
        period_starts_on=edition.period_starts_on,
        period_ends_on=edition.period_ends_on,
        snapshot=edition.snapshot,
    )
    earlier = list(edition.files.values_list("pk", flat=True))
    return edit_edition(
        edition_id=edition_id, content=content, files=made, dropped_file_ids=earlier, actor=actor
    )
