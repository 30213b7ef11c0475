"""Numbers of agreements: by division and year, without gaps."""

from __future__ import annotations

from silian.casework.agreements.models import NumberSeries


def take_numbers(*, division_id: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of the series, in the caller's transaction (协议编号).

    The row stays locked until the transaction ends, so that a rollback leaves no gap.
    """
    NumberSeries.objects.get_or_create(division_id=division_id, year=year)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(
        division_id=division_id, year=year
    )
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [number_of(division_id, year, place) for place in range(first, first + count)]


def number_of(division_id: str, year: int, place: int) -> str:
    return f"XY{division_id}-{year}-{place:05d}"
