"""The questions of ``silian doctor``, by subject."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One question answered: how it stands, and the cure when it stands badly."""

    title: str
    ok: bool
    detail: str
    cure: str = ""
