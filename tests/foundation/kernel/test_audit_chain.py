"""The trail cannot be rewritten unnoticed, and stays one chain under concurrency."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import chain_head, record, verify_chain
from silian.foundation.kernel.models import AuditEntry, AuditLink

CLERK = Actor(user_id=7, name="甲")


def acts(count: int) -> list[AuditEntry]:
    return [record(CLERK, "tests.sample.done", detail={"n": n}) for n in range(count)]


@pytest.fixture
def as_superuser(transactional_db: None) -> Iterator[None]:
    """A superuser who switched the triggers off."""
    set_triggers("DISABLE")
    yield
    set_triggers("ENABLE")


def set_triggers(word: str) -> None:
    with connection.cursor() as cursor:
        for name in ("entry", "link"):
            cursor.execute(
                f"ALTER TABLE kernel_audit{name} {word} TRIGGER audit_{name}_append_only"
            )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditentry SET actor_name = '乙'",
        "DELETE FROM kernel_auditentry",
        "UPDATE kernel_auditlink SET hash = repeat('0', 64)",
        "DELETE FROM kernel_auditlink",
    ],
)
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    acts(2)
    with pytest.raises(DatabaseError, match="不可修改或删除"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify_chain().holds
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["entry", "link"])
def test_the_database_refuses_to_empty_the_tables(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE kernel_audit{name} ENABLE TRIGGER audit_{name}_no_truncate")
        with pytest.raises(DatabaseError, match="不可修改或删除"):
            cursor.execute(f"TRUNCATE kernel_audit{name} CASCADE")


@pytest.mark.usefixtures("as_superuser")
def test_a_rewritten_entry_is_found_at_its_link() -> None:
    entries = acts(5)
    AuditEntry.objects.filter(pk=entries[2].pk).update(actor_name="乙")
    verdict = verify_chain()
    assert verdict.broken_at == AuditLink.objects.get(entry_id=entries[2].pk).sequence
    assert not verdict.holds


@pytest.mark.usefixtures("as_superuser")
def test_a_removed_entry_is_found_by_the_gap() -> None:
    entries = acts(5)
    link = AuditLink.objects.get(entry_id=entries[2].pk)
    sequence = link.sequence
    link.delete()
    AuditEntry.objects.filter(pk=entries[2].pk).delete()
    assert verify_chain().broken_at == sequence + 1


@pytest.mark.usefixtures("as_superuser")
def test_an_entry_without_a_link_is_found() -> None:
    entries = acts(3)
    AuditLink.objects.get(entry_id=entries[2].pk).delete()
    verdict = verify_chain()
    assert verdict.unlinked == 1
    assert not verdict.holds


@pytest.mark.usefixtures("as_superuser")
def test_a_cut_tail_is_found_when_the_head_was_noted() -> None:
    entries = acts(3)
    head = chain_head()
    AuditLink.objects.get(entry_id=entries[2].pk).delete()
    AuditEntry.objects.filter(pk=entries[2].pk).delete()
    assert verify_chain().holds
    with pytest.raises(CommandError, match="不在链上"):
        call_command("audit", "verify", head=head, stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_link() -> None:
    acts(1)
    with transaction.atomic():
        acts(2)
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == AuditLink.objects.count() == 1
    acts(1)
    verdict = verify_chain()
    assert verdict.holds
    assert verdict.links == 2


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(15):
                with transaction.atomic():
                    acts(2)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify_chain()
    assert not errors
    assert verdict.holds
    assert verdict.links == 6 * 15 * 2


@pytest.mark.django_db(transaction=True)
def test_the_command_says_how_many_links_hold() -> None:
    acts(3)
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    assert "3 环" in out.getvalue()
    call_command("audit", "verify", head=chain_head(), stdout=out)


@pytest.mark.usefixtures("as_superuser")
def test_the_command_names_the_broken_link_and_fails() -> None:
    entries = acts(3)
    AuditEntry.objects.filter(pk=entries[1].pk).update(reason="改过")
    sequence = AuditLink.objects.get(entry_id=entries[1].pk).sequence
    with pytest.raises(CommandError, match=f"第 {sequence} 环") as failed:
        call_command("audit", "verify", stdout=io.StringIO())
    assert failed.value.returncode == 1
