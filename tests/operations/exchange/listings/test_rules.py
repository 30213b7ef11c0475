"""Decisions about listings, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.queries.listing_findings import findings_of
from silian.operations.exchange.rules.listing_checks import needs_review, review_cause
from silian.operations.exchange.rules.listing_content import faults_of
from silian.operations.exchange.rules.listing_publication import (
    last_day_of_publication,
    reason_kind_not_open,
    reason_not_publishable,
    reason_not_taken,
)
from silian.operations.exchange.rules.listing_words import (
    changes_between,
    period_words,
    price_words,
)
from silian.operations.exchange.workflow.listing import listing as workflow
from tests.operations.exchange.listings.stage import whole_content

DAY = datetime.date(2026, 3, 18)


@pytest.mark.parametrize("state", ["registered", "submitted", "rejected", "suspended", "closed"])
def test_only_verified_organisations_publish_and_the_others_learn_the_cure(state: str) -> None:
    reason = reason_not_publishable(organisation_state=state)
    assert reason is not None
    assert "不能发布" in reason
    assert "请" in reason or "即可" in reason


def test_a_verified_organisation_publishes() -> None:
    assert reason_not_publishable(organisation_state="verified") is None


def test_a_school_offers_graduates_and_an_enterprise_does_not() -> None:
    kind = kind_of("graduate_cohort")
    asked = {"kind": kind, "side": "supply"}
    assert reason_kind_not_open(organisation_kind="school", **asked) is None
    assert "不由贵单位" in str(reason_kind_not_open(organisation_kind="enterprise", **asked))


def test_a_kind_has_only_its_sides() -> None:
    reason = reason_kind_not_open(kind=kind_of("job"), organisation_kind="school", side="supply")
    assert "供需方向" in str(reason)


def test_a_publication_ends_with_its_period_when_that_is_earlier() -> None:
    kind = kind_of("internship")
    ends = DAY + datetime.timedelta(days=20)
    assert last_day_of_publication(kind=kind, published_on=DAY, ends_on=ends) == ends
    longest = DAY + datetime.timedelta(days=kind.valid_days)
    assert last_day_of_publication(kind=kind, published_on=DAY, ends_on=None) == longest


@given(left=st.integers(0, 500), quantity=st.integers(-5, 600))
def test_capacity_is_refused_exactly_when_there_is_not_enough(left: int, quantity: int) -> None:
    reason = reason_not_taken(left=left, quantity=quantity, unit="人", is_open=True)
    assert (reason is None) == (1 <= quantity <= left)


def test_a_listing_without_a_number_is_never_used_up() -> None:
    assert reason_not_taken(left=None, quantity=999, unit="家", is_open=True) is None


def test_pay_cannot_be_left_to_talks() -> None:
    content = whole_content(price_min=None)
    faults = faults_of(content, kind=kind_of("internship"))
    assert [fault.field for fault in faults] == ["price_min"]
    assert "面议" in faults[0].sentence


def test_free_places_need_no_price() -> None:
    content = whole_content(kind="training_places", price_min=None, price_unit="免费")
    assert faults_of(content, kind=kind_of("training_places")) == []


def test_an_upper_price_is_not_below_the_lower() -> None:
    content = whole_content(price_max=Decimal(100))
    assert [f.field for f in faults_of(content, kind=kind_of("internship"))] == ["price_max"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("hours_a_day", 25), ("hours_a_day", True), ("lodging", "豪华"), ("same_post_wage", "很多")],
)
def test_senseless_values_of_own_fields_are_named(name: str, value: object) -> None:
    content = whole_content()
    content = whole_content(details={**content.details, name: value})
    assert [fault.field for fault in faults_of(content, kind=kind_of("internship"))] == [name]


def test_prices_read_as_people_write_them() -> None:
    assert price_words(low=Decimal(3400), high=None, unit="元/月") == "3,400 元/月"
    assert price_words(low=Decimal(5000), high=Decimal(7500), unit="元/月") == "5,000–7,500 元/月"
    assert price_words(low=Decimal(360000), high=None, unit="元") == "36 万元"
    assert price_words(low=Decimal(80000), high=Decimal(360000), unit="元") == "80,000 元至 36 万元"
    assert price_words(low=None, high=None, unit="免费") == "免费"
    assert price_words(low=None, high=None, unit="元") == "未设定"


def test_a_half_open_period_names_its_last_day() -> None:
    ends = DAY + datetime.timedelta(days=10)
    assert period_words(starts_on=DAY, ends_on=ends) == "2026年3月18日至3月27日"
    assert period_words(starts_on=None, ends_on=None) == "长期"
    assert period_words(starts_on=DAY, ends_on=None) == "2026年3月18日起"
    assert period_words(starts_on=None, ends_on=ends) == "至2026年3月27日"
    year_later = datetime.date(2027, 3, 18)
    assert period_words(starts_on=DAY, ends_on=year_later) == "2026年3月18日至2027年3月17日"


def test_an_edit_shows_each_changed_field_old_and_new() -> None:
    old = whole_content()
    new = whole_content(
        price_min=Decimal(3600), details={**old.details, "hours_a_day": 7, "insured": False}
    )
    changes = changes_between(
        old=old.columns(), new=new.columns(), kind=kind_of("internship"), names={}
    )
    assert changes == {
        "价格或报酬下限": ["3,400", "3,600"],
        "每日工时": ["5 小时", "7 小时"],
        "单位投保实习责任险": ["是", "否"],
    }


def test_checks_name_the_words_the_field_and_the_basis() -> None:
    found = findings_of(
        whole_content(kind="job", title="仅限男性操作工", description="交押金500元")
    )
    assert {finding.field for finding in found} == {"title", "description"}
    assert all(finding.words and finding.basis and finding.sentence for finding in found)
    assert any(finding.blocks for finding in found)


def test_words_in_an_own_field_are_found_in_that_field() -> None:
    whole = whole_content(kind="job")
    details = {**whole.details, "requirements": "有意者加微信 abc12345"}
    found = findings_of(whole_content(kind="job", details=details))
    assert {finding.field for finding in found} == {"requirements"}


def test_students_are_not_sent_to_banned_places() -> None:
    found = findings_of(whole_content(title="酒吧服务实习生，10 人"))
    assert any(finding.blocks for finding in found)


def test_a_clean_listing_has_no_findings_and_needs_nobody() -> None:
    content = whole_content(occupation_id=None)
    assert findings_of(content) == []
    assert not needs_review(kind=kind_of("internship"), findings=[])


def test_dossiers_and_finance_are_always_reviewed() -> None:
    for code in ("demonstration_project", "finance_product"):
        assert needs_review(kind=kind_of(code), findings=[])
        assert kind_of(code).label in review_cause(kind=kind_of(code), findings=[], note="")


def test_every_state_can_be_reached_and_left_or_ended() -> None:
    targets = {step.target for step in workflow.transitions}
    assert targets == set(ListingState)
    assert "draft --> published: 发布" in workflow.diagram()
