"""The certificate that seals copies."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from config.examination.settings import signing_certificate
from config.settings.environment import Environment
from silian.foundation.kernel.seal_certificates import (
    own_certificate,
    platform_signer,
    self_signed_pem,
)


def test_a_checkout_makes_its_certificate_once_for_its_owner_only(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: own_certificate(folder=tmp_path), range(8)))
    assert set(paths) == {tmp_path / "signing.pem"}
    assert [path.name for path in tmp_path.iterdir()] == ["signing.pem"]
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600


def test_production_gives_its_own(tmp_path: Path, settings: Any) -> None:
    given = tmp_path / "given.pem"
    given.write_bytes(self_signed_pem())
    settings.SIGNING_CERTIFICATE = settings.SIGNING_KEY = str(given)
    assert platform_signer().signing_cert is not None
    assert not (tmp_path / "signing.pem").exists()


def test_the_doctor_warns_of_a_self_signed_certificate(settings: Any) -> None:
    settings.SIGNING_CERTIFICATE = ""
    assert not signing_certificate().ok
    settings.SIGNING_CERTIFICATE = "/etc/silian/signing.pem"
    assert signing_certificate().ok


def test_a_certificate_without_its_key_is_refused(tmp_path: Path) -> None:
    given = tmp_path / "given.pem"
    given.write_bytes(b"pem")
    with pytest.raises(ValueError, match="同时给出"):
        Environment(signing_certificate=str(given))
    with pytest.raises(ValueError, match="找不到"):
        Environment(signing_certificate=str(given), signing_key="/nowhere.pem")
