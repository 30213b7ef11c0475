"""Results are read from their sources, entered with evidence, and never lost once used."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives import registry
from silian.governance.incentives.choices.rewards import ResultLevel, ResultSource
from silian.governance.incentives.commands.reward_results import collect_all, collect_results
from silian.governance.incentives.models.reward_results import EvaluationResult
from silian.governance.incentives.permissions.rewards import results_visible_to
from silian.governance.incentives.queries.reward_sources import sources_without_reader
from silian.governance.incentives.registry import ResultReader, ResultReading
from tests.governance.incentives.rewards import stage
from tests.governance.incentives.stage import NOW
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_collecting_reads_credit_records_once_and_ends_them(world: World) -> None:
    record = stage.credit_record(world)
    assert collect_results(division=CITY, now=NOW) == 1
    assert collect_results(division=CITY, now=NOW) == 0
    row = EvaluationResult.objects.get()
    assert (row.source, row.level, row.is_current) == ("credit", "bad", True)
    record.state = "repaired"
    record.save()
    assert collect_all(now=NOW) == 1
    assert not EvaluationResult.objects.exists()


def test_a_record_that_needs_consent_is_not_copied(world: World) -> None:
    item = stage.credit_record(world).item
    item.sharing = "consent"
    item.save()
    assert collect_results(division=CITY, now=NOW) == 0


def test_a_used_result_stays_when_its_source_says_something_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = world.enterprise.organisation
    said = {"level": ResultLevel.EXCELLENT}

    def read(prefix: str, on: datetime.date) -> list[ResultReading]:
        return [
            ResultReading(
                source=ResultSource.THIRD_PARTY,
                reference="evaluation.report:1",
                organisation_id=unit.pk,
                subject_kind=unit.kind,
                subject_name=unit.name,
                division_id=unit.division_id,
                level=said["level"],
                words="报告",
                decided_on=datetime.date(2026, 1, 20),
            )
        ]

    monkeypatch.setattr(registry, "_readers", {})
    registry.register_result_source(ResultReader(source=ResultSource.THIRD_PARTY, read=read))
    collect_results(division=CITY, now=NOW)
    row = stage.draft(world)
    stage.compute_candidates(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)
    stage.fill_given(
        decision_id=row.pk, given=stage.Given(words="表彰"), actor=world.reviewer.actor
    )
    stage.submit_decision(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)
    stage.approve(world, row)
    stage.publish_decision(decision_id=row.pk, actor=world.reviewer.actor, today=stage.AFTER_NOTICE)
    said["level"] = ResultLevel.UNQUALIFIED
    collect_results(division=CITY, now=NOW)
    levels = EvaluationResult.objects.order_by("pk").values_list("level", "is_current")
    assert list(levels) == [("excellent", False), ("unqualified", True)]


def test_only_sources_without_a_module_are_entered_and_with_evidence(world: World) -> None:
    assert ResultSource.THIRD_PARTY in sources_without_reader()
    with pytest.raises(DomainError, match="由平台读取"):
        stage.result(world, source="credit")
    with pytest.raises(DomainError, match="写明结果文件"):
        stage.result(world, document=" ")
    with pytest.raises(DomainError, match="上传结果文件"):
        stage.result(world, evidence=None)
    with pytest.raises(DomainError, match="不能晚于今天"):
        stage.result(world, decided_on=stage.TODAY + stage.DAY)
    stage.result(world)
    with pytest.raises(DomainError, match="不重复录入"):
        stage.result(world)


def test_a_unit_sees_its_own_results_and_their_papers_only(world: World) -> None:
    stage.result(world)
    file = StoredFile.objects.get()
    officials = {"reviewer", "coordinator", "supervisor", "leader"}
    for name, person in world.people.items():
        seen = results_visible_to(person.actor).exists()
        wanted = name in officials | {"enterprise"}
        assert seen == wanted, name
        assert (file_readable_by(person.actor, file_id=file.pk) is not None) == wanted, name


def test_a_unit_does_not_enter_results(world: World) -> None:
    from silian.governance.incentives.commands.reward_results import collect_now

    with pytest.raises(NotAllowed):
        collect_now(actor=world.enterprise.actor, now=NOW)
    with pytest.raises(NotAllowed):
        collect_now(actor=world.supervisor.actor, now=NOW)


def test_a_result_shows_where_it_was_used_and_the_unused_are_listed(world: World) -> None:
    stage.published(world)
    client = world.coordinator.client
    first = EvaluationResult.objects.get(level="excellent")
    page = text(client.get(first.get_absolute_url()))
    assert "年度表彰" in page
    assert "据此激励" in page
    stage.result(world, document="另一份报告", level="fair")
    unused = text(client.get(reverse("incentives:reward_results"), {"use": "no"}))
    assert unused.count("尚未运用") >= 1
    assert "基本合格" in unused


def test_the_list_costs_the_same_with_many_rows(world: World) -> None:
    url = reverse("incentives:reward_results")
    for number in range(3):
        stage.result(world, document=f"报告{number}")
    client = world.coordinator.client
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for number in range(3, 20):
        stage.result(world, document=f"报告{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
    assert_fragment_equals_page(client, url, selector="#sl-results")


def test_the_rule_table_of_every_place_is_public(world: World) -> None:
    url = reverse("incentives:reward_rules")
    page = text(world.anonymous.client.get(url, {"place": "520000"}))
    assert "黔发改社会〔2020〕472号 五（二）" in page
    assert "第三方评价（尚无来源）" in page
    assert "未设定" in page


def test_an_official_enters_a_result_in_the_browser(world: World) -> None:
    url = reverse("incentives:reward_result_new")
    said = {
        "source": "third_party",
        "organisation": world.enterprise.organisation.pk,
        "level": "excellent",
        "words": "优秀",
        "decided_on": "2026-01-20",
        "document": "评价报告",
    }
    refused = world.reviewer.client.post(url, said)
    assert refused.status_code == 422
    assert "请上传结果文件" in text(refused)
    sent = world.reviewer.client.post(url, said | {"evidence": stage.paper()})
    assert sent.status_code == 302, text(sent)
    assert EvaluationResult.objects.get().entered_by == world.reviewer.user
