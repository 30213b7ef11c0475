"""What a board shows of each intern, and numbers that add up (实习看板)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

INSURANCE_CODES = frozenset({"liability_insurance", "accident_insurance"})
AGREEMENT_CODE = "agreement"
CONSENT_CODES = frozenset({"student_consent", "guardian_consent"})


class Problem(StrEnum):
    """What keeps an intern from being in order, the most pressing first (要解决的一项)."""

    UNINSURED = "uninsured"
    UNSIGNED = "unsigned"
    PAPERS = "papers"
    UNPAID = "unpaid"


class Cell(StrEnum):
    """The colour of one intern on the board (格)."""

    READY = "ready"
    UNINSURED = "uninsured"
    UNSIGNED = "unsigned"
    PAPERS = "papers"
    UNPAID = "unpaid"
    WAITING = "waiting"


PROBLEMS = {problem.value: problem for problem in Problem}
LABELS = {
    Cell.READY: "就绪",
    Cell.UNINSURED: "未投保",
    Cell.UNSIGNED: "未签协议",
    Cell.PAPERS: "缺其他手续",
    Cell.UNPAID: "报酬未到位",
    Cell.WAITING: "待到岗",
}
SHORT_LABELS = {**LABELS, Cell.UNSIGNED: "未签", Cell.UNPAID: "未到位", Cell.PAPERS: "缺手续"}
SOURCES = {
    Cell.READY: "实习台账",
    Cell.UNINSURED: "保单登记",
    Cell.UNSIGNED: "协议登记",
    Cell.PAPERS: "实习台账",
    Cell.UNPAID: "发放记录",
    Cell.WAITING: "到岗记录",
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands against one intern, and whether they are in post (一名学生的情况)."""

    problems: frozenset[Problem]
    is_in_post: bool

    @property
    def cell(self) -> Cell:
        """The first thing to solve; without any, whether the intern has begun."""
        first = next((problem for problem in Problem if problem in self.problems), None)
        if first is not None:
            return Cell(first.value)
        return Cell.READY if self.is_in_post else Cell.WAITING


def standing_of(*, missing: Iterable[str], is_in_post: bool, is_unpaid: bool) -> Standing:
    """The standing of an intern from what readiness misses and from the pay of the month."""
    codes = set(missing)
    problems = set()
    if codes & INSURANCE_CODES:
        problems.add(Problem.UNINSURED)
    if AGREEMENT_CODE in codes:
        problems.add(Problem.UNSIGNED)
    if codes - INSURANCE_CODES - {AGREEMENT_CODE}:
        problems.add(Problem.PAPERS)
    if is_unpaid:
        problems.add(Problem.UNPAID)
    return Standing(problems=frozenset(problems), is_in_post=is_in_post)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many stand how: ``cells`` add up to ``total``, ``problems`` may overlap (合计)."""

    total: int
    cells: dict[Cell, int]
    problems: dict[Problem, int]

    def shown(self, cell: Cell) -> int:
        """The number under a heading: a problem counts everybody who has it."""
        return (
            self.problems.get(Problem(cell.value), 0) if cell in PROBLEM_CELLS else self.cells[cell]
        )

    def overlap(self, cell: Cell) -> int:
        """How many with this problem stand under a more pressing one."""
        return self.shown(cell) - self.cells[cell]


PROBLEM_CELLS = frozenset(Cell(problem.value) for problem in Problem)


def tally_of(standings: Sequence[Standing]) -> Tally:
    """Count cells and problems."""
    cells = Counter(standing.cell for standing in standings)
    problems = Counter(problem for standing in standings for problem in standing.problems)
    return Tally(
        total=len(standings),
        cells={cell: cells[cell] for cell in Cell},
        problems={problem: problems[problem] for problem in Problem},
    )


def check_line(tally: Tally) -> str:
    """The sum that proves the figures: 396 + 27 +（37 − 6）+ 22 + 24 = 500 (核对)."""
    parts = []
    for cell in Cell:
        shown, overlap = tally.shown(cell), tally.overlap(cell)
        if shown == 0 and cell in (Cell.PAPERS,):
            continue
        parts.append(f"（{shown:,} − {overlap:,}）" if overlap else f"{shown:,}")
    line = " + ".join(parts).replace("+ （", "+（").replace("） +", "）+")
    return f"{line} = {tally.total:,}"


SHOWN_WORDS = 2  # more could not be read in one line of a list


def plain_words(*, missing: Sequence[str], pay_words: str) -> str:
    """What is missing, in one line: 缺三方协议、意外险等 4 项；报酬迟 6 天 (差什么)."""
    more = f"等 {len(missing)} 项" if len(missing) > SHOWN_WORDS else ""
    lacking = f"缺{'、'.join(missing[:SHOWN_WORDS])}{more}" if missing else ""
    return "；".join(part for part in (lacking, pay_words) if part)
