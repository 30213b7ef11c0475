"""What of a question may be kept at all."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
SHORTEST = 2  # one character says nothing about what was meant
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
_LONG_NUMBER = re.compile(r"[0-9][0-9 \-]{4,}[0-9xX]")
"""Telephone, identity and account numbers; codes of occupations (6-18-01-01) go with them."""


def kept_words(text: str) -> str:
    """The question without addresses and long numbers, on one line; empty when nothing is left."""
    plain = unicodedata.normalize("NFKC", text).replace("\x00", "")
    for personal in (_ADDRESS, _LONG_NUMBER):
        plain = personal.sub(" ", plain)
    kept = " ".join(plain.split())[:LONGEST].strip()
    return kept if len(kept) >= SHORTEST else ""
