"""Where the papers of a claim stand: missing, made, signed, made from data that changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.claim_papers import (
    PAPER_TONES,
    PaperKind,
    PaperStanding,
)
from silian.governance.incentives.choices.claims import ClaimState
from silian.governance.incentives.gateways.claim_schemes import SETTLEMENT, Document, book_for
from silian.governance.incentives.models import Claim, ClaimPaper
from silian.governance.incentives.permissions.claim_papers import may_read_account, reads_papers
from silian.governance.incentives.permissions.claims import owns
from silian.governance.incentives.queries.claim_paper_forms import (
    difference_words,
    form_content,
    made_of,
    pledge_content,
)
from silian.governance.incentives.queries.claim_paper_rosters import roster_content, sums_content
from silian.governance.incentives.queries.claim_paper_sources import PaperSource, paper_source
from silian.governance.incentives.rules.claim_papers import (
    mark_of,
    paper_number,
    standing_of,
)

EDITABLE = (ClaimState.DRAFT, ClaimState.RETURNED)
SETTLING = (ClaimState.AGREED, ClaimState.NOTICE, ClaimState.APPROVED)
CONTENTS: dict[PaperKind, Callable[[PaperSource], dict[str, Any]]] = {
    PaperKind.FORM: form_content,
    PaperKind.ROSTER: roster_content,
    PaperKind.SUMS: sums_content,
    PaperKind.PLEDGE: pledge_content,
}
Held = Mapping[str, list[ClaimPaper]]


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper that the scheme asks for with the files handed in (材料)."""

    document: Document
    papers: list[ClaimPaper]
    standing: PaperStanding
    may_add: bool = False
    may_make: bool = False
    number: str = ""
    code: str = ""
    change: str = ""

    @property
    def at_settlement(self) -> bool:
        return self.document.at == SETTLEMENT

    @property
    def tone(self) -> str:
        return PAPER_TONES[self.standing]

    @property
    def is_outdated(self) -> bool:
        return self.standing == PaperStanding.OUTDATED


@dataclass(frozen=True, kw_only=True)
class PaperMarks:
    """The marks of a claim's papers by its data now, and what it comes to (当前数据)."""

    marks: Mapping[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)


def content_of(kind: str, source: PaperSource) -> dict[str, Any]:
    """What a paper says by the data of a claim (材料内容)."""
    return CONTENTS[PaperKind(kind)](source)


def marks_now(claim: Claim, codes: Iterable[str]) -> PaperMarks:
    """The marks that papers of these kinds would bear now; nothing is read where none is asked."""
    wanted = [each for each in book_for(claim.call.scheme).made_here if each.code in set(codes)]
    if not wanted or claim.state not in EDITABLE:
        return PaperMarks()
    source = paper_source(claim)
    return PaperMarks(
        marks={each.code: mark_of(content_of(each.made, source)) for each in wanted},
        made_of=made_of(source),
    )


def papers_of(claim: Claim, actor: Actor) -> list[PaperLine]:
    """The papers of a claim by what is asked; a school that certifies reads none."""
    if not reads_papers(actor, claim):
        return []
    held = held_papers(claim)
    now = marks_now(claim, marked(held))
    writes, whole = owns(actor, claim), may_read_account(actor, claim)
    documents = book_for(claim.call.scheme).documents
    return [
        line_of(claim, each, held.get(each.code, []), now, writes=writes, whole=whole)
        for each in documents
    ]


def line_of(
    claim: Claim,
    document: Document,
    papers: list[ClaimPaper],
    now: PaperMarks,
    *,
    writes: bool,
    whole: bool,
) -> PaperLine:
    standing = standing_in(papers, document, now)
    if standing == PaperStanding.TO_MAKE and claim.state not in EDITABLE:
        standing = PaperStanding.MISSING
    made = next((each for each in papers if each.is_made), None)
    outdated = standing == PaperStanding.OUTDATED
    return PaperLine(
        document=document,
        papers=shown(papers, whole=whole),
        standing=standing,
        may_add=writes and takes(claim, document),
        may_make=writes and bool(document.made) and claim.state in EDITABLE,
        number=paper_number(claim=claim.number, kind=document.made) if made else "",
        code=made.code_printed if made else "",
        change=difference_words(made.made_of, now.made_of) if made and outdated else "",
    )


def shown(papers: list[ClaimPaper], *, whole: bool) -> list[ClaimPaper]:
    """The copies that a reader gets: with the whole account, or with the masked one."""
    masked = {each.code for each in papers if each.shows_account}
    if whole:
        return [each for each in papers if each.shows_account or not is_copy(each, masked)]
    return [each for each in papers if not each.shows_account]


def is_copy(paper: ClaimPaper, masked: set[str]) -> bool:
    """Whether the paper is the masked copy of one that shows the account."""
    return paper.code in masked and paper.is_made


def held_papers(claim: Claim) -> Held:
    found: dict[str, list[ClaimPaper]] = defaultdict(list)
    for paper in claim.papers.select_related("file", "item").order_by("pk"):
        found[paper.code].append(paper)
    return found


def marked(held: Held) -> list[str]:
    """Codes of papers that the platform made or that are signed scans of such."""
    return [code for code, rows in held.items() if any(each.data_sha256 for each in rows)]


def standing_in(papers: Iterable[ClaimPaper], document: Document, now: PaperMarks) -> PaperStanding:
    rows = list(papers)
    return standing_of(
        made=bool(document.made),
        marks=[each.data_sha256 for each in rows],
        signed=any(each.is_signed for each in rows),
        now=now.marks.get(document.code, ""),
    )


def outdated_documents(claim: Claim) -> list[Document]:
    """Papers made from data that changed since (需重新生成的材料)."""
    held = held_papers(claim)
    now = marks_now(claim, marked(held))
    return [
        each
        for each in book_for(claim.call.scheme).made_here
        if standing_in(held.get(each.code, []), each, now) == PaperStanding.OUTDATED
    ]


def takes(claim: Claim, document: Document) -> bool:
    """Whether the claim takes such a paper now."""
    later = document.at == SETTLEMENT and claim.state in SETTLING
    return claim.state in EDITABLE or later
