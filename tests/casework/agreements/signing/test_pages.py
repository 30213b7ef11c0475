"""The pages of signing in the account: reading, signing, refusing, asking, many at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.questions import answer
from silian.casework.agreements.models import SigningQuestion
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.tasks import run_job
from silian.foundation.ui import sockets
from tests.casework.agreements.signing import stage
from tests.htmx import assert_fragment_equals_page
from tests.world import World

pytestmark = pytest.mark.django_db


def page_of(key: int, step: str = "") -> str:
    return f"/agreements/sign/{key}/{step}"


def test_the_page_shows_the_pay_the_text_and_its_digest(world: World) -> None:
    version = stage.sent(world)
    said = world.student.client.get(page_of(stage.signature_of(version, "student").pk))
    text = said.content.decode()
    for words in ("您每月拿", "3,200", "签这份协议", "我有疑问", "不同意", version.sha256):
        assert words in text


def test_signing_asks_for_the_box_and_keeps_nothing_ticked(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "student")
    first = world.student.client.get(page_of(row.pk)).content.decode()
    assert "checked" not in first
    refused = world.student.client.post(page_of(row.pk), {"sha256": version.sha256})
    assert refused.status_code == 422
    assert "勾选后再签" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == SignatureState.WAITING


def test_signing_works_without_script(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "student")
    done = world.student.client.post(
        page_of(row.pk), {"sha256": version.sha256, "understood": "on"}, follow=True
    )
    row.refresh_from_db()
    assert row.state == SignatureState.SIGNED
    assert "已签好" in done.content.decode()


def test_a_changed_text_is_told_on_the_page(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "student")
    said = world.student.client.post(page_of(row.pk), {"sha256": "0" * 64, "understood": "on"})
    assert said.status_code == 422
    assert "不一致" in said.content.decode()


def test_who_is_not_on_turn_sees_no_button(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "school")
    text = world.school.client.get(page_of(row.pk)).content.decode()
    assert "签这份协议" not in text
    assert "应先签" in text


def test_a_reason_that_is_too_short_keeps_what_was_typed(world: World) -> None:
    row = stage.signature_of(stage.sent(world), "student")
    said = world.student.client.post(page_of(row.pk, "refuse/"), {"reason": "不行"})
    assert said.status_code == 422
    assert "不行" in said.content.decode()


def test_a_question_goes_to_the_organiser_and_its_answer_stands_on_the_page(world: World) -> None:
    row = stage.signature_of(stage.sent(world), "student")
    world.student.client.post(page_of(row.pk, "ask/"), {"text": "有没有班车？"})
    question = SigningQuestion.objects.get()
    assert "有没有班车" in world.school.client.get("/agreements/waiting/").content.decode()
    answer(question_id=question.pk, actor=world.school.actor, text="早晚各一班。", now=stage.NOW)
    assert "早晚各一班" in world.student.client.get(page_of(row.pk)).content.decode()
    with pytest.raises(DomainError):
        answer(question_id=question.pk, actor=world.school.actor, text="再答一次", now=stage.NOW)


def test_large_letters_need_no_script(world: World) -> None:
    row = stage.signature_of(stage.sent(world), "student")
    text = world.student.client.get(page_of(row.pk) + "?text=large").content.decode()
    assert "is-large" in text


@pytest.fixture
def rights() -> Iterator[None]:
    """A module above that explains rights in plain words."""

    def plug(actor: object, subject: object) -> sockets.Panel:
        return sockets.Panel(template="ui/_empty.html", context={"missing": "钱直接到您的银行卡"})

    socket = sockets.panels["agreements.signing"]
    kept = list(socket._plugs)
    socket.plug(plug)
    yield
    socket._plugs[:] = kept


def test_plain_words_are_plugged_in(world: World, rights: None) -> None:
    row = stage.signature_of(stage.sent(world), "student")
    text = world.student.client.get(page_of(row.pk)).content.decode()
    assert "钱直接到您的银行卡" in text


def queries_of(world: World, path: str) -> int:
    client = world.enterprise.client if "inbox" in path else world.school.client
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", ["/agreements/inbox/", "/agreements/waiting/"])
def test_lists_cost_the_same_with_few_and_with_many(world: World, path: str) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            stage.sign_as(world, stage.sent(world), "student")

    more(3)
    few = queries_of(world, path)
    more(9)
    assert queries_of(world, path) == few


@pytest.mark.parametrize("path", ["/agreements/inbox/", "/agreements/waiting/"])
def test_the_fragment_is_the_page(world: World, path: str) -> None:
    stage.sign_as(world, stage.sent(world), "student")
    client = world.enterprise.client if "inbox" in path else world.school.client
    assert_fragment_equals_page(client, path, selector="#sl-results")


def test_a_manager_signs_many_as_one_job_and_each_alone(world: World) -> None:
    versions = [stage.sent(world) for _ in range(3)]
    for version in versions:
        stage.sign_as(world, version, "student")
    rows = [stage.signature_of(version, "host") for version in versions]
    shown = world.enterprise.client.post(
        "/agreements/inbox/confirm/", {"chosen": [row.pk for row in rows]}
    ).content.decode()
    assert all(version.sha256[:16] in shown for version in versions)
    given = {f"sha256-{row.pk}": row.version.sha256 for row in rows}
    given[f"sha256-{rows[2].pk}"] = "0" * 64
    world.enterprise.client.post(
        "/agreements/inbox/sign/",
        {"chosen": [row.pk for row in rows], "understood": "1", **given},
    )
    job = Job.objects.get()
    run_job(job_id=job.pk)
    job.refresh_from_db()
    states = [stage.signature_of(version, "host").state for version in versions]
    assert states == [SignatureState.SIGNED, SignatureState.SIGNED, SignatureState.WAITING]
    assert (job.done, job.total) == (3, 3)
    assert "签署 2 份，1 份没有办" in job.message


def test_chasing_is_a_job(world: World) -> None:
    version = stage.sent(world)
    row = stage.signature_of(version, "student")
    world.school.client.post("/agreements/waiting/remind/", {"chosen": [row.pk]})
    job = Job.objects.get()
    run_job(job_id=job.pk)
    row.refresh_from_db()
    assert row.reminded_at == stage.NOW


def test_sending_many_tells_what_was_refused(world: World) -> None:
    drafts = [stage.drafted(world).pk, stage.sent(world).agreement_id]
    world.school.client.post("/agreements/send-many/", {"chosen": drafts})
    job = Job.objects.get()
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.message.startswith("送签 1 份，1 份没有办")
