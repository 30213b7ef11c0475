"""Encryption of sensitive fields.

Keys come from ``SILIAN_FIELD_KEY``: several keys separated by commas rotate, the first encrypts.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def field_keys() -> list[bytes]:
    return [key.strip().encode() for key in settings.FIELD_KEY.split(",") if key.strip()]


def encrypted(text: str) -> str:
    """``text`` as an authenticated cipher text; empty stays empty."""
    if not text:
        return ""
    return MultiFernet([Fernet(key) for key in field_keys()]).encrypt(text.encode()).decode()


def decrypted(cipher: str) -> str:
    if not cipher:
        return ""
    return MultiFernet([Fernet(key) for key in field_keys()]).decrypt(cipher.encode()).decode()
