"""The file, the report, credit, and the certificate that anybody can check."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.learning import (
    CertificateState,
)
from silian.operations.placements.commands.files import (
    grant_credit,
    issue_certificate,
    judge_report,
    revoke_certificate,
)
from silian.operations.placements.models import PracticeSettings
from silian.operations.placements.queries.files import file_of
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import NOW
from tests.world import World


def test_the_file_names_what_is_missing_and_who_owes_it(world: World) -> None:
    internship = stage.own_internship(world)
    found = file_of(internship, now=NOW)
    codes = {part.code: part for part in found.parts}
    assert codes["agreement"].is_whole
    assert codes["plan"].is_whole
    assert codes["inspection"].is_whole
    assert {part.code for part in found.missing} == {"notes", "visit", "report", "result"}
    assert codes["report"].owed_by == "学生"
    assert codes["notes"].total == 2  # the weeks of 2 and 9 March are due on the 18th


def test_a_report_is_judged_and_then_stands(world: World) -> None:
    report = stage.report(world)
    given = {"actor": world.teacher.actor, "internship_id": report.internship_id, "now": NOW}
    with pytest.raises(DomainError, match="退回原因"):
        judge_report(**given, accepts=False, reason="")
    judge_report(**given, accepts=False, reason="写具体些")
    stage.report(world)
    assert judge_report(**given, accepts=True, reason="").accepted_at == NOW
    with pytest.raises(DomainError, match="不能再改"):
        stage.report(world)


def test_a_host_does_not_judge_a_report(world: World) -> None:
    report = stage.report(world)
    with pytest.raises(NotAllowed):
        judge_report(
            actor=world.enterprise.actor,
            internship_id=report.internship_id,
            accepts=True,
            reason="",
            now=NOW,
        )


def test_credit_waits_for_the_result(world: World) -> None:
    made = stage.shown(world)
    with pytest.raises(DomainError, match="尚未定稿"):
        grant_credit(actor=world.school.actor, internship_id=made.internship_id, now=NOW)


def test_credit_of_an_incomplete_file_needs_a_reason(world: World) -> None:
    made = stage.final(world)
    PracticeSettings.objects.create(school=world.school.organisation, least_file_percent=80)
    given = {"actor": world.school.actor, "internship_id": made.internship_id, "now": NOW}
    with pytest.raises(DomainError, match="低于要求的 80%"):
        grant_credit(**given)
    grant = grant_credit(**given, exception_reason="休学返校，报告另交")
    assert (grant.credits, grant.required_percent) == (20, 80)
    assert grant.file_percent < 80
    with pytest.raises(DomainError, match="已认定"):
        grant_credit(**given)


def test_without_a_number_nothing_is_demanded_of_the_file(world: World) -> None:
    made = stage.final(world)
    grant = grant_credit(actor=world.school.actor, internship_id=made.internship_id, now=NOW)
    assert grant.required_percent is None


def test_a_certificate_comes_after_the_assessment_and_once(world: World) -> None:
    made = stage.shown(world)
    with pytest.raises(DomainError, match="定稿后"):
        issue_certificate(actor=world.school.actor, internship_id=made.internship_id, now=NOW)


def test_a_certificate_is_numbered_printed_and_checked_by_strangers(world: World) -> None:
    certificate = stage.certificate(world)
    assert certificate.number.endswith("-00001")
    check = reverse("placements:certificate_check", args=[certificate.code])
    page = world.anonymous.client.get(check).content.decode()
    assert "演＊＊＊＊雨" in page
    assert "演示学生何雨" not in page
    assert world.anonymous.client.get(f"{check[:-5]}xxxx/").status_code == 404
    url = reverse("placements:certificate_print", args=[certificate.pk])
    printed = world.student.client.get(url)
    text = PdfReader(BytesIO(printed.content)).pages[0].extract_text().replace(" ", "")
    assert "实习证明" in text
    assert certificate.number in text
    assert world.rival.client.get(url).status_code == 404


def test_a_revoked_certificate_says_so_and_a_new_one_may_follow(world: World) -> None:
    certificate = stage.certificate(world)
    given = {"actor": world.school.actor, "internship_id": certificate.internship_id, "now": NOW}
    with pytest.raises(DomainError, match="不能重复"):
        issue_certificate(**given)
    with pytest.raises(DomainError, match="撤销原因"):
        revoke_certificate(
            actor=world.school.actor, certificate_id=certificate.pk, reason="", now=NOW
        )
    revoke_certificate(
        actor=world.school.actor, certificate_id=certificate.pk, reason="岗位写错", now=NOW
    )
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED
    check = reverse("placements:certificate_check", args=[certificate.code])
    assert "岗位写错" in world.anonymous.client.get(check).content.decode()
    assert issue_certificate(**given).number.endswith("-00002")


def test_a_certificate_keeps_what_it_said(world: World) -> None:
    certificate = stage.certificate(world)
    internship = certificate.internship
    internship.person.name = "改名后"
    internship.person.save()
    certificate.refresh_from_db()
    assert certificate.snapshot["name"] == "演示学生何雨"
