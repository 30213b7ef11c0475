"""Secrets that a checkout makes for itself once and keeps in its data folder."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def local_secrets(*, folder: Path) -> dict[str, str]:
    """The session key and the field encryption key of this installation, made on first use."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secrets.json"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return json.loads(path.read_text())
    made = {"secret_key": secrets.token_urlsafe(50), "field_key": Fernet.generate_key().decode()}
    with os.fdopen(handle, "w") as file:
        json.dump(made, file)
    return made
