"""The certificate with which the platform seals what it issues (签章证书).

Production gives certificate and key by setting. A checkout makes its own once and keeps it in its
data folder, readable by its owner only.
"""

from __future__ import annotations

import datetime
import os
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

VALID = datetime.timedelta(days=3652)  # ten years: as long as copies must be checked
FILE_NAME = "signing.pem"


@lru_cache(maxsize=4)
def signer_from(certificate: str, key: str) -> signers.SimpleSigner:
    """The signer of two PEM files; the first certificate is the signer's own."""
    certs = list(load_certs_from_pemder_data(Path(certificate).read_bytes()))
    store = SimpleCertificateStore()
    store.register_multiple(certs)
    private: keys.PrivateKeyInfo = load_private_key_from_pemder_data(
        Path(key).read_bytes(), passphrase=None
    )
    return signers.SimpleSigner(signing_cert=certs[0], signing_key=private, cert_registry=store)


def platform_signer() -> signers.SimpleSigner:
    """The signer of this site, made on first use when no setting names one."""
    if settings.SIGNING_CERTIFICATE:
        return signer_from(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    path = str(own_certificate(folder=Path(settings.DATA_FOLDER)))
    return signer_from(path, path)


def platform_certificates() -> list[asn1_x509.Certificate]:
    """What a reader must trust to accept the platform's seal (信任证书)."""
    signer = platform_signer()
    return [signer.signing_cert, *signer.cert_registry]


def own_certificate(*, folder: Path) -> Path:
    """Where this checkout's own certificate and key lie; the first to ask makes them."""
    path = folder / FILE_NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".signing-", delete=False) as file:
            file.write(self_signed_pem())
        try:
            os.link(file.name, path)  # whoever is first wins, and nobody reads half a file
        except FileExistsError:
            pass
        finally:
            os.unlink(file.name)
    return path


def self_signed_pem() -> bytes:
    """A new key and a certificate over it that the platform signs itself (自签证书)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "四链平台电子签章（本机自签）"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "四链平台"),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        ]
    )
    now = timezone.now()
    usage = {name: False for name in UNUSED_KEY_USES} | {
        "digital_signature": True,
        "content_commitment": True,
    }
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


UNUSED_KEY_USES = (
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
