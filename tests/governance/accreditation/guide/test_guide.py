"""A guide is drafted, published in versions, and taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.governance.accreditation.commands.guide import (
    GuideStep,
    GuideText,
    add_form,
    change_guide,
    draft_matter,
    publish_guide,
    withdraw_matter,
)
from silian.governance.accreditation.forms.guide import GuideForm
from silian.governance.accreditation.models.guide import GuideMatter
from silian.governance.accreditation.permissions.guide import matters_visible_to
from silian.governance.accreditation.rules.guide import reason_not_publishable
from tests.governance.accreditation import stage
from tests.world import World

STEPS = [GuideStep(title="材料审查", working_days=2)]


def text(**given: str) -> GuideText:
    values = {
        "applicants": "职业学校", "conditions": "有实训条件", "documents": "备案表",
        "legal_basis": "行政许可法",
    }  # fmt: skip
    return GuideText(**{**values, **given})


def test_a_guide_without_its_parts_is_not_published() -> None:
    full = {"conditions": "甲", "documents": "乙", "legal_basis": "丙", "steps": 1}
    assert reason_not_publishable(**full) is None
    refusal = reason_not_publishable(**{**full, "documents": " ", "steps": 0}) or ""
    assert "申请材料、办理环节" in refusal


def test_a_published_version_stays_when_the_next_replaces_it(world: World) -> None:
    matter = stage.matter(world)
    actor = world.reviewer.actor
    change_guide(matter_id=matter.pk, text=text(change="压缩时限"), steps=STEPS, actor=actor)
    shown = matter.versions.get(state="published")
    assert shown.number == 1
    publish_guide(matter_id=matter.pk, actor=actor, now=stage.NOW)
    states = dict(matter.versions.values_list("number", "state"))
    assert states == {1: "replaced", 2: "published"}
    old = world.anonymous.client.get(matter.get_absolute_url(), {"version": "1"})
    assert "第 1 版" in old.content.decode()


def test_nothing_is_published_twice(world: World) -> None:
    matter = stage.matter(world)
    with pytest.raises(DomainError, match="没有待公布的版本"):
        publish_guide(matter_id=matter.pk, actor=world.reviewer.actor, now=stage.NOW)


def test_a_draft_is_seen_by_its_authority_alone(world: World) -> None:
    draft = draft_matter(title="草稿", text=text(), steps=STEPS, actor=world.reviewer.actor)
    seen = {
        name
        for name in ("anonymous", "enterprise", "school", "supervisor", "reviewer", "coordinator")
        if matters_visible_to(world.people[name].actor).filter(pk=draft.pk).exists()
    }
    assert seen == {"reviewer", "coordinator"}


@pytest.mark.parametrize("person", ["enterprise", "school", "leader", "student"])
def test_others_write_no_guide(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        draft_matter(title="事项", text=text(), steps=STEPS, actor=world.people[person].actor)


def test_another_department_cannot_change_it(world: World) -> None:
    matter = stage.matter(world)
    with pytest.raises(GuideMatter.DoesNotExist):
        withdraw_matter(matter_id=matter.pk, reason="停", actor=world.supervisor.actor)


def test_a_withdrawn_matter_takes_no_application(world: World) -> None:
    matter = stage.matter(world)
    withdraw_matter(matter_id=matter.pk, reason="上位法取消", actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="不能申请"):
        stage.case(world, matter)


def test_a_form_is_added_to_a_draft_and_open_to_all_when_published(world: World) -> None:
    matter = stage.matter(world)
    actor = world.reviewer.actor
    upload = SimpleUploadedFile("表.txt", "备案表".encode(), "text/plain")
    with pytest.raises(DomainError, match="不能再改"):
        add_form(matter_id=matter.pk, upload=upload, actor=actor)
    change_guide(matter_id=matter.pk, text=text(), steps=STEPS, actor=actor)
    version = add_form(matter_id=matter.pk, upload=upload, actor=actor)
    file = files_of(version).get()
    url = reverse("kernel:file_download", args=[file.pk])
    assert world.anonymous.client.get(url).status_code == 302
    assert world.school.client.get(url).status_code == 404
    publish_guide(matter_id=matter.pk, actor=actor, now=stage.NOW)
    open_to_all = world.anonymous.client.get(url)
    assert b"".join(open_to_all.streaming_content) == "备案表".encode()


def test_steps_are_read_line_by_line_and_a_fee_needs_its_basis() -> None:
    said = {
        "title": "事项", "applicants": "学校", "conditions": "甲", "documents": "乙",
        "legal_basis": "丙", "fee": "0",
        "steps": "材料审查 5\n现场核查，7个工作日 《行政许可法》第三十四条",
    }  # fmt: skip
    form = GuideForm(said, is_new=True)
    assert form.is_valid(), form.errors
    found = [(step.title, step.working_days) for step in form.cleaned_data["steps"]]
    assert found == [("材料审查", 5), ("现场核查", 7)]
    assert form.text().fee == Decimal(0)
    paid = GuideForm({**said, "fee": "10"}, is_new=True)
    assert "fee_basis" in paid.errors
    vague = GuideForm({**said, "steps": "尽快办理"}, is_new=True)
    assert "工作日数" in str(vague.errors["steps"])
