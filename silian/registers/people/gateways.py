"""The index that finds encrypted fields without decrypting them."""

from __future__ import annotations

import base64
import hashlib
import hmac

from silian.foundation.kernel.encryption import field_keys


def blind_index(text: str) -> str:
    """A keyed digest that is equal for equal texts and tells nothing else (盲索引).

    The oldest key makes it, so that rotation of the encryption key keeps the index.
    """
    if not text:
        return ""
    key = hashlib.sha256(b"blind-index" + base64.urlsafe_b64decode(field_keys()[-1])).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
