"""Encryption of sensitive fields, and the index that finds them without decrypting.

Keys come from ``SILIAN_FIELD_KEY``: several keys separated by commas rotate, the first encrypts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

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


def blind_index(text: str) -> str:
    """A keyed digest that is equal for equal texts and tells nothing else (盲索引).

    The oldest key makes it, so that rotation of the encryption key keeps the index.
    """
    if not text:
        return ""
    key = hashlib.sha256(b"blind-index" + base64.urlsafe_b64decode(field_keys()[-1])).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
