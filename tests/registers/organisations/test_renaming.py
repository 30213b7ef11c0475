"""A new name: asked with proof, verified again, kept in the history."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.registers.accounts.models import Notification
from silian.registers.organisations.commands import renaming
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.organisation import Renaming
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.organisations.queries.register import DirectoryChoice, directory
from tests.registers.organisations.cast import paper
from tests.world import TODAY, World

NEW = "启衡智能装备（演示）"
CHANGED = TODAY - datetime.timedelta(days=9)


def ask(world: World, **values: Any) -> Renaming:
    given = {
        "new_name": NEW,
        "changed_on": CHANGED,
        "evidence": paper("变更通知书.pdf"),
        "actor": world.enterprise.actor,
        "today": TODAY,
        **values,
    }
    return renaming.request_rename(organisation_id=world.enterprise.organisation.pk, **given)


def firm(world: World) -> Organisation:
    return Organisation.objects.get(pk=world.enterprise.organisation.pk)


def test_the_old_name_holds_until_the_new_one_is_verified(world: World) -> None:
    row = ask(world)
    assert firm(world).name == "启衡精密制造（演示）"
    assert row.due_on == datetime.date(2026, 3, 25)
    assert files_of(row.documents.get()).get().name == "变更通知书.pdf"


def test_both_names_are_kept_with_their_days(world: World, run_jobs: Callable[[], None]) -> None:
    renaming.confirm_rename(renaming_id=ask(world).pk, actor=world.reviewer.actor)
    run_jobs()
    names = [(row.name, row.ends_on) for row in firm(world).names.all()]
    assert names == [(NEW, None), ("启衡精密制造（演示）", CHANGED)]
    assert Notification.objects.filter(title__contains="更名已核验").exists()


def test_the_old_name_still_finds_the_organisation(world: World) -> None:
    renaming.confirm_rename(renaming_id=ask(world).pk, actor=world.reviewer.actor)
    visible = organisations_visible_to(world.rival.actor)
    for text in ("精密制造", "智能装备", "qhznzb", "qiheng"):
        found = directory(visible, choice=DirectoryChoice(text=text))
        assert firm(world) in found, text


def test_a_refused_change_says_why(world: World, run_jobs: Callable[[], None]) -> None:
    row = ask(world)
    with pytest.raises(DomainError, match="写明原因"):
        renaming.refuse_rename(renaming_id=row.pk, reason="", actor=world.reviewer.actor)
    renaming.refuse_rename(renaming_id=row.pk, reason="通知书没有盖章", actor=world.reviewer.actor)
    run_jobs()
    assert firm(world).name == "启衡精密制造（演示）"
    assert "没有盖章" in Notification.objects.get(user=world.enterprise.user).detail


def test_a_decided_change_is_not_decided_again(world: World) -> None:
    row = ask(world)
    renaming.confirm_rename(renaming_id=row.pk, actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="已更名"):
        renaming.refuse_rename(renaming_id=row.pk, reason="x", actor=world.reviewer.actor)


def test_one_change_at_a_time(world: World) -> None:
    ask(world)
    with pytest.raises(DomainError, match="正在核验"):
        ask(world, new_name="第三个名称")


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"new_name": "启衡精密制造（演示）"}, "相同"),
        ({"changed_on": TODAY + datetime.timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_odd_requests_are_refused(world: World, values: dict[str, Any], word: str) -> None:
    with pytest.raises(DomainError, match=word):
        ask(world, **values)


def test_only_the_manager_asks_and_only_the_official_decides(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask(world, actor=world.rival.actor)
    row = ask(world)
    with pytest.raises(NotAllowed):
        renaming.confirm_rename(renaming_id=row.pk, actor=world.enterprise.actor)


def test_a_file_that_is_no_document_is_refused_and_nothing_is_kept(world: World) -> None:
    evidence = paper("病毒.exe")
    with pytest.raises(DomainError):
        ask(world, evidence=evidence)
