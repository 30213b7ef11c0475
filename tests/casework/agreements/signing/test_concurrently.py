"""Two parties sign at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from silian.casework.agreements.choices import AgreementState, VersionState
from silian.casework.agreements.commands.signing import sign
from silian.casework.agreements.models import Signature
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import AuditEntry
from tests.casework.agreements.signing import stage
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: list[tuple[int, Actor, str]]) -> list[str]:
    """Sign in as many threads; what each came to."""
    barrier = threading.Barrier(len(jobs))
    results: list[str] = []

    def work(signature_id: int, actor: Actor, sha256: str) -> None:
        barrier.wait()
        try:
            sign(signature_id=signature_id, actor=actor, now=stage.NOW, agreed_sha256=sha256)
        except DomainError as refusal:
            results.append(refusal.sentence)
        else:
            results.append("signed")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def last_two(world: World) -> tuple[list[Signature], str]:
    """A version on which two parties of equal place still have to sign."""
    version = stage.sent(world)
    Signature.objects.filter(version=version).update(order=1)
    stage.sign_as(world, version, "student")
    rows = [stage.signature_of(version, role) for role in ("host", "school")]
    return rows, version.sha256


def test_two_last_signatures_at_once_activate_exactly_once() -> None:
    world = make_world()
    (host, school), sha256 = last_two(world)
    results = at_once(
        [(host.pk, world.enterprise.actor, sha256), (school.pk, world.school.actor, sha256)]
    )
    assert results == ["signed", "signed"]
    host.version.refresh_from_db()
    host.version.agreement.refresh_from_db()
    assert host.version.state == VersionState.SIGNED
    assert host.version.agreement.state == AgreementState.ACTIVE
    acts = AuditEntry.objects.filter(action="agreements.agreement.activated")
    assert acts.count() == 1


def test_the_same_signature_twice_at_once_is_given_once() -> None:
    world = make_world()
    (host, _), sha256 = last_two(world)
    results = at_once([(host.pk, world.enterprise.actor, sha256)] * 2)
    assert results.count("signed") == 1
    acts = AuditEntry.objects.filter(action="agreements.signature.signed", object_id=str(host.pk))
    assert acts.count() == 1
