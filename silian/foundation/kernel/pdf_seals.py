"""Seal a PDF with an embedded signature, and check such a seal (PAdES)."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from silian.foundation.kernel.seal_certificates import (
    platform_certificates,
    platform_signer,
)

FIELD = "Platform"


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What checking a PDF found (签章核验结果)."""

    is_present: bool
    is_intact: bool
    is_ours: bool

    @property
    def holds(self) -> bool:
        """Nothing was changed since the platform sealed it."""
        return self.is_present and self.is_intact and self.is_ours


NO_SEAL = Seal(is_present=False, is_intact=False, is_ours=False)
BROKEN_SEAL = Seal(is_present=True, is_intact=False, is_ours=False)


def sealed(pdf: bytes, *, reason: str, location: str) -> bytes:
    """The PDF with the platform's signature over all of it (加盖电子签章).

    Basis: ETSI EN 319 142-1 PAdES B-B; 电子签名法第五条.
    """
    made = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            location=location,
        ),
        signer=platform_signer(),
        output=made,
    )
    return made.getvalue()


UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,  # a digest that nobody knows: pyHanko looks its class up by name
)


def seal_of(pdf: bytes) -> Seal:
    """Whether a PDF bears the platform's seal and nothing changed since; never raises on junk."""
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not found:
            return NO_SEAL
        context = ValidationContext(trust_roots=platform_certificates(), allow_fetching=False)
        status = validate_pdf_signature(found[0], signer_validation_context=context)
    except UNREADABLE:
        return BROKEN_SEAL if b"/ByteRange" in pdf else NO_SEAL
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    untouched = whole and status.modification_level == ModificationLevel.NONE
    intact = status.intact and status.valid and untouched
    return Seal(is_present=True, is_intact=intact, is_ours=status.trusted)
