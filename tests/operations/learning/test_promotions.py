"""The register of promotions: entered, verified by another, refused, corrected, imported."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.foundation.kernel.encryption import decrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.learning.choices import PromotionState
from silian.operations.learning.commands import promotion_imports, promotions
from silian.operations.learning.models.promotions import PayeeAccount, Promotion
from silian.operations.learning.queries.promotions import (
    promotions_to_check,
    stated_versions,
    verified_promotions,
)
from silian.operations.learning.rules.promotion_sheet import HEADINGS
from tests.operations.learning import skill_stage as stage
from tests.operations.learning.stage import NOW, TODAY, unit
from tests.world import COUNTY, World

ID_NUMBERS = ("11010519491231002X", "440524188001010014")


def test_the_employer_of_the_certificates_day_enters(world: World) -> None:
    row = stage.submitted(world)
    assert (row.state, row.division_id) == (PromotionState.SUBMITTED, COUNTY)
    assert row.versions.get().facts["证书编号"] == row.certificate
    with pytest.raises(DomainError, match="不在本单位就业"):
        stage.submitted(world, stage.worker(world.rival))
    with pytest.raises(NotAllowed):
        promotions.enter_promotion(
            person_id=row.person_id, facts=stage.facts_of_promotion(),
            actor=world.reviewer.actor, now=NOW, today=TODAY,
        )  # fmt: skip


def test_a_certificate_and_a_level_stand_on_the_register_once(world: World) -> None:
    row = stage.submitted(world)
    with pytest.raises(DomainError, match="这个等级已经登记"):
        stage.submitted(world, row.person)
    with pytest.raises(DomainError, match="编号已经登记"):
        stage.submitted(world, stage.worker(world.enterprise, "乙"), certificate=row.certificate)
    twin = Promotion.objects.get(pk=row.pk)
    twin.pk, twin.certificate = None, stage.certificate()
    with pytest.raises(IntegrityError, match="promotion_level_once"), transaction.atomic():
        twin.save(force_insert=True)


def test_a_refused_entry_leaves_its_number_free(world: World) -> None:
    stage.office(world)
    row = stage.submitted(world)
    with pytest.raises(DomainError, match="理由"):
        promotions.refuse_promotion(
            promotion_id=row.pk, note="", actor=world.reviewer.actor, now=NOW
        )
    promotions.refuse_promotion(
        promotion_id=row.pk, note="证书查不到", actor=world.reviewer.actor, now=NOW
    )
    again = stage.submitted(world, row.person, certificate=row.certificate)
    assert again.pk != row.pk


def test_only_the_named_office_or_the_coordinator_verifies(world: World) -> None:
    row = stage.submitted(world)
    given: dict[str, Any] = {"promotion_id": row.pk, "note": "", "now": NOW}
    with pytest.raises(Promotion.DoesNotExist):
        promotions.verify_promotion(**given, actor=world.reviewer.actor)
    stage.office(world)
    assert list(promotions_to_check(world.reviewer.actor)) == [row]
    row = promotions.verify_promotion(**given, actor=world.reviewer.actor)
    assert (row.state, row.checked_by) == (PromotionState.VERIFIED, world.reviewer.user)
    [known] = verified_promotions(organisation_id=unit(world.enterprise).pk)
    assert (known.after, known.is_high_skill) == ("3", True)


def test_who_entered_does_not_verify(world: World) -> None:
    stage.office(world)
    row = stage.submitted(world)
    row.entered_by = world.reviewer.user
    row.save(update_fields=["entered_by"])
    given: dict[str, Any] = {"promotion_id": row.pk, "note": "", "now": NOW}
    with pytest.raises(DomainError, match="登记的人不能核验"):
        promotions.verify_promotion(**given, actor=world.reviewer.actor)
    assert not promotions_to_check(world.reviewer.actor).exists()
    promotions.verify_promotion(**given, actor=world.coordinator.actor)


def test_a_correction_is_a_new_version_verified_anew(world: World) -> None:
    row = stage.verified(world)
    given: dict[str, Any] = {
        "promotion_id": row.pk,
        "actor": world.enterprise.actor,
        "now": NOW,
        "today": TODAY,
    }
    facts = stage.facts_of_promotion(trained_hours=120, certificate=row.certificate)
    with pytest.raises(DomainError, match="理由"):
        promotions.correct_promotion(**given, facts=facts, reason="")
    row = promotions.correct_promotion(**given, facts=facts, reason="学时漏填")
    assert (row.state, row.version, row.checked_by) == (PromotionState.SUBMITTED, 2, None)
    newest = stated_versions(row)[0]
    assert [change.label for change in newest.changes] == ["培训学时"]


def test_an_account_is_kept_encrypted_and_belongs_to_one_person(world: World) -> None:
    row = stage.submitted(world)
    other = stage.submitted(world, stage.worker(world.enterprise, "乙"))
    given: dict[str, Any] = {"bank": "青澜农商行", "actor": world.enterprise.actor, "now": NOW}
    made = promotions.give_account(
        person_id=row.person_id, account="6222 0202 0001 2345 678", **given
    )
    assert "6222020200012345678" not in made.account_cipher
    assert decrypted(made.account_cipher) == "6222020200012345678"
    with pytest.raises(DomainError, match="另一名职工"):
        promotions.give_account(person_id=other.person_id, account="6222020200012345678", **given)
    with pytest.raises(NotAllowed):
        promotions.give_account(
            person_id=row.person_id, account="62220202", bank="行", actor=world.rival.actor,
            now=NOW,
        )  # fmt: skip
    assert PayeeAccount.objects.count() == 1
    page = world.enterprise.client.get(row.get_absolute_url()).content.decode()
    assert "****5678" in page
    assert "6222020200012345678" not in page


def sheet(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: row.get(name, "") for name in HEADINGS})
    return text.getvalue().encode()


def line(number: str, **given: str) -> dict[str, str]:
    return {
        "证件号": number,
        "职业代码": stage.lathe().pk,
        "提升前等级": "四级",
        "提升后等级": "高级工",
        "证书编号": stage.certificate(),
        "发证机构": "评价中心",
        "发证日期": "2026年3月2日",
        "参加的培训": "高级工班",
        **given,
    }


def read(world: World, *rows: dict[str, str], person: str = "enterprise") -> Any:
    return promotion_imports.read_sheet(
        name="提升.csv", content=sheet(*rows), actor=getattr(world, person).actor,
        now=NOW, today=TODAY,
    )  # fmt: skip


def test_a_sheet_is_shown_row_by_row_before_it_is_taken(world: World) -> None:
    people = [
        stage.worker(world.enterprise, name, id_number=number)
        for name, number in zip(("甲", "乙"), ID_NUMBERS, strict=True)
    ]
    made = read(
        world,
        line(ID_NUMBERS[0]),
        line(ID_NUMBERS[0]),
        line(ID_NUMBERS[1], 证书编号="123"),
        line("11010519491231003X"),
    )
    assert not Promotion.objects.exists()
    problems = [row["problems"] for row in made.rows]
    assert problems[0] == []
    assert "出现了两次" in problems[1][0]
    assert "21 位数字" in problems[2][0]
    assert "没有这个证件号" in problems[3][0]
    assert ID_NUMBERS[0] not in str(made.rows)
    page = world.enterprise.client.get(made.get_absolute_url()).content.decode()
    assert "登记 1 行" in page
    made = promotion_imports.take_import(import_id=made.pk, actor=world.enterprise.actor, now=NOW)
    assert (made.taken, Promotion.objects.get().person) == (1, people[0])
    with pytest.raises(DomainError, match="不能再导入"):
        promotion_imports.take_import(import_id=made.pk, actor=world.enterprise.actor, now=NOW)


def test_the_office_imports_for_every_firm_of_its_region_and_another_verifies(
    world: World,
) -> None:
    stage.office(world)
    stage.worker(world.rival, "甲", id_number=ID_NUMBERS[0])
    made = read(world, line(ID_NUMBERS[0]), person="reviewer")
    promotion_imports.take_import(import_id=made.pk, actor=world.reviewer.actor, now=NOW)
    row = Promotion.objects.get()
    assert row.employer == unit(world.rival)
    with pytest.raises(DomainError, match="不能核验"):
        promotions.verify_promotion(
            promotion_id=row.pk, note="", actor=world.reviewer.actor, now=NOW
        )


def test_a_firm_does_not_import_for_another(world: World) -> None:
    stage.worker(world.rival, "甲", id_number=ID_NUMBERS[0])
    made = read(world, line(ID_NUMBERS[0]))
    assert "不能由本单位登记" in made.rows[0]["problems"][0]


def test_reading_a_sheet_costs_the_same_with_one_row_and_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    stage.worker(world.enterprise, "甲", id_number=ID_NUMBERS[0])
    rows = [line(ID_NUMBERS[0]) for _ in range(30)]
    with django_assert_max_num_queries(12):
        read(world, *rows)


def test_a_promotion_is_entered_on_the_page(world: World) -> None:
    person = stage.worker(world.enterprise)
    facts = stage.facts_of_promotion()
    url = reverse("learning:promotion_new")
    data = {
        "person": person.pk, "occupation": facts.occupation_id, "before": "4", "after": "3",
        "certificate": "写错了", "issuer": facts.issuer, "issued_on": "2026-03-02",
        "training": facts.training, "trained_hours": "80",
    }  # fmt: skip
    refused = world.enterprise.client.post(url, data)
    assert refused.status_code == 422
    assert "21 位数字" in refused.content.decode()
    sent = world.enterprise.client.post(url, {**data, "certificate": facts.certificate})
    assert sent.status_code == 302
    assert Promotion.objects.get().person == person
