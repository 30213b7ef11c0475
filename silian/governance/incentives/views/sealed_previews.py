"""What somebody looked at before confirming, carried by the page: encrypted, signed, for an hour.

Lists hold identity numbers, so neither the page nor its reader gets them in clear.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.core import signing

from silian.foundation.kernel.encryption import decrypted, encrypted
from silian.foundation.kernel.errors import DomainError

PREVIEW_SECONDS = 3600  # an hour to look through the preview


def sealed(content: Any, *, salt: str) -> str:
    """Content of texts, numbers and lists as one text that only the platform opens."""
    return signing.dumps(
        encrypted(json.dumps(content, ensure_ascii=False)), salt=salt, compress=True
    )


def opened(text: str, *, salt: str) -> Any:
    """The content again; refuses what is old or was changed on the way."""
    try:
        return json.loads(decrypted(signing.loads(text, salt=salt, max_age=PREVIEW_SECONDS)))
    except (signing.BadSignature, InvalidToken):
        raise DomainError("预览已过期或被改动，请重新上传文件。", field="file") from None
