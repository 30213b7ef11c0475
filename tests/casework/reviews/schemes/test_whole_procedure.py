"""The editor shows and keeps everything that a procedure and a consequence say."""

from __future__ import annotations

from typing import Any

import pytest

from silian.casework.reviews.forms.scheme_heads import ConsequenceForm, defaults_of
from silian.casework.reviews.forms.scheme_procedure import ProcedureForm
from silian.casework.reviews.models import Scheme
from silian.casework.reviews.queries.platform_data import known_data
from silian.casework.reviews.rules.definition import Consequence, Procedure, definition_of
from silian.casework.reviews.rules.definition_differences import definition_differences
from silian.casework.reviews.rules.definition_edits import PLACES
from silian.casework.reviews.rules.definition_faults import faults_of
from silian.casework.reviews.rules.definition_labels import LABELS
from tests.casework.reviews.stage_schemes import CONDITION, draft, drafted, sound
from tests.world import World

pytestmark = pytest.mark.django_db

TWO = {
    **CONDITION,
    "children": [
        *CONDITION["children"],  # type: ignore[misc]
        {
            "code": "depth",
            "label": "合作深度",
            "source": {"kind": "answer", "code": "people"},
        },
    ],
}


def typed(part: type[Procedure] | type[Consequence], **said: Any) -> dict[str, Any]:
    """The form as the page sends it."""
    usual = {name: value for name, value in defaults_of(part).items() if value is not False}
    sent = {name: "on" if value is True else value for name, value in usual.items()}
    return {name: value for name, value in sent.items() if not isinstance(value, list)} | said


def send(world: World, scheme: Scheme, part: str, data: dict[str, Any]) -> Any:
    return world.coordinator.client.post(f"/reviews/schemes/{scheme.pk}/edit/{part}/", data)


def page(world: World, scheme: Scheme, address: str = "edit/procedure/") -> str:
    answer = world.coordinator.client.get(f"/reviews/schemes/{scheme.pk}/{address}")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_no_setting_of_a_procedure_or_consequence_is_left_out_of_the_editor() -> None:
    lists = {path[-1] for path in PLACES.values()}
    forms = {
        Procedure: set(ProcedureForm(definition={}).fields) | {"ties", "basis"},
        Consequence: set(ConsequenceForm(definition={}).fields),
    }
    for part, shown in forms.items():
        assert set(part.model_fields) - lists <= shown
    named = set(Procedure.model_fields) | set(Consequence.model_fields)
    assert named - lists - {"basis"} == set(LABELS)


def test_ties_are_chosen_in_order_and_kept(world: World) -> None:
    scheme = draft(world, gateway=TWO)
    data = typed(Procedure, tie_1="depth", tie_2="interns", tie_3="")
    assert send(world, scheme, "procedure", data).status_code == 302
    assert drafted(scheme)["procedure"]["ties"] == ["depth", "interns"]
    assert drafted(scheme)["procedure"]["levels"], "the levels stay"
    shown = page(world, scheme)
    assert '<option value="depth" selected>合作深度' in shown
    assert "合作深度，再比近三年接收实习" in page(world, scheme, "")


def test_a_criterion_breaks_a_tie_once(world: World) -> None:
    scheme = draft(world, gateway=TWO)
    answer = send(world, scheme, "procedure", typed(Procedure, tie_1="depth", tie_2="depth"))
    assert answer.status_code == 422
    assert "每个指标只比一次" in answer.content.decode()


def test_a_tie_that_no_criterion_has_is_refused_in_words(world: World) -> None:
    scheme = draft(world)
    answer = send(world, scheme, "procedure", typed(Procedure, tie_1="nothing"))
    assert answer.status_code == 422
    assert "方案里没有指标“nothing”" in answer.content.decode()


def test_a_criterion_that_went_is_named_as_a_fault_and_stays_to_be_changed(world: World) -> None:
    scheme = draft(world, gateway=TWO)
    send(world, scheme, "procedure", typed(Procedure, tie_1="depth"))
    world.coordinator.client.post(f"/reviews/schemes/{scheme.pk}/criteria/depth/remove/")
    shown = page(world, scheme)
    assert "同分比较的指标“depth”不存在" in shown
    assert "depth（指标已不存在）" in shown
    assert "“depth”（不存在）" in page(world, scheme, "")
    page(world, scheme, "versions/1/preview/")
    page(world, scheme, "versions/1/dry-run/")


def test_the_basis_of_a_step_is_kept_and_shown(world: World) -> None:
    scheme = draft(world)
    send(world, scheme, "procedure", typed(Procedure, basis_decision="办法第九条"))
    assert drafted(scheme)["procedure"]["basis"] == {"decision": "办法第九条"}
    assert "办法第九条" in page(world, scheme, "")


def test_the_consequence_keeps_grace_reply_and_public_months(world: World) -> None:
    scheme = draft(world)
    said = {"grace_days": "15", "reply_days": "7", "removed_shown_months": "12"}
    answer = send(world, scheme, "consequence", typed(Consequence, **said))
    assert answer.status_code == 302
    kept = drafted(scheme)["consequence"]
    assert {name: kept[name] for name in said} == said
    shown = page(world, scheme, "")
    for words in ("15 天", "7 工作日", "12 个月"):
        assert words in shown


def test_a_tie_listed_twice_is_a_fault() -> None:
    faults = faults_of(sound(procedure={"ties": ["interns", "interns"]}), known=known_data())
    assert faults == ["同分比较的指标“近三年接收实习”列了 2 次，只比一次。"]


def test_a_change_of_any_setting_is_named_in_chinese() -> None:
    old = definition_of(sound())
    new = definition_of(
        sound(procedure={"expert_load": "9"}, consequence={"removed_shown_months": "6"})
    )
    places = {row.place for row in definition_differences(old, new)}
    assert {"每位专家最多评", "公开目录显示已取消"} <= places
