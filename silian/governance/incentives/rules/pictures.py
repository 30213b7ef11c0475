"""When two pictures are the same: the difference hash and its distance (图片比对).

The picture is shrunk to 9 × 8 grey points; each of 64 bits says whether a point is brighter than
its right neighbour. Saving anew, shrinking and slight cutting change few bits.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 9, 8
MOST_DIFFERENT = 3  # bits of 64; four quarters then leave at least one equal
LEAST_TOLD = 10  # a nearly even page has few steps and resembles every other
QUARTERS = 4


def difference_of(points: Sequence[int]) -> str:
    """The hash of 72 grey points, row by row, as 16 hexadecimal digits (差异值).

    >>> difference_of(list(range(9)) * 8)
    '0000000000000000'
    """
    bits = [
        points[row * WIDTH + place] > points[row * WIDTH + place + 1]
        for row in range(HEIGHT)
        for place in range(WIDTH - 1)
    ]
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def tells_apart(difference: str) -> bool:
    """Whether the picture has enough in it to be known by (能否比对)."""
    ones = int(difference, 16).bit_count() if difference else 0
    return LEAST_TOLD <= ones <= 64 - LEAST_TOLD


def distance(one: str, other: str) -> int:
    """In how many of the 64 bits two pictures differ (差异位数)."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearly_same(one: str, other: str) -> bool:
    """Whether two pictures are the same for the eye (几乎相同).

    >>> nearly_same("0f0f0f0f0f0f0f0f", "0f0f0f0f0f0f0f0e")
    True
    """
    told = tells_apart(one) and tells_apart(other)
    return told and distance(one, other) <= MOST_DIFFERENT


def quarters(difference: str) -> tuple[str, ...]:
    """The four parts by which near pictures are found in an index (四段)."""
    return tuple(difference[place : place + 4] for place in range(0, 16, 4))
