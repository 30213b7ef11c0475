"""Make the papers of a claim from what the platform knows, and keep them with it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import WrongState
from silian.foundation.kernel.files import remove_file, store_content
from silian.governance.incentives.choices.claim_papers import PaperKind
from silian.governance.incentives.commands.claims import EDITABLE, fill, locked_own
from silian.governance.incentives.gateways.claim_papers import paper_pdf, roster_workbook
from silian.governance.incentives.gateways.claim_schemes import Document, book_for
from silian.governance.incentives.models import Claim, ClaimPaper
from silian.governance.incentives.queries.claim_paper_forms import made_of
from silian.governance.incentives.queries.claim_paper_rosters import roster_columns
from silian.governance.incentives.queries.claim_paper_sources import PaperSource, paper_source
from silian.governance.incentives.queries.claim_papers import content_of
from silian.governance.incentives.rules.claim_papers import (
    check_code,
    mark_of,
    paper_number,
    reason_not_made,
)


@transaction.atomic
def make_papers(
    *, claim_id: int, codes: Sequence[str] = (), actor: Actor, now: datetime.datetime
) -> list[ClaimPaper]:
    """Make papers of the claim as of today; without ``codes`` all that can be made (生成材料).

    The items are drawn anew first, as at the hand-in, so that what is made today may be handed in
    today. A paper whose data did not change stays as it is, with its signed scan.
    """
    claim = locked_own(claim_id, actor=actor)
    wanted = [
        each for each in book_for(claim.call.scheme).made_here if each.code in codes or not codes
    ]
    reason = reason_not_made(
        editable=claim.state in EDITABLE,
        state=claim.get_state_display(),
        kinds=[each.code for each in wanted],
    )
    if reason:
        raise WrongState(reason)
    fill(claim, today=now.date())
    source = paper_source(claim)
    made = [paper for each in wanted for paper in made_anew(each, source, actor=actor, now=now)]
    if made:
        titles = "、".join(dict.fromkeys(titles_of(wanted, made)))
        record(actor, "incentives.papers.made", claim, reason=f"生成{titles}")
    return made


def titles_of(documents: Sequence[Document], made: Sequence[ClaimPaper]) -> list[str]:
    codes = {each.code for each in made}
    return [each.title for each in documents if each.code in codes]


def made_anew(
    document: Document, source: PaperSource, *, actor: Actor, now: datetime.datetime
) -> list[ClaimPaper]:
    """The files of one paper; nothing where the same data made it already."""
    content = content_of(document.made, source)
    mark = mark_of(content)
    held = source.claim.papers.filter(code=document.code).exclude(data_sha256="")
    if any(each.is_made and each.data_sha256 == mark for each in held):
        return []
    for each in held.select_related("file"):
        remove_file(file=each.file, actor=actor, reason="按新的数据重新生成")
    said = {**content, **imprint(document, source, mark=mark, now=now)}
    return [
        ClaimPaper.objects.create(
            claim=source.claim,
            code=document.code,
            file=store_content(name=name, content=file, subject=source.claim, actor=actor),
            made_at=now,
            data_sha256=mark,
            made_of=made_of(source),
            shows_account=shows,
        )
        for name, file, shows in files_of(document, said, source.claim)
    ]


def imprint(
    document: Document, source: PaperSource, *, mark: str, now: datetime.datetime
) -> dict[str, Any]:
    """What stands on the paper and does not belong to its data: title, number, code, days."""
    claim = source.claim
    return {
        "title": document.title,
        "number": paper_number(claim=claim.number, kind=document.made),
        "pledge_number": paper_number(claim=claim.number, kind=PaperKind.PLEDGE),
        "check_code": check_code(mark),
        "columns": roster_columns(claim.call.scheme) if document.made == PaperKind.ROSTER else [],
        "made_at": f"{now:%Y-%m-%d %H:%M}",
        "as_of": claim.facts["as_of"],
        "rule_on": str(claim.rule_on),
        "is_demo": claim.is_demo or claim.organisation.is_demo or claim.call.is_demo,
    }


def files_of(
    document: Document, said: dict[str, Any], claim: Claim
) -> list[tuple[str, bytes, bool]]:
    """Name, content, whether the whole account stands in it, for each file of a paper."""
    name = f"{document.title}-{claim.number}"
    if document.made == PaperKind.FORM and claim.account_number:
        masked = with_account(said, claim.account_masked, whole=False)
        whole = with_account(said, claim.account_number, whole=True)
        return [
            (f"{name}.pdf", paper_pdf(document.made, whole), True),
            (f"{name}（账号已隐去）.pdf", paper_pdf(document.made, masked), False),
        ]
    if document.made == PaperKind.FORM:
        said = with_account(said, "未填写", whole=True)
    found = [(f"{name}.pdf", paper_pdf(document.made, said), False)]
    if document.made == PaperKind.ROSTER:
        found.append((f"{name}.xlsx", roster_workbook(said), False))
    return found


def with_account(said: dict[str, Any], number: str, *, whole: bool) -> dict[str, Any]:
    return {**said, "account": {**said["account"], "number": number, "whole": whole}}
