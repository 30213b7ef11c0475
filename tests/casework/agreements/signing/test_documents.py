"""The copy of a signed version."""

from __future__ import annotations

import io
import re

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from silian.casework.agreements.models import AgreementVersion
from silian.casework.agreements.permissions.signing import may_read_signed_copy
from silian.casework.agreements.tasks.signing import make_document
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.pdf_seals import seal_of
from silian.foundation.kernel.seal_certificates import platform_certificates
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def made(world: World) -> tuple[AgreementVersion, StoredFile, bytes]:
    version = stage.signed(world)
    make_document(version_id=version.pk)
    version.refresh_from_db()
    assert version.document is not None
    return version, version.document, read_content(version.document)


def test_the_copy_bears_a_signature_that_a_reader_accepts(world: World) -> None:
    _, _, pdf = made(world)
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=platform_certificates(), allow_fetching=False)
    status = validate_pdf_signature(found, signer_validation_context=context)
    assert status.bottom_line
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_copy_shows_text_signatories_and_code(world: World) -> None:
    version, _, pdf = made(world)
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert version.check_code in said
    assert version.sha256[:32] in said
    assert "签署页" in said
    assert world.student.actor.name in said


def test_every_changed_byte_breaks_the_seal(world: World) -> None:
    _, _, pdf = made(world)
    assert seal_of(pdf).holds
    for place in range(20, len(pdf), len(pdf) // 40):
        changed = bytearray(pdf)
        changed[place] ^= 1
        assert not seal_of(bytes(changed)).holds, place
    assert not seal_of(pdf + b"\n% more").holds


def test_a_seal_with_a_digest_that_nobody_knows_is_broken_and_no_error(world: World) -> None:
    _, _, pdf = made(world)
    known, unknown = b"608648016503040201", b"608648016503040301"
    assert known in pdf.lower()
    changed = re.sub(known, unknown, pdf, flags=re.IGNORECASE)
    assert not seal_of(changed).holds


def test_the_copy_is_made_once(world: World) -> None:
    version, first, _ = made(world)
    make_document(version_id=version.pk)
    version.refresh_from_db()
    assert version.document_id == first.pk


def test_every_party_reads_its_copy_and_nobody_else(world: World) -> None:
    _, file, _ = made(world)
    for member in (world.school, world.enterprise, world.student):
        assert may_read_signed_copy(member.actor, file)
    for member in (world.rival, world.reviewer, world.teacher, world.anonymous):
        assert not may_read_signed_copy(member.actor, file)


def test_nothing_is_made_before_everybody_signed(world: World) -> None:
    version = stage.sent(world)
    make_document(version_id=version.pk)
    version.refresh_from_db()
    assert version.document is None
