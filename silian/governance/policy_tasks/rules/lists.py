"""Numbers, ages and closing of list items."""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST = 5
BANDS = ((0, 30), (31, 60), (61, 90), (91, None))  # days on the list; a quarter is the usual rhythm


@dataclass(frozen=True, kw_only=True)
class Band:
    """A stretch of days on the list (在册时长)."""

    key: str
    label: str
    low: int
    high: int | None


def bands() -> list[Band]:
    """The bands of ageing, youngest first.

    >>> [band.label for band in bands()]
    ['30 天以内', '31 至 60 天', '61 至 90 天', '90 天以上']
    """
    return [
        Band(key=str(low), label=band_label(low, high), low=low, high=high) for low, high in BANDS
    ]


def band_label(low: int, high: int | None) -> str:
    if high is None:
        return f"{low - 1} 天以上"
    return f"{high} 天以内" if low == 0 else f"{low} 至 {high} 天"


def band_of(days: int) -> Band:
    """The band in which so many days lie."""
    return next(band for band in bands() if band.high is None or days <= band.high)


def item_number(*, prefix: str, year: int, count: int) -> str:
    """The number of an item of its list and year.

    >>> item_number(prefix="问题", year=2026, count=4)
    '问题〔2026〕4号'
    """
    return f"{prefix}〔{year}〕{count}号"


def fault_of_item(*, title: str, detail: str) -> tuple[str, str] | None:
    """The box and the sentence of what an item lacks, or None."""
    if len(title.strip()) < SHORTEST:
        return "title", "请用一句话写明事项。"
    if len(detail.strip()) < SHORTEST:
        return "detail", "请写明内容：问题是什么或政策要做什么，办到什么程度算完成。"
    return None


def reason_not_claimable(*, proofs: int) -> str | None:
    """An item is closed with proof."""
    return None if proofs else "申请销号须附佐证材料，例如文件、照片或台账。"


def reason_not_closable(*, claimed_by: int | None, closer: int | None) -> str | None:
    """Whoever asked does not confirm."""
    if claimed_by == closer:
        return "销号由您本人申请，须由另一位统筹或督查人员确认。"
    return None
