"""What the library and its neighbours show in the frame, on first pages and in the index."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import publish
from silian.foundation.kernel.testing import run_queued_jobs
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.events import PolicyIssued
from silian.registers.policies.models import PolicyDocument
from silian.registers.policies.panels import benefits, library, plan_records
from tests.registers.policies.library.stage import (
    make_document,
    make_plan_record,
    published_benefit,
    submitted_benefit,
)
from tests.world import CITY, World

pytestmark = pytest.mark.django_db


def test_the_first_page_counts_what_is_in_force_and_no_draft(world: World) -> None:
    make_document(world)
    make_document(world, state=DocumentState.REVIEWING, issued_at=None)
    published_benefit(world)
    submitted_benefit(world)
    [figure] = library.public_figures(timezone.now())
    assert (figure.value, figure.note) == ("1", "现行有效，优惠政策 1 项")


def test_a_submitted_benefit_waits_for_another_reviewer_only(world: World) -> None:
    submitted_benefit(world)
    now = timezone.now()
    assert [todo.action for todo in benefits.todos(world.coordinator.actor, now)] == ["审核"]
    assert not benefits.todos(world.reviewer.actor, now)
    assert not benefits.todos(world.enterprise.actor, now)


def test_an_enterprise_sees_how_many_benefits_there_are_for_it(world: World) -> None:
    published_benefit(world)
    published_benefit(world, audiences=["school"])
    [figure] = benefits.own_figure(world.enterprise.actor, timezone.now())
    assert figure.value == "1"


def test_an_open_checklist_is_a_to_do_with_its_day(world: World) -> None:
    make_plan_record(world, check_by=datetime.date(2026, 4, 1))
    [todo] = plan_records.todos(world.reviewer.actor, timezone.now())
    assert todo.due_at is not None
    assert timezone.localdate(todo.due_at) == datetime.date(2026, 4, 1)


def test_an_issued_document_is_found_once_the_worker_has_heard_of_it(world: World) -> None:
    document = make_document(world)
    PolicyDocument.objects.update(search_vector=None)
    publish(PolicyIssued(document_id=document.pk, division=CITY))
    run_queued_jobs()
    page = world.anonymous.client.get(reverse("policies:library"), {"q": "责任保险"})
    assert document.plan_title in page.content.decode()
