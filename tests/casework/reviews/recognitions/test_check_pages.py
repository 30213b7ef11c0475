"""Anybody checks a code or a certificate: the page tells how the status stands today."""

from __future__ import annotations

import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone

from silian.casework.reviews.commands.recognitions import certify, leave, warn
from silian.casework.reviews.commands.removals import Charge, propose_removal, uphold_removal
from silian.casework.reviews.models import Recognition
from silian.casework.reviews.queries.verification import public_facts, recognition_by_code
from silian.casework.reviews.tasks.recognitions import make_certificate
from silian.foundation.kernel.files import file_readable_by, read_content
from silian.registers.people.models import Person
from tests.casework.reviews import stage_recognitions as given
from tests.world import World

DAY = datetime.timedelta(days=1)


def page(row: Recognition) -> str:
    return Client().get(f"/reviews/check/{row.check_code}/").content.decode()


def certificate_of(row: Recognition) -> bytes:
    certificate = row.certificates.order_by("-pk")[0]
    make_certificate(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert certificate.document is not None
    return read_content(certificate.document)


def uploaded(content: bytes) -> str:
    copy = io.BytesIO(content)
    copy.name = "证书.pdf"
    return Client().post("/reviews/check/", {"copy": copy}).content.decode()


def test_a_valid_certificate_says_what_whose_and_until_when(world: World) -> None:
    row = given.certified(world)
    text = page(row)
    for words in (row.number, row.subject_name, "认定有效", "产教融合型企业", "投资抵免"):
        assert words in text
    assert "rv-over" not in text


def test_a_code_may_be_typed_in_small_letters_with_spaces(world: World) -> None:
    code = given.certified(world).check_code.lower()
    answer = Client().post("/reviews/check/", {"code": f"{code[:6]} {code[6:]}"}, follow=True)
    assert "认定有效" in answer.content.decode()


def test_an_unknown_code_is_told_calmly(world: World) -> None:
    answer = Client().get("/reviews/check/AAAAAAAAAAAA/")
    assert answer.status_code == 404
    assert "没有查验码" in answer.content.decode()


def test_after_removal_the_page_says_since_when_in_red_and_no_reasons(world: World) -> None:
    row = given.certified(world)
    charge = Charge(exit_code="false_information", facts="发票与年报不符")
    removal = propose_removal(recognition_id=row.pk, charge=charge, actor=world.coordinator.actor)
    assert removal.reply_by is not None
    uphold_removal(
        removal_id=removal.pk,
        decision="涉及张某的材料不实",
        on=removal.reply_by + DAY,
        actor=given.second(world).actor,
    )
    row = recognition_by_code(row.check_code)  # type: ignore[assignment]
    facts = public_facts(row, on=removal.reply_by + DAY)
    assert (facts.state, facts.is_over, facts.tone) == ("已取消", True, "late")
    assert facts.since == removal.reply_by + DAY
    assert facts.benefits == ()
    text = page(row)
    assert "张某" not in text
    assert "发票" not in text


def test_who_left_is_shown_in_red_on_the_same_day(world: World) -> None:
    row = given.certified(world)
    leave(recognition_id=row.pk, grounds=given.grounds(), actor=world.enterprise.actor)
    text = page(row)
    today = timezone.localdate()
    assert "rv-over" in text
    assert f"{today.year}年{today.month}月{today.day}日起主动退出" in text


def test_a_term_that_is_over_is_shown_before_the_night_ran(world: World) -> None:
    row = given.certified(world)
    assert row.valid_until is not None
    shown = recognition_by_code(row.check_code)
    assert shown is not None
    facts = public_facts(shown, on=row.valid_until)
    assert (facts.state, facts.is_over, facts.since) == ("已到期", True, row.valid_until)
    assert [entry.what for entry in facts.history] == ["到期", "认定"]
    assert not public_facts(shown, on=row.valid_until - DAY).is_over


def test_a_warning_is_shown_with_its_day(world: World) -> None:
    row = given.certified(world)
    today = timezone.localdate()
    cure = given.grounds(reason="李某未报", cure="补报", cure_by=today + DAY)
    warn(recognition_id=row.pk, grounds=cure, actor=world.coordinator.actor)
    text = page(row)
    assert "警示" in text
    assert "李某" not in text


def test_people_are_masked(world: World) -> None:
    campaign = given.campaign_of(world, first_state="certified")
    person = Person.objects.create(name="欧阳云舟")
    row = given.recognised(
        campaign, world.school.organisation, subject_name="欧阳云舟", person=person
    )
    text = page(row)
    assert "欧＊＊＊" in text
    assert "欧阳云舟" not in text
    listed = Client().get("/reviews/catalogue/").content.decode()
    assert "欧＊＊＊" in listed
    assert "欧阳云舟" not in listed


def test_the_sealed_certificate_is_recognised_and_a_changed_one_is_not(world: World) -> None:
    row = given.certified(world)
    content = certificate_of(row)
    assert content.startswith(b"%PDF")
    assert "没有改动" in uploaded(content)
    assert "已被改动" in uploaded(content.replace(b"/Type /Page\n", b"/Type /Pagf\n", 1) + b"x")
    assert "没有签章" in uploaded(b"%PDF-1.4 nothing")


def test_a_certificate_that_was_replaced_says_so(world: World) -> None:
    row = given.incubating(world)
    first = certificate_of(row)
    certify(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    assert "已换发新证书" in uploaded(first)


def test_a_certificate_is_downloaded_by_its_holder_and_no_rival(world: World) -> None:
    row = given.certified(world)
    certificate_of(row)
    url = f"/reviews/recognitions/{row.pk}/certificate/"
    answer = world.enterprise.client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert world.rival.client.get(url).status_code == 404
    document = row.certificates.get().document
    assert document is not None
    assert file_readable_by(world.rival.actor, file_id=document.pk) is None


@pytest.mark.parametrize("sent", [{}, {"code": ""}])
def test_nothing_typed_is_told_beside_the_form(world: World, sent: dict[str, str]) -> None:
    answer = Client().post("/reviews/check/", sent)
    assert answer.status_code == 422
