"""The random draw of experts: from a public seed, so that anybody can repeat it (随机抽取).

Method ``sha256-1``. The place of an expert in the sequence of a dossier is the SHA-256 of
``seed|dossier number|expert number``, read as text. Dossiers are taken in the order of their own
SHA-256 of ``seed|dossier number``. For each, among the candidates who may judge it, those with the
fewest tasks come first, and of these the one who stands first in the sequence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

METHOD = "sha256-1"
METHOD_SENTENCE = (
    "按“种子|申报编号|专家编号”的 SHA-256 值从小到大排出每份材料的专家次序；"
    "逐份抽取，可评的专家中本批次任务少的优先，任务相同的取次序在前的。"
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One expert as the draw of one dossier sees him (候选专家).

    ``load`` is the number of tasks that he has in the batch before the draw; ``excluded`` names
    why he may not judge this dossier, empty when he may.
    """

    expert: str
    load: int = 0
    excluded: str = ""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """One dossier of a draw: how many experts it needs, and of whom (待抽材料)."""

    dossier: str
    needed: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Who was drawn for one dossier, in order; ``missing`` are places that nobody can fill."""

    dossier: str
    experts: tuple[str, ...]
    missing: int = 0


def place_in_sequence(*, seed: str, dossier: str, expert: str = "") -> str:
    """The number by which a draw orders, as text (排序值)."""
    parts = [seed, dossier, expert] if expert else [seed, dossier]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def draw(*, seed: str, lots: Iterable[Lot], most: int | None) -> list[Drawn]:
    """Who judges which dossier; ``most`` is the most tasks of one expert, None without a limit.

    The same seed and lots give the same result, in whatever order the lots are handed in.
    """
    lots = sorted(lots, key=lambda lot: place_in_sequence(seed=seed, dossier=lot.dossier))
    load = starting_load(lots)
    result = []
    for lot in lots:
        chosen: list[str] = []
        while len(chosen) < lot.needed and (
            found := next_of(lot, seed=seed, load=load, most=most, taken=chosen)
        ):
            chosen.append(found)
            load[found] += 1
        missing = lot.needed - len(chosen)
        result.append(Drawn(dossier=lot.dossier, experts=tuple(chosen), missing=missing))
    return sorted(result, key=lambda row: row.dossier)


def starting_load(lots: Iterable[Lot]) -> dict[str, int]:
    load: dict[str, int] = {}
    for lot in lots:
        for candidate in lot.candidates:
            load[candidate.expert] = max(load.get(candidate.expert, 0), candidate.load)
    return load


def next_of(
    lot: Lot, *, seed: str, load: Mapping[str, int], most: int | None, taken: Sequence[str]
) -> str | None:
    """The next expert of a dossier's sequence, or None when nobody is left (下一位)."""
    free = [
        row.expert
        for row in lot.candidates
        if not row.excluded
        and row.expert not in taken
        and (most is None or load[row.expert] < most)
    ]
    return min(
        free,
        key=lambda expert: (
            load[expert],
            place_in_sequence(seed=seed, dossier=lot.dossier, expert=expert),
        ),
        default=None,
    )


@dataclass(frozen=True, kw_only=True)
class DrawRecord:
    """Everything that somebody needs to repeat a draw (抽取记录)."""

    seed: str
    most: int | None
    lots: tuple[Lot, ...]
    result: tuple[Drawn, ...]
    method: str = METHOD
    source: str = field(default="", compare=False)

    def as_json(self) -> dict[str, Any]:
        """The record in one fixed form: lots, candidates and results in order."""
        return {
            "method": self.method,
            "seed": self.seed,
            "most": self.most,
            "lots": [lot_json(lot) for lot in sorted(self.lots, key=lambda lot: lot.dossier)],
            "result": [
                {"dossier": row.dossier, "experts": list(row.experts), "missing": row.missing}
                for row in sorted(self.result, key=lambda row: row.dossier)
            ],
        }

    @property
    def sha256(self) -> str:
        """The digest of the record: any change of a letter changes it (校验值)."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def holds(self) -> bool:
        """Whether drawing again gives what the record says (重算一致)."""
        again = draw(seed=self.seed, lots=self.lots, most=self.most)
        return again == sorted(self.result, key=lambda row: row.dossier)


def lot_json(lot: Lot) -> dict[str, Any]:
    return {
        "dossier": lot.dossier,
        "needed": lot.needed,
        "candidates": [
            {"expert": row.expert, "load": row.load, "excluded": row.excluded}
            for row in sorted(lot.candidates, key=lambda row: row.expert)
        ],
    }


def record_of(kept: Mapping[str, Any]) -> DrawRecord:
    """The record from its JSON, as the platform or anybody else keeps it."""
    lots = tuple(
        Lot(
            dossier=lot["dossier"],
            needed=lot["needed"],
            candidates=tuple(Candidate(**row) for row in lot["candidates"]),
        )
        for lot in kept["lots"]
    )
    result = tuple(
        Drawn(dossier=row["dossier"], experts=tuple(row["experts"]), missing=row["missing"])
        for row in kept["result"]
    )
    return DrawRecord(
        seed=kept["seed"], most=kept["most"], lots=lots, result=result, method=kept["method"]
    )
