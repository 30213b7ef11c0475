"""How complete the file of an internship is, and what credit and certificate ask for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

STAR = "＊"
FILE_BASIS = "教职成〔2016〕3号第三十条"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One paper that the file should hold (档案材料).

    ``done`` of ``total`` is there; ``owed_by`` says who has to bring what is missing.
    """

    code: str
    label: str
    done: int
    total: int
    owed_by: str
    note: str = ""

    @property
    def is_whole(self) -> bool:
        return self.done >= self.total

    @property
    def words(self) -> str:
        if self.is_whole:
            return "已齐"
        return f"{self.done} / {self.total}" if self.total > 1 else "缺"

    @property
    def tone(self) -> str:
        return "ok" if self.is_whole else "watch"


@dataclass(frozen=True, kw_only=True)
class PracticeFile:
    """The file of one internship (实习档案). Basis: 教职成〔2016〕3号第三十条 (IN-28)."""

    parts: tuple[Part, ...]

    @property
    def percent(self) -> int:
        """Every part counts alike; of notes the share that is there counts (完整度)."""
        if not self.parts:
            return 0
        shares = [
            min(part.done, part.total) / part.total if part.total else 1 for part in self.parts
        ]
        return int(sum(shares) * 100 / len(self.parts))

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_whole)

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def missing_words(self) -> list[str]:
        return [f"{part.label}（{part.words}，由{part.owed_by}补）" for part in self.missing]


def reason_not_credited(
    *,
    is_final: bool,
    percent: int,
    required: int | None,
    missing: Sequence[str],
    exception: str,
) -> str | None:
    """Why credit is not granted, or None. Basis: IN-28; without a number nothing is demanded."""
    if not is_final:
        return "考核尚未定稿，定稿后再认定学分。"
    if required is None or percent >= required or exception.strip():
        return None
    lacking = "、".join(missing)
    return (
        f"档案完整度 {percent}%，低于要求的 {required}%（{FILE_BASIS}）。还缺：{lacking}。"
        "补齐后再认定；确有特殊情况的，写明理由。"
    )


def certificate_number(*, issued_on: datetime.date, school_id: int, place: int) -> str:
    """SX, the year, the school and a running number: SX2026-00012-00034 (编号)."""
    return f"SX{issued_on.year}-{school_id:05d}-{place:05d}"


def public_name(name: str) -> str:
    """A person's name for strangers: 林＊禾, 许＊ (脱敏). Basis: 个人信息保护法第六条."""
    if len(name) <= 2:
        return name[:1] + STAR
    return name[:1] + STAR * (len(name) - 2) + name[-1:]
