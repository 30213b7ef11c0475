"""Checks on service organisations: plan, find, correct, review, publish."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.conduct import (
    CheckKind,
    CheckState,
    ConductMatter,
    Finding,
)
from silian.operations.alliances.commands.conduct import (
    accept_correction,
    correct_point,
    hand_in_correction,
    plan_check,
    reject_correction,
)
from silian.operations.alliances.models.conduct import ConductCheck
from silian.operations.alliances.permissions.conduct import checks_visible_to
from silian.operations.alliances.queries.conduct import conduct_statistics, standings
from silian.operations.alliances.rules.conduct import reason_findings_incomplete, standing_of
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import conduct_stage as stage
from tests.operations.alliances.ownership_stage import paper
from tests.operations.alliances.stage import TODAY
from tests.world import CITY, Person, World, make_organisation

YESTERDAY = TODAY - datetime.timedelta(days=1)


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ([], "未核查"),
        ([("planned", True, None)], "未核查"),
        ([("closed", False, None)], "未核查"),
        ([("closed", True, None)], "已通过入驻核查"),
        ([("closed", True, None), ("correcting", False, TODAY)], "整改中"),
        ([("closed", True, None), ("correcting", False, YESTERDAY)], "整改逾期"),
        ([("handed_in", False, YESTERDAY)], "整改中"),
    ],
)
def test_how_an_organisation_stands(
    checks: list[tuple[str, bool, datetime.date | None]], words: str
) -> None:
    assert standing_of(checks, on=TODAY).words == words


def test_every_matter_needs_a_finding_and_a_failed_one_words() -> None:
    passed = dict.fromkeys(ConductMatter.values, Finding.PASSED)
    assert reason_findings_incomplete(passed, {}) is None
    assert reason_findings_incomplete({}, {}) is not None
    failed = {**passed, "prices": Finding.FAILED}
    name, sentence = reason_findings_incomplete(failed, {}) or ("", "")
    assert name == "prices"
    assert "写明发现的问题" in sentence


def test_only_service_organisations_are_checked_by_the_department(world: World) -> None:
    other = make_organisation(name="别的企业", kind=OrganisationKind.ENTERPRISE)
    args = {"kind": CheckKind.ROUTINE, "due_on": TODAY}
    with pytest.raises(DomainError, match="只对产教融合服务组织"):
        plan_check(organisation_id=other.pk, actor=world.coordinator.actor, **args)
    with pytest.raises(NotAllowed):
        plan_check(organisation_id=stage.unit().pk, actor=world.enterprise.actor, **args)
    stage.planned(world)
    with pytest.raises(DomainError, match="没有办结"):
        stage.planned(world)


def test_a_clean_check_is_closed_and_public_at_once(world: World) -> None:
    check = stage.found(world, stage.planned(world))
    assert (check.state, check.closed_on) == (CheckState.CLOSED, TODAY)
    page = text(world.anonymous.client.get(stage.unit().get_absolute_url()))
    assert "已通过入驻核查" in page
    assert "全部符合" in page


def test_a_finding_needs_a_deadline_after_the_check(world: World) -> None:
    check = stage.planned(world)
    with pytest.raises(DomainError, match="写明整改期限"):
        stage.found(world, check, ConductMatter.PRICES, correct_by=None)
    with pytest.raises(DomainError, match="应晚于检查日"):
        stage.found(world, check, ConductMatter.PRICES, correct_by=TODAY)
    tomorrow = TODAY + datetime.timedelta(days=1)
    with pytest.raises(DomainError, match="不能晚于今天"):
        stage.found(world, check, checked_on=tomorrow)


def corrected(world: World, check: ConductCheck, person: Person) -> None:
    correct_point(
        check_id=check.pk,
        point_id=check.points.get(finding=Finding.FAILED).pk,
        correction="已在门户公示",
        proof=paper("公示.pdf"),
        actor=person.actor,
        today=TODAY,
    )


def test_corrections_are_handed_in_whole_and_reviewed(world: World) -> None:
    check, person = stage.correcting(world), stage.agent()
    with pytest.raises(DomainError, match="还没有登记整改：收费标准已公示"):
        hand_in_correction(check_id=check.pk, actor=person.actor)
    corrected(world, check, person)
    hand_in_correction(check_id=check.pk, actor=person.actor)
    args = {"check_id": check.pk, "actor": world.coordinator.actor, "today": TODAY}
    with pytest.raises(DomainError, match="新的整改期限"):
        reject_correction(reason="公示不全", correct_by=TODAY, **args)
    reject_correction(reason="公示不全", correct_by=stage.CORRECT_BY, **args)
    with pytest.raises(DomainError, match="还没有登记整改"):
        hand_in_correction(check_id=check.pk, actor=person.actor)
    corrected(world, check, person)
    hand_in_correction(check_id=check.pk, actor=person.actor)
    assert accept_correction(**args).state == CheckState.CLOSED
    page = text(world.anonymous.client.get(stage.unit().get_absolute_url()))
    assert "发现 1 项不符合，已整改并复查通过" in page


def test_a_matter_that_passed_is_not_corrected(world: World) -> None:
    check, person = stage.correcting(world), stage.agent()
    passed = check.points.filter(finding=Finding.PASSED)[0]
    with pytest.raises(DomainError, match="不需要整改"):
        correct_point(
            check_id=check.pk,
            point_id=passed.pk,
            correction="无",
            proof=None,
            actor=person.actor,
            today=TODAY,
        )


def test_the_department_does_not_answer_for_the_organisation(world: World) -> None:
    check = stage.correcting(world)
    with pytest.raises(NotAllowed):
        hand_in_correction(check_id=check.pk, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        accept_correction(check_id=check.pk, actor=stage.agent().actor, today=TODAY)


def test_an_open_check_and_its_files_stay_between_the_two(world: World) -> None:
    check, person = stage.correcting(world), stage.agent()
    corrected(world, check, person)
    file = StoredFile.objects.get()
    officials = {"reviewer", "coordinator", "supervisor", "leader"}
    for name, other in world.people.items():
        seen = checks_visible_to(other.actor).filter(pk=check.pk).exists()
        read = file_readable_by(other.actor, file_id=file.pk) is not None
        assert (seen, read) == (name in officials, name in officials), name
    assert file_readable_by(person.actor, file_id=file.pk) is not None


def test_statistics_count_organisations_and_findings(world: World) -> None:
    make_organisation(name="另一家", kind=OrganisationKind.SERVICE)
    stage.correcting(world)
    numbers = conduct_statistics(world.coordinator.actor, on=TODAY)
    assert (numbers.organisations, numbers.onboarded, numbers.checks) == (2, 0, 1)
    assert dict(numbers.matters)["收费标准已公示"] == 1
    later = stage.CORRECT_BY + datetime.timedelta(days=1)
    assert standings([stage.unit().pk], on=later)[stage.unit().pk].tone == "late"


def test_the_organisation_is_told(world: World, run_jobs: Callable[[], None]) -> None:
    person = stage.agent()
    stage.correcting(world)
    run_jobs()
    titles = set(Notification.objects.filter(user=person.user).values_list("title", flat=True))
    assert "入驻核查整改中" in titles


def test_a_check_runs_through_the_browser(world: World) -> None:
    person = stage.agent()
    official = world.coordinator.client
    given = {"organisation": stage.unit().pk, "kind": "onboarding", "due_on": str(TODAY)}
    assert official.post(reverse("alliances:conduct_new"), given).status_code == 302
    check = ConductCheck.objects.get()
    url = reverse("alliances:conduct_findings", kwargs={"check_id": check.pk})
    findings = dict.fromkeys(ConductMatter.values, "passed")
    wrong = official.post(url, {**findings, "prices": "failed", "checked_on": str(TODAY)})
    assert wrong.status_code == 422
    assert "请写明发现的问题" in text(wrong)
    sent = official.post(
        url,
        {
            **findings,
            "prices": "failed",
            "words_prices": "没有公示",
            "checked_on": str(TODAY),
            "correct_by": str(stage.CORRECT_BY),
        },
    )
    assert sent.status_code == 302, text(sent)
    todo = text(person.client.get(reverse("portal:todo_list")))
    assert "整改并提交复查" in todo
    page = text(person.client.get(check.get_absolute_url()))
    assert "登记整改" in page


def test_the_list_fragment_equals_the_page_and_can_be_taken_away(world: World) -> None:
    stage.correcting(world)
    url = reverse("alliances:conduct_list")
    assert_fragment_equals_page(client=world.coordinator.client, url=url, selector="#sl-results")
    answer = world.coordinator.client.get(url, {"export": "csv"})
    assert "澜桥产教融合服务" in b"".join(answer).decode()  # type: ignore[arg-type]


def test_the_list_costs_the_same_with_more_checks(world: World) -> None:
    stage.correcting(world)
    few = cost(world)
    for place in range(12):
        unit = make_organisation(name=f"服务组织 {place}", kind=OrganisationKind.SERVICE)
        plan_check(
            organisation_id=unit.pk,
            kind=CheckKind.ROUTINE,
            due_on=TODAY,
            actor=world.coordinator.actor,
        )
    assert cost(world) == few


def cost(world: World) -> int:
    url = reverse("alliances:conduct_list")
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_the_metrics_count_checks(world: World) -> None:
    stage.found(world, stage.planned(world))
    month, year = TODAY.replace(day=1), datetime.date(2026, 1, 1)
    expected = {
        "alliances.service_organisations_onboarded": (PeriodKind.MONTH, month, 1),
        "alliances.conduct_corrections_late": (PeriodKind.MONTH, month, 0),
        "alliances.conduct_checks": (PeriodKind.YEAR, year, 1),
    }
    for code, (kind, start, value) in expected.items():
        found = measured_values(
            declared_metrics()[code], areas={"9901": CITY}, since=start, until=TODAY
        )
        assert found[Key(CITY, kind, start)].value == value, code
