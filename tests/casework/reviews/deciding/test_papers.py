"""What objectors and appellants attach: checked by content, read by the handlers only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.commands.archives import order_dossier_archive
from silian.casework.reviews.commands.objections import add_finding_file, take_objection
from silian.casework.reviews.forms.notices import SALT
from silian.casework.reviews.models import Appeal, Dossier, Objection
from silian.foundation.kernel.files import files_of, read_content
from silian.foundation.kernel.models import StoredFile
from tests.casework.reviews import stage as common
from tests.casework.reviews import stage_deciding as stage
from tests.casework.reviews.dossiers.filling import paper
from tests.world import World

TEXT = "该企业填报的实习人次与我们了解的不一致，可以核对名册。"
PROGRAM = SimpleUploadedFile("名册.pdf", b"MZ\x90\x00" + b"\0" * 200, "application/pdf")
OUTSIDERS = ("enterprise", "rival", "school", "expert", "student")


def typed_earlier(monkeypatch: pytest.MonkeyPatch) -> str:
    """A form that was opened a minute ago."""
    with monkeypatch.context() as patch:
        earlier = timezone.now().timestamp() - 60
        patch.setattr("django.core.signing.time.time", lambda: earlier)
        return signing.TimestampSigner(salt=SALT).sign("objection")


def send(world: World, monkeypatch: pytest.MonkeyPatch, *papers: Any) -> Any:
    """An objection sent by a visitor on the public page."""
    notice = stage.noticed(world, stage.batch(world, ["90", "80"], own=True), passing=2)
    url = reverse("reviews:objection_raise", args=[notice.pk, 1])
    data = {"text": TEXT, "shown_at": typed_earlier(monkeypatch), "papers": list(papers)}
    return world.anonymous.client.post(url, data)


def sent_file(world: World, monkeypatch: pytest.MonkeyPatch) -> StoredFile:
    assert send(world, monkeypatch, paper("名册.pdf")).status_code == 200
    return files_of(Objection.objects.get()).get()


def statuses(world: World, file: StoredFile, *names: str) -> set[int]:
    """What the two doors of a file answer to some people."""
    doors = [reverse(f"kernel:{door}", args=[file.pk]) for door in ("file_download", "file_view")]
    clients = [world.people[name].client for name in names]
    answers = [client.get(door) for client in clients for door in doors]
    for answer in answers:
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, or the file stays open
    return {answer.status_code for answer in answers}


def test_a_visitor_s_papers_reach_the_handlers_without_any_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sent_file(world, monkeypatch)
    assert (file.uploaded_by_id, file.organisation_id) == (None, None)
    objection = Objection.objects.get()
    page = world.reviewer.client.get(reverse("reviews:objection_detail", args=[objection.pk]))
    assert "异议人提供的材料" in page.content.decode()
    assert "名册.pdf" in page.content.decode()
    assert statuses(world, file, "coordinator", "reviewer", "supervisor") == {200}


def test_nobody_else_reads_a_visitor_s_papers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sent_file(world, monkeypatch)
    assert statuses(world, file, *OUTSIDERS) == {404}
    anonymous = world.anonymous.client.get(reverse("kernel:file_download", args=[file.pk]))
    assert anonymous.status_code == 302  # to the login page
    common.dossier_of(Dossier.objects.earliest("pk").campaign, world.leader.organisation)
    assert statuses(world, file, "leader") == {404}  # an official whose unit competes


def test_the_applicant_who_is_heard_never_sees_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_file(world, monkeypatch)
    objection = Objection.objects.get()
    take_objection(objection_id=objection.pk, actor=world.reviewer.actor)
    url = reverse("reviews:objection_ask", args=[objection.pk])
    world.reviewer.client.post(url, {"question": "请说明实习人次。"})
    for address in (
        reverse("reviews:hearing", args=[objection.pk]),
        reverse("reviews:dossier_detail", args=[objection.dossier_id]),
    ):
        answer = world.enterprise.client.get(address)
        assert answer.status_code == 200
        assert "名册.pdf" not in answer.content.decode()


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ([PROGRAM], "内容不是PDF"),
        ([SimpleUploadedFile("名册.exe", b"MZ")], "格式不在可接收之列"),
        ([paper(f"{place}.pdf") for place in range(6)], "最多 5 份"),
    ],
    ids=["a program named PDF", "a program", "six"],
)
def test_wrong_papers_are_refused_at_their_box_and_nothing_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, papers: list[Any], sentence: str
) -> None:
    for each in papers:
        each.seek(0)
    answer = send(world, monkeypatch, *papers)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert not Objection.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_objection_needs_no_papers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(world, monkeypatch).status_code == 200
    assert not files_of(Objection.objects.get()).exists()


def appealed(world: World, *papers: Any) -> Appeal:
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    url = reverse("reviews:appeal_file", args=[dossier.pk])
    data = {"text": "漏计一项证明。", "papers": list(papers)}
    assert world.enterprise.client.post(url, data).status_code == 302
    return Appeal.objects.get()


def test_an_appellant_s_papers_are_read_by_itself_and_the_handlers_only(world: World) -> None:
    appeal = appealed(world, paper("证明.pdf"), paper("说明.pdf"))
    files = list(files_of(appeal))
    assert [file.name for file in files] == ["证明.pdf", "说明.pdf"]
    page = world.supervisor.client.get(reverse("reviews:appeal_detail", args=[appeal.pk]))
    assert "说明.pdf" in page.content.decode()
    for file in files:
        assert statuses(world, file, "enterprise", "coordinator", "supervisor") == {200}
        assert statuses(world, file, "rival", "school", "expert", "student") == {404}


def test_an_appeal_with_a_program_is_refused(world: World) -> None:
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    PROGRAM.seek(0)
    answer = world.enterprise.client.post(
        reverse("reviews:appeal_file", args=[dossier.pk]), {"text": "理由", "papers": [PROGRAM]}
    )
    assert answer.status_code == 422
    assert not Appeal.objects.exists()


def test_the_archive_leaves_out_what_an_objector_brought(
    world: World, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], None]
) -> None:
    sent_file(world, monkeypatch)
    objection = Objection.objects.get()
    take_objection(objection_id=objection.pk, actor=world.reviewer.actor)
    add_finding_file(
        objection_id=objection.pk, upload=paper("核查笔录.pdf"), actor=world.reviewer.actor
    )
    job = order_dossier_archive(dossier=objection.dossier, actor=world.coordinator.actor)
    run_jobs()
    job.refresh_from_db()
    assert job.result_file is not None
    names = zipfile.ZipFile(io.BytesIO(read_content(job.result_file))).namelist()
    assert any("核查笔录.pdf" in name for name in names)
    assert not any("名册.pdf" in name for name in names)
