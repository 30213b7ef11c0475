"""New versions of documents, revoked decisions, and duties that pass to another body."""

from __future__ import annotations

from collections.abc import Callable

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.commands.task_versions import (
    carry_tasks_over,
    hand_tasks_over,
)
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.governance.policy_tasks.tasks.clocks import hand_over
from silian.registers.policies.choices import BodyRole, DocumentState
from silian.registers.policies.events import BodyHandedOver, PolicySuperseded
from silian.registers.policies.models import PolicyBody
from tests.governance.policy_tasks.tasks import stage
from tests.world import CITY, Person, World


def test_an_unchanged_clause_takes_its_task_to_the_new_version(
    world: World, industry: Person
) -> None:
    task = stage.running(world, industry)
    new = stage.make_document(world, version=2)
    clause = stage.add_clause(new, bodies=[], text="第1项工作。 到期办结。")
    given = {"document_id": task.document_id, "successor_id": new.pk}
    for _ in range(2):
        carry_tasks_over(**given, actor=system_actor(), today=stage.TODAY)
    task.refresh_from_db()
    assert (task.document, task.clause, task.state) == (new, clause, "running")
    change = task.changes.get(kind="new_version")
    assert "第 2 版" in change.after
    assert change.reason == "条款文字未变"


def test_a_changed_clause_moves_with_a_warning(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    new = stage.make_document(world, version=2)
    stage.add_clause(new, bodies=[], heading="第1项工作", text="第1项工作。提前办结。")
    carry_tasks_over(
        document_id=task.document_id, successor_id=new.pk, actor=system_actor(), today=stage.TODAY
    )
    assert "请核对" in task.changes.get(kind="new_version").reason


def test_a_removed_clause_only_proposes_to_cancel(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    new = stage.make_document(world, version=2)
    carry_tasks_over(
        document_id=task.document_id, successor_id=new.pk, actor=system_actor(), today=stage.TODAY
    )
    task.refresh_from_db()
    assert task.state == "running"
    assert "已无对应条款" in task.cancel_proposal


def test_a_superseding_document_makes_drafts_of_what_is_new_only(
    world: World, industry: Person, run_jobs: Callable[[], None]
) -> None:
    task = stage.running(world, industry)
    old = task.document
    new = stage.make_document(world, version=2, supersedes=old)
    clause = stage.add_clause(new, bodies=[], text="第1项工作。到期办结。")
    stage.add_clause(new, bodies=[], heading="新的工作", text="新的工作。")
    stage.add_target(clause)
    publish(PolicySuperseded(document_id=old.pk, successor_id=new.pk))
    run_jobs()
    assert sorted(PolicyTask.objects.values_list("title", "state")) == [
        ("新的工作", "draft"),
        ("第1项工作", "running"),
    ]
    assert Target.objects.get().document == new


def test_a_kept_target_keeps_its_baseline_and_a_dropped_one_ends(
    world: World, run_jobs: Callable[[], None]
) -> None:
    old = stage.make_document(world)
    clause = stage.add_clause(old, bodies=[])
    stage.add_target(clause)
    stage.add_target(clause, title="服务组织", order=1)
    stage.drafted(old)
    old.state = DocumentState.SUPERSEDED
    old.save()
    new = stage.make_document(world, version=2, supersedes=old)
    stage.add_target(stage.add_clause(new, bodies=[]))
    publish(PolicySuperseded(document_id=old.pk, successor_id=new.pk))
    run_jobs()
    assert Target.objects.get(ended_on=None).title == "核验企业"
    assert Target.objects.exclude(ended_on=None).get().title == "服务组织"


def test_tasks_follow_the_duties_and_say_so(
    world: World, industry: Person, run_jobs: Callable[[], None]
) -> None:
    task = stage.running(world, industry)
    heir = stage.department("青澜市数据局（演示）", "data")
    new = stage.body_of(heir, name="市数据局")
    hand_tasks_over(
        body_id=task.lead_id, successor_id=new.pk, handed_over_on=stage.TODAY, actor=system_actor()
    )
    run_jobs()
    task.refresh_from_db()
    assert (task.lead, task.owner) == (new, None)
    change = task.changes.get(kind="handed_over")
    assert (change.before, change.after) == ("市工业和信息化局", "市数据局")
    assert industry.client.get(task.get_absolute_url()).status_code == 404
    assert heir.client.get(task.get_absolute_url()).status_code == 200


def test_a_sharing_body_is_replaced_once(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    old, new = (PolicyBody.objects.create(division_id=CITY, name=name) for name in ("甲局", "乙局"))
    TaskBody.objects.create(task=task, body=old, role=BodyRole.COOPERATE)
    TaskBody.objects.create(task=task, body=new, role=BodyRole.COOPERATE)
    hand_tasks_over(
        body_id=old.pk, successor_id=new.pk, handed_over_on=stage.TODAY, actor=system_actor()
    )
    assert [row.body for row in task.bodies.all()] == [new]


def test_a_handover_that_lies_ahead_waits_for_its_day(
    world: World, industry: Person, run_jobs: Callable[[], None]
) -> None:
    task = stage.running(world, industry)
    old, new = task.lead, PolicyBody.objects.create(division_id=CITY, name="市数据局")
    day = stage.TODAY + stage.DAY
    PolicyBody.objects.filter(pk=old.pk).update(successor=new, ended_on=day)
    publish(BodyHandedOver(body_id=old.pk, successor_id=new.pk, handed_over_on=day))
    run_jobs()
    hand_over(timestamp=0)
    task.refresh_from_db()
    assert task.lead == old
    PolicyBody.objects.filter(pk=old.pk).update(ended_on=stage.TODAY)
    hand_over(timestamp=0)
    task.refresh_from_db()
    assert task.lead == new
