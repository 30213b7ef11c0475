"""Papers of a claim, and the results that a unit states itself."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.files import remove_file, store_upload
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.commands.claims import (
    EDITABLE,
    compute,
    locked_editable,
    locked_own,
)
from silian.governance.incentives.gateways.claim_schemes import SETTLEMENT, book_for
from silian.governance.incentives.models import Claim, ClaimItem, ClaimPaper
from silian.governance.incentives.rules.claim_items import STATED

SETTLING = (ClaimState.AGREED, ClaimState.NOTICE, ClaimState.APPROVED)
MOST_PIECES = 999  # more is a slip of the keyboard


@transaction.atomic
def add_paper(
    *,
    claim_id: int,
    code: str,
    upload: UploadedFile[Any],
    actor: Actor,
    item: ClaimItem | None = None,
) -> ClaimPaper:
    """Hand in a file under a paper that the scheme asks for (上传材料).

    Under a paper that the platform made it is the signed scan of it.
    Papers of the settlement may follow until the claim is settled.
    """
    claim = locked_own(claim_id, actor=actor)
    document = next(
        (each for each in book_for(claim.call.scheme).documents if each.code == code), None
    )
    if document is None:
        raise DomainError("这项补贴不要这种材料。", field="code")
    later = document.at == SETTLEMENT and claim.state in SETTLING
    if claim.state not in EDITABLE and not later:
        raise WrongState(f"申领{claim.get_state_display()}，不能再上传这种材料。")
    file = store_upload(upload=upload, subject=claim, actor=actor)
    paper = ClaimPaper.objects.create(
        claim=claim, item=item, code=code, file=file, **signed_of(claim, code)
    )
    verb = "papers.signed" if paper.is_signed else "claim.changed"
    record(actor, f"incentives.{verb}", claim, reason=f"上传{document.title}")
    return paper


def signed_of(claim: Claim, code: str) -> dict[str, Any]:
    """A scan of a paper that the platform made bears the mark of that paper (签章件)."""
    made = claim.papers.filter(code=code, made_at__isnull=False).order_by("-shows_account").first()
    if made is None:
        return {}
    return {
        "data_sha256": made.data_sha256,
        "made_of": made.made_of,
        "shows_account": made.shows_account,
    }


@transaction.atomic
def remove_paper(*, claim_id: int, paper_id: int, actor: Actor) -> Claim:
    """Take a file back before the claim is handed in (删除材料).

    A paper that the platform made goes as a whole: both copies of a form, both files of a roster.
    """
    claim = locked_editable(claim_id, actor=actor)
    paper = claim.papers.get(pk=paper_id)
    files = claim.papers.filter(pk=paper_id)
    if paper.is_made:
        files = claim.papers.filter(code=paper.code, made_at__isnull=False)
    for each in files.select_related("file"):
        remove_file(file=each.file, actor=actor, reason="申领材料由申领单位删除")
    return claim


@transaction.atomic
def add_result(
    *,
    claim_id: int,
    title: str,
    kind: str,
    day: datetime.date,
    pieces: int,
    upload: UploadedFile[Any],
    actor: Actor,
    today: datetime.date,
) -> ClaimItem:
    """State a result of cooperation with its evidence (登记成果)."""
    claim = locked_editable(claim_id, actor=actor)
    refuse_strange_result(claim, kind=kind, day=day, pieces=pieces, today=today)
    last = claim.items.aggregate(last=Max("source_id"))["last"] or 0
    row = ClaimItem.objects.create(
        claim=claim,
        family=claim.call.scheme,
        label=title.strip()[:120],
        source_type=STATED,
        source_id=last + 1,
        starts_on=day,
        ends_on=day + datetime.timedelta(days=1),
        units=Decimal(pieces),
        unit=book_for(claim.call.scheme).unit,
        level=kind,
    )
    code = book_for(claim.call.scheme).documents[0].code
    add_paper(claim_id=claim.pk, code=code, upload=upload, actor=actor, item=row)
    compute(claim)
    record(actor, "incentives.claim.changed", claim, reason=f"登记成果：{row.label}")
    return row


def refuse_strange_result(
    claim: Claim, *, kind: str, day: datetime.date, pieces: int, today: datetime.date
) -> None:
    """A known kind, a day in the period, a number that makes sense."""
    if claim.call.scheme != ClaimScheme.INNOVATION:
        raise DomainError("这项补贴的明细来自平台登记，不能自行填报。")
    if kind not in book_for(claim.call.scheme).kinds:
        raise DomainError("请选择成果类别。", field="kind")
    if (
        not claim.call.covers_from
        <= day
        < min(claim.call.covers_until, today + datetime.timedelta(1))
    ):
        raise DomainError("完成日期应在补贴期间内，不晚于今天。", field="day")
    if not 1 <= pieces <= MOST_PIECES:
        raise DomainError(f"项数应为 1 至 {MOST_PIECES}。", field="pieces")


@transaction.atomic
def remove_result(*, claim_id: int, item_id: int, actor: Actor) -> Claim:
    """Take back a result that the unit stated, with its evidence (删除成果)."""
    claim = locked_editable(claim_id, actor=actor)
    row = claim.items.filter(source_type=STATED).get(pk=item_id)
    for paper in row.papers.select_related("file"):
        remove_file(file=paper.file, actor=actor, reason="成果由申领单位删除")
    row.delete()
    compute(claim)
    record(actor, "incentives.claim.changed", claim, reason="删除成果")
    return claim
