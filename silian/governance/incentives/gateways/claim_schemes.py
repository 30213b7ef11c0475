"""What may be claimed and how, read once from ``claim_schemes.toml`` (补贴项目)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from silian.governance.incentives.choices.claims import Applicants, ClaimScheme, Silence, StepKind

BOOK = Path(__file__).resolve().parents[1] / "claim_schemes.toml"
CLAIM, SETTLEMENT = "claim", "settlement"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A paper that a scheme asks for, with the claim or at its settlement (材料).

    ``made`` names the kind of paper where the platform can make it itself.
    """

    code: str
    title: str
    at: str = CLAIM
    made: str = ""


@dataclass(frozen=True, kw_only=True)
class SuggestedStep:
    """A step as it is suggested when a call is drafted; ``function`` names the office (环节).

    ``ruled`` says that a provision of the scheme names it; ``papers`` are codes of papers.
    """

    order: int
    kind: StepKind
    title: str
    function: str
    working_days: int
    on_silence: Silence
    code: str
    checks: str = ""
    papers: tuple[str, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, kw_only=True)
class SchemeBook:
    """One scheme: its rules, parameters, papers, suggested steps and days (补贴项目)."""

    scheme: ClaimScheme
    rule: str
    breaks: str
    person: str
    parameters: tuple[str, ...]
    takes_advance: bool
    unit: str
    subject: str
    notice_days: int
    notice_basis: str
    appeal_days: int
    basis: Mapping[str, str]
    documents: tuple[Document, ...]
    steps: tuple[SuggestedStep, ...]
    truth: str
    kinds: tuple[str, ...] = ()
    applicants: str = Applicants.ENTERPRISE

    @property
    def made_here(self) -> list[Document]:
        """The papers that the platform makes from what it knows (平台生成的材料)."""
        return [each for each in self.documents if each.made]

    @property
    def asked_with_claim(self) -> list[Document]:
        """The papers that the claim itself needs (申领材料)."""
        return [each for each in self.documents if each.at == CLAIM]


def clause_of_step(book: SchemeBook, step: SuggestedStep, *, place: str) -> str:
    """The provision that names the step in a place; empty where none does (规定依据)."""
    return book.basis.get(place, "") if step.ruled else ""


@cache
def scheme_books() -> dict[ClaimScheme, SchemeBook]:
    """Every scheme, in the order of the file."""
    rows = tomllib.loads(BOOK.read_text(encoding="utf-8"))["scheme"]
    return {ClaimScheme(row["code"]): book_of(row) for row in rows}


def book_for(scheme: str) -> SchemeBook:
    return scheme_books()[ClaimScheme(scheme)]


def book_of(row: dict[str, Any]) -> SchemeBook:
    given = {key: row[key] for key in row if key not in ("code", "document", "step")}
    given |= {key: tuple(row[key]) for key in ("parameters", "kinds") if key in row}
    return SchemeBook(
        scheme=ClaimScheme(row["code"]),
        documents=tuple(Document(**each) for each in row["document"]),
        steps=tuple(step_of(each) for each in row["step"]),
        **given,
    )


def step_of(row: dict[str, Any]) -> SuggestedStep:
    return SuggestedStep(
        **{
            **row,
            "kind": StepKind(row["kind"]),
            "on_silence": Silence(row["on_silence"]),
            "papers": tuple(row.get("papers", ())),
        }
    )
