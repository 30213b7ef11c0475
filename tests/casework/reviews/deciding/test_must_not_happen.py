"""What the recognition of a region must never do: each line of the list, tried by force."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.archives import order_batch_archive
from silian.casework.reviews.commands.intake import accept_dossier
from silian.casework.reviews.commands.recognitions import leave
from silian.casework.reviews.commands.removals import Charge, propose_removal, uphold_removal
from silian.casework.reviews.models import Appeal, Dossier, DossierDecision, Recognition
from silian.casework.reviews.queries.standing import holds, standing_of
from silian.casework.reviews.tasks.dossiers import settle_overdue
from silian.casework.reviews.tasks.recognitions import make_certificate
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import AuditEntry
from tests.casework.reviews import stage as common
from tests.casework.reviews import stage_deciding as stage
from tests.casework.reviews import stage_judging as judging
from tests.casework.reviews import stage_recognitions as given
from tests.world import World

DAY = datetime.timedelta(days=1)
MARKS = ("47.31", "23.19", "70.50", "密评理由甲乙丙")
TABLE = DossierDecision._meta.db_table


# --- a decision changed without trace ---------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET outcome = 'recognise'",
        f"UPDATE {TABLE} SET reason = 'another'",
        f"UPDATE {TABLE} SET supersedes_id = NULL",
        f"UPDATE {TABLE} SET snapshot = '{{}}'",
        f"UPDATE {TABLE} SET decided_by_id = NULL",
        f"DELETE FROM {TABLE}",
    ],
)
def test_the_database_itself_refuses_to_change_a_decision(world: World, statement: str) -> None:
    stage.decided(world, stage.batch(world, ["90", "80"]), passing=1)
    before = list(DossierDecision.objects.order_by("pk").values())
    with (
        pytest.raises(DatabaseError, match="stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(DossierDecision.objects.order_by("pk").values()) == before


def test_every_decision_stands_in_the_trail(world: World) -> None:
    stage.decided(world, stage.batch(world, ["90", "80"]), passing=1)
    assert AuditEntry.objects.filter(action="reviews.decision.made").count() == 2


# --- a score visible before both are in ---------------------------------------------------------


def half_scored(world: World) -> Dossier:
    campaign = judging.judged_campaign(world)
    judging.pool_of(4)
    dossier = judging.waiting_dossier(world, campaign)
    tasks = judging.drawn(world, campaign)
    points = {"training": Decimal("47.31"), "effect": Decimal("23.19")}
    judging.hand_in(tasks[0], points, words=MARKS[3])
    return dossier


def test_the_archive_shows_no_score_before_all_are_in(
    world: World, run_jobs: Callable[[], None]
) -> None:
    dossier = half_scored(world)
    job = order_batch_archive(campaign=dossier.campaign, actor=world.coordinator.actor)
    run_jobs()
    job.refresh_from_db()
    assert job.result_file is not None
    archive = zipfile.ZipFile(io.BytesIO(read_content(job.result_file)))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    assert dossier.number
    assert dossier.number in everything
    assert not [mark for mark in MARKS if mark in everything]


def test_no_interface_for_programs_shows_a_score(world: World) -> None:
    dossier = half_scored(world)
    for address in api_addresses():
        for who in ("coordinator", "enterprise", "rival", "anonymous"):
            answer = world.people[who].client.get(address)
            shown = body_of(answer)
            assert not [mark for mark in MARKS if mark in shown], f"{who} reads {address}"
            assert who == "coordinator" or str(dossier.number) not in shown


def api_addresses() -> list[str]:
    """Every address below /api/ that can be opened, its numbers filled with one."""
    return [
        "/" + path.replace("^", "")
        for path in walk(get_resolver())
        if path.startswith("api/") and "<" not in path
    ]


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, path)
        else:
            yield path


# --- a certificate that stays valid after exit ----------------------------------------------------


def removed(world: World, row: Recognition) -> datetime.date:
    """Taken away by the proceeding, on its first possible day."""
    charge = Charge(exit_code="false_information", facts="发票与年报不符")
    removal = propose_removal(recognition_id=row.pk, charge=charge, actor=world.coordinator.actor)
    assert removal.reply_by is not None
    on = removal.reply_by + DAY
    uphold_removal(removal_id=removal.pk, decision="属实", on=on, actor=given.second(world).actor)
    return on


def left(world: World, row: Recognition) -> datetime.date:
    leave(recognition_id=row.pk, grounds=given.grounds(), actor=world.enterprise.actor)
    return timezone.localdate()


@pytest.mark.parametrize("exit_", [removed, left], ids=["removed", "left"])
def test_after_exit_nothing_in_public_calls_the_certificate_valid(
    world: World, monkeypatch: pytest.MonkeyPatch, exit_: Callable[..., datetime.date]
) -> None:
    row = given.certified(world)
    certificate = row.certificates.get()
    make_certificate(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert certificate.document is not None
    copy = io.BytesIO(read_content(certificate.document))
    copy.name = "证书.pdf"
    on = exit_(world, row)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: on)
    visitor = Client()
    code = row.check_code
    pages = {
        "address of the QR code": visitor.get(f"/reviews/check/{code}/"),
        "code typed in": visitor.post("/reviews/check/", {"code": code}, follow=True),
        "kept PDF": visitor.post("/reviews/check/", {"copy": copy}),
    }
    for name, answer in pages.items():
        text = answer.content.decode()
        assert "认定有效" not in text, name
        assert "rv-over" in text, name
        assert "投资抵免" not in text, name
    assert not holds(organisation_id=row.holder_id, scheme=row.scheme, on=on), (
        "benefits still read the status"
    )
    catalogue = visitor.get("/reviews/catalogue/").content.decode()
    standing = catalogue.split("已取消名单", 1)[0]
    assert row.number not in standing
    for form in ("csv", "xlsx"):
        export = visitor.get("/reviews/catalogue/", {"export": form})
        assert row.number not in body_of(export), form
    card = world.school.client.get(row.holder.get_absolute_url()).content.decode()
    assert row.number not in card


def test_the_state_of_today_is_read_on_every_check_and_never_cached(world: World) -> None:
    row = given.certified(world)
    url = f"/reviews/check/{row.check_code}/"
    visitor = Client()
    assert "认定有效" in visitor.get(url).content.decode()
    left(world, row)
    answer = visitor.get(url)
    assert "认定有效" not in answer.content.decode()
    assert "no-store" in answer.headers.get("Cache-Control", "")
    found = standing_of(organisation_id=row.holder_id, scheme=row.scheme, on=timezone.localdate())
    assert found is None


# --- a file readable by another tenant: every id swapped ------------------------------------------

STRANGERS = ("rival", "school", "expert", "student", "anonymous")


def review_routes() -> list[tuple[str, set[str]]]:
    """Every address of reviews with the names of its arguments."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "reviews":
            return list(named(pattern))
    raise AssertionError("reviews have no addresses")


def named(resolver: URLResolver) -> Iterator[tuple[str, set[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, set(pattern.pattern.regex.groupindex)


def refused_dossier(world: World) -> Dossier:
    """The enterprise's dossier, ended and appealed, with secrets in its answers."""
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    Dossier.objects.filter(pk=dossier.pk).update(answers={"hosted": 918273})
    Appeal.objects.create(
        decision=dossier.decisions.get(),
        text="申诉秘密甲乙丙",
        filed_by_id=world.enterprise.user.pk,  # type: ignore[union-attr]
        filed_at=timezone.now(),
    )
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("who", STRANGERS)
def test_no_address_gives_a_stranger_anything_of_a_dossier(world: World, who: str) -> None:
    """Every address, every argument set to the dossier's own numbers, then to those around it."""
    dossier = refused_dossier(world)
    meeting = dossier.campaign.meetings.get()
    own: dict[str, Any] = {
        "dossier_id": dossier.pk,
        "campaign_id": dossier.campaign_id,
        "meeting_id": meeting.pk,
        "appeal_id": dossier.decisions.get().appeal.pk,
        "version_id": dossier.campaign.version_id,
        "scheme_id": dossier.campaign.version.scheme_id,
        "name": "pause",
        "field": "hosted",
        "code": "hosted",
    }
    secrets = [str(dossier.number), "918273", "申诉秘密甲乙丙", dossier.end_reason]
    client, opened = world.people[who].client, 0
    for name, arguments in review_routes():
        for step in (0, 1):
            kwargs = {
                key: value + step if isinstance(value, int) else value
                for key, value in ((key, own.get(key, dossier.pk)) for key in arguments)
            }
            answer = client.get(reverse(f"reviews:{name}", kwargs=kwargs))
            opened += answer.status_code == 200
            shown = body_of(answer)
            assert not [one for one in secrets if one in shown], f"{who} reads {name} {kwargs}"
    assert opened  # lists and public pages are open, and stay silent


def test_no_command_address_changes_a_dossier_for_a_stranger(world: World) -> None:
    dossier = refused_dossier(world)
    before = Dossier.objects.filter(pk=dossier.pk).values().get()
    for name, arguments in review_routes():
        if "dossier_id" not in arguments:
            continue
        words = {"field": "hosted", "code": "hosted", "name": "pause"}
        kwargs = {key: words.get(key, dossier.pk) for key in arguments}
        answer = world.rival.client.post(reverse(f"reviews:{name}", kwargs=kwargs))
        assert answer.status_code in (404, 405), name
    assert Dossier.objects.filter(pk=dossier.pk).values().get() == before


def body_of(answer: Any) -> str:
    """The text of an answer, whatever way it is sent."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(raw.decode(errors="replace"))


# --- a late department blocks nobody for ever -----------------------------------------------------


def test_no_state_of_a_dossier_waits_without_an_end(world: World) -> None:
    """Once the clocks of all departments are over the night's work moves the dossier on."""
    campaign = common.with_levels(world)
    dossier = common.dossier_of(campaign, world.enterprise.organisation)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    day = timezone.localdate()
    for _ in range(len(common.LEVELS) + 1):
        dossier.refresh_from_db()
        if dossier.state != DossierState.OPINIONS:
            break
        asked = dossier.opinions.filter(answered_at=None, due_on__isnull=False)
        day = max([day, *asked.values_list("due_on", flat=True)]) + DAY
        settle_overdue(on=day)
    dossier.refresh_from_db()
    assert dossier.state != DossierState.OPINIONS
