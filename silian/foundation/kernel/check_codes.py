"""Codes printed on documents, by which anybody finds them on a verification page (查验码)."""

from __future__ import annotations

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike on paper
LENGTH = 12  # 60 bits: not to be guessed at the pace that the pages allow
LONGEST = 20


def new_check_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def tidy_code(typed: str) -> str:
    """The code as printed, whatever was typed around it: letters and digits only."""
    kept = (letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return "".join(kept)[:LONGEST]
