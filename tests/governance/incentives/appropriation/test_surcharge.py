"""The surcharge: entered with vouchers, corrected with reasons, judged as the place's rule says."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.reference.models import Division
from silian.governance.incentives.commands.offices import end_office, name_office
from silian.governance.incentives.commands.surcharge import correct_surcharge, enter_surcharge
from silian.governance.incentives.gateways.appropriation import surcharge_verdict
from silian.governance.incentives.models import FunctionOffice, SurchargeEntry
from silian.governance.incentives.queries.surcharge import report_of
from silian.registers.policies.models.parameters import Parameter
from tests.governance.incentives.appropriation import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, COUNTY, World

LAST_DAY = datetime.date(2025, 12, 31)
HEAD = "行政区划代码,类别,入账日,金额,项目,凭证或文号\n"


def asked(division: str = CITY, *, force: str = "mandatory") -> None:
    """The region asks for thirty per cent."""
    Parameter.objects.create(
        division_id=division, code="N09", name="surcharge_vocational_share", unit="%",
        title="地方教育附加用于职业教育的比例", value=30, comparator=">=", force=force,
        source="青政发〔2024〕1号", place="二（六）2", valid_from=datetime.date(2024, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("force", "used", "word"),
    [
        ("mandatory", "299.99", "不符合"),
        ("mandatory", "300", "达到"),
        ("encouraged", "200", "差距"),
    ],
)
def test_the_force_of_the_clause_chooses_the_word(
    world: World, force: str, used: str, word: str
) -> None:
    asked(force=force)
    stage.entered(world, "receipt", "1000")
    stage.entered(world, "vocational", used)
    row = report_of(world.leader.actor, year=2025)[0]
    assert row.verdict.word == word
    assert row.verdict.required == "30%"


def test_a_place_without_a_clause_is_not_judged(world: World) -> None:
    stage.entered(world, "receipt", "1000")
    row = report_of(world.leader.actor, year=2025)[0]
    assert (row.share, row.verdict.word) == (Decimal("0.00"), "未设定")


def test_the_rulebook_of_a_place_judges_where_nothing_was_entered(world: World) -> None:
    facts: dict[str, Any] = {"receipts": Decimal(10_000_000), "on": datetime.date(2022, 12, 31)}
    found = surcharge_verdict(used=Decimal(2_500_000), division="530300", **facts)
    assert (found.word, found.missing) == ("不符合", Decimal(500_000))


def test_the_region_is_the_sum_over_the_sum(world: World) -> None:
    second = "990105"
    Division.objects.create(
        code=second, name="澜东区", level=3, parent_id=CITY, path=["990000", CITY, second]
    )
    for place, receipts, used in ((COUNTY, "900", "90"), (second, "100", "100")):
        stage.entered(world, "receipt", receipts, division=place)
        stage.entered(world, "vocational", used, division=place)
    whole = report_of(world.leader.actor, year=2025)[-1]
    assert whole.is_whole
    assert whole.share == Decimal("19.00")


def test_the_target_metric_follows_the_entries(world: World) -> None:
    stage.entered(world, "receipt", "1000")
    wrong = stage.entered(world, "vocational", "100")
    correct(world, wrong, "320")
    metric = metric_named("incentives.surcharge_vocational_share")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2025, 1, 1), now=NOW, announce=False)
    found = latest_value(code=metric.code, division=CITY, on=LAST_DAY)
    assert found is not None
    assert found.value == 32
    assert (found.numerator, found.denominator) == (320, 1000)


def correct(world: World, row: SurchargeEntry, amount: str, reason: str = "录错") -> SurchargeEntry:
    return correct_surcharge(
        entry_id=row.pk, amount=Decimal(amount), item=row.item, reason=reason,
        actor=stage.treasury(world).actor, now=NOW,
    )  # fmt: skip


def test_a_correction_leaves_the_wrong_row_and_counts_once(world: World) -> None:
    wrong = stage.entered(world, "receipt", "1000")
    with pytest.raises(DomainError, match="理由"):
        correct(world, wrong, "900", reason=" ")
    correct(world, wrong, "900")
    with pytest.raises(WrongState, match="最新"):
        correct(world, wrong, "800")
    assert SurchargeEntry.objects.present().get().amount == 900
    assert SurchargeEntry.objects.count() == 2


def test_zero_withdraws_an_entry(world: World) -> None:
    correct(world, stage.entered(world), "0")
    assert not SurchargeEntry.objects.present().exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"booked_on": datetime.date(2027, 1, 1)}, "还没有到"),
        ({"amount": "0"}, "大于零"),
    ],
)
def test_sums_that_cannot_be_are_refused(
    world: World, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        stage.entered(world, **given)


def test_a_voucher_counts_once(world: World) -> None:
    stage.entered(world)
    with pytest.raises(DomainError, match="凭证号"):
        stage.entered(world)


def test_only_finance_and_tax_enter(world: World) -> None:
    facts: dict[str, Any] = {"said": stage.said(), "now": NOW, "today": stage.TODAY}
    with pytest.raises(NotAllowed, match="财政、税务"):
        enter_surcharge(actor=world.reviewer.actor, **facts)
    treasury = stage.treasury(world)
    end_office(
        office_id=FunctionOffice.objects.get(function="finance").pk,
        actor=world.coordinator.actor, today=stage.TODAY,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="财政、税务"):
        enter_surcharge(actor=treasury.actor, **facts)


def test_offices_are_named_once_and_only_of_government(world: World) -> None:
    unit, firm = stage.treasury(world).organisation, world.enterprise.organisation
    assert unit is not None
    assert firm is not None
    facts: dict[str, Any] = {
        "division": CITY, "function": "finance", "basis": "三定", "today": stage.TODAY,
        "actor": world.coordinator.actor,
    }  # fmt: skip
    with pytest.raises(DomainError, match="已经设定"):
        name_office(organisation_id=unit.pk, **facts)
    with pytest.raises(DomainError, match="政府部门"):
        name_office(organisation_id=firm.pk, **facts)
    with pytest.raises(NotAllowed, match="统筹"):
        name_office(organisation_id=unit.pk, **{**facts, "actor": world.reviewer.actor})
    office = FunctionOffice.objects.get()
    ending: dict[str, Any] = {"actor": world.coordinator.actor, "today": stage.TODAY}
    end_office(office_id=office.pk, **ending)
    with pytest.raises(WrongState, match="已经停止"):
        end_office(office_id=office.pk, **ending)


def sent(world: World, lines: str) -> Any:
    file = SimpleUploadedFile("收支.csv", (HEAD + lines).encode())
    address = reverse("incentives:surcharge_import")
    return stage.treasury(world).client.post(address, {"file": file})


def test_a_sheet_is_looked_at_before_it_is_written(world: World) -> None:
    lines = (
        f"{COUNTY},征收入库,2025/3/31,1.2万,一季度,R1\n"
        f"{COUNTY},用于职业教育,20250430,4000,设备,V1\n"
    )
    preview = sent(world, lines)
    assert preview.status_code == 200
    assert SurchargeEntry.objects.count() == 0
    address = reverse("incentives:surcharge_import")
    kept = {"looked_at": preview.context["kept"]}
    client = stage.treasury(world).client
    assert client.post(address, kept).status_code == 302
    amounts = SurchargeEntry.objects.order_by("pk").values_list("amount", flat=True)
    assert list(amounts) == [Decimal(12000), Decimal(4000)]
    client.post(address, kept)
    assert SurchargeEntry.objects.count() == 2, "sent twice, written once"
    client.post(address, {"looked_at": kept["looked_at"] + "x"})
    assert SurchargeEntry.objects.count() == 2, "what was changed on the way is refused"


def test_every_wrong_row_is_named_and_none_written(world: World) -> None:
    lines = (
        f"530300,征收入库,2025-03-31,1,甲,R1\n{COUNTY},其他,昨天,很多,,R2\n"
        f"{COUNTY},征收入库,2025-03-31,1,甲,R3\n{COUNTY},征收入库,2025-03-31,1,乙,R3\n"
    )
    answer = sent(world, lines)
    assert answer.status_code == 422
    said = [" ".join(row.problems) for row in answer.context["rows"]]
    assert "不在本地区" in said[0]
    assert all(word in said[1] for word in ("类别应为", "请填写项目", "入账日写成", "不是金额"))
    assert said[2] == ""
    assert "两次" in said[3]
    assert SurchargeEntry.objects.count() == 0


def test_the_report_shows_share_and_year_on_year(world: World) -> None:
    asked()
    for year, used in ((2024, "200"), (2025, "310")):
        day = datetime.date(year, 6, 30)
        stage.entered(world, "receipt", "1000", booked_on=day)
        stage.entered(world, "vocational", used, booked_on=day)
    page = world.leader.client.get(reverse("incentives:surcharge") + "?year=2025").content.decode()
    assert "31.00" in page
    assert "+11.00" in page
    assert "达到" in page


def test_only_who_may_end_an_office_sees_the_button(world: World) -> None:
    unit = stage.treasury(world).organisation
    assert unit is not None
    office = stage.office(world, "finance", unit)
    where, act = reverse("incentives:offices"), f"/offices/{office.pk}/end/"
    assert act in world.coordinator.client.get(where).content.decode()
    assert act not in world.supervisor.client.get(where).content.decode()
