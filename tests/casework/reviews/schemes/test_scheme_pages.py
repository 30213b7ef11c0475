"""The pages of a scheme: list, editor, preview, dry run."""

from __future__ import annotations

from typing import Any

import pytest

from silian.casework.reviews.commands.schemes import open_draft, publish_version
from silian.casework.reviews.models import Scheme, SchemeVersion
from tests.casework.reviews.stage_schemes import colleague, draft, drafted
from tests.world import World

pytestmark = pytest.mark.django_db


def page(world: World, address: str, **query: str) -> str:
    answer = world.coordinator.client.get(f"/reviews/schemes/{address}", query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def send(world: World, address: str, data: dict[str, Any], *, htmx: bool = False) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return world.coordinator.client.post(f"/reviews/schemes/{address}", data, headers=headers)


def test_the_list_says_which_built_in_schemes_are_lacking(world: World) -> None:
    draft(world)
    said = page(world, "")
    assert "本市认定项目 1" in said
    assert "载入内置 15 个" in said


def test_a_built_in_scheme_becomes_a_draft_with_all_its_parts(world: World) -> None:
    answer = send(world, "new/", {"title": "本市企业", "built_in": "integrated_enterprise"})
    scheme = Scheme.objects.get(title="本市企业")
    assert answer.headers["Location"] == scheme.get_absolute_url()
    for part in ("basics", "parameters", "form", "criteria", "procedure", "consequence"):
        page(world, f"{scheme.pk}/edit/{part}/")
    said = page(world, f"{scheme.pk}/")
    assert "深度参与办学的情形" in said
    assert "只提示（依据 K-M，待核对）" in said
    assert "应由另一位统筹人员核对后发布" in said


def test_basic_data_are_kept_and_an_empty_box_is_refused_with_everything_typed(
    world: World,
) -> None:
    scheme = draft(world)
    typed = {
        "title": "换了名称",
        "purpose": "新的目的",
        "basis": "甲文件\n乙文件",
        "subject": "matter",
        "subject_label": "",
        "applicant_kinds": ["school"],
    }
    refused = send(world, f"{scheme.pk}/edit/basics/", typed)
    assert refused.status_code == 422
    assert "新的目的" in refused.content.decode()
    assert (
        send(world, f"{scheme.pk}/edit/basics/", typed | {"subject_label": "基地"}).status_code
        == 302
    )
    scheme.refresh_from_db()
    assert scheme.title == "换了名称"
    assert drafted(scheme)["basis"] == ["甲文件", "乙文件"]


QUESTION = {
    "code": "school",
    "label": "合作院校",
    "type": "choice",
    "choices": "a=高职\nb=中职",
    "required": "on",
    "show_code": "people",
    "show_values": "1\n2",
}


def test_a_question_is_added_with_its_choices_and_routing(world: World) -> None:
    scheme = draft(world)
    assert send(world, f"{scheme.pk}/rows/form/new/", QUESTION).status_code == 302
    row = drafted(scheme)["form"][1]
    assert row["choices"] == [["a", "高职"], ["b", "中职"]]
    assert row["show_if"] == {"code": "people", "values": ["1", "2"]}


def test_a_code_is_used_once(world: World) -> None:
    scheme = draft(world)
    answer = send(world, f"{scheme.pk}/rows/form/new/", QUESTION | {"code": "people"})
    assert answer.status_code == 422
    assert "这个代码已经用过" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("parameters", {"value": "30", "basis": "办法", "force": "mandatory"}),
        (
            "levels",
            {"departments": "教育\n财政", "working_days": "$interns", "silence": "escalate"},
        ),
        ("duties", {"kind": "plan", "in_states": ["certified"], "month": "1", "day": "31"}),
        ("exits", {"basis": "办法"}),
        ("benefits", {"in_states": ["certified", "warned"]}),
    ],
)
def test_every_list_takes_a_row_and_gives_it_back(
    world: World, name: str, row: dict[str, Any]
) -> None:
    scheme = draft(world)
    answer = send(
        world, f"{scheme.pk}/rows/{name}/new/", {"code": "new_one", "label": "新增", **row}
    )
    assert answer.status_code == 302
    assert "新增" in page(world, f"{scheme.pk}/rows/{name}/new_one/")
    assert SchemeVersion.objects.get(scheme=scheme).content
    gone = send(world, f"{scheme.pk}/rows/{name}/new_one/remove/", {}, htmx=True)
    assert "new_one" not in gone.content.decode()


def test_rows_move_without_reloading_the_page(world: World) -> None:
    scheme = draft(world)
    send(world, f"{scheme.pk}/rows/form/new/", QUESTION)
    answer = send(world, f"{scheme.pk}/rows/form/school/up/", {}, htmx=True)
    said = answer.content.decode()
    assert "<html" not in said
    assert said.index("合作院校") < said.index("实习人次")


ITEM = {
    "code": "size",
    "label": "规模",
    "source_kind": "answer",
    "source_code": "people",
    "scoring_kind": "two_line",
    "points": "10",
    "setting_pass": "$interns",
    "setting_limit": "20",
    "force": "mandatory",
    "evidence": ["people"],
}


def test_an_item_is_added_below_a_group_with_its_scoring(world: World) -> None:
    scheme = draft(world)
    address = f"{scheme.pk}/criteria/conditions/add/item/"
    assert send(world, address, ITEM).status_code == 302
    node = drafted(scheme)["gateway"]["children"][1]
    assert node["scoring"]["settings"] == {"pass": "$interns", "limit": "20"}
    assert node["source"] == {"kind": "answer", "code": "people"}
    said = page(world, f"{scheme.pk}/edit/criteria/")
    assert "合格线（满分） 60 人次，限制线（低于不得分） 20" in said


def test_another_scoring_asks_for_its_own_numbers_and_keeps_what_was_typed(world: World) -> None:
    scheme = draft(world)
    address = f"{scheme.pk}/criteria/conditions/add/item/"
    answer = send(world, address, {**ITEM, "scoring_kind": "step", "again": "1"}, htmx=True)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "规模" in said
    assert "setting_reference" in said
    assert "setting_pass" not in said
    assert len(drafted(scheme)["gateway"]["children"]) == 1


def test_a_tree_of_points_starts_with_a_group(world: World) -> None:
    scheme = draft(world)
    group = {"code": "points", "label": "得分", "kind": "sum", "least": "1", "points": "100"}
    address = f"{scheme.pk}/criteria/scored/add/group/"
    assert send(world, address, {**group, "force": "mandatory"}).status_code == 302
    assert drafted(scheme)["scored"]["code"] == "points"
    send(world, f"{scheme.pk}/criteria/points/remove/", {})
    assert drafted(scheme)["scored"] is None


def test_the_faults_stand_beside_the_form(world: World) -> None:
    scheme = draft(world, basis=[])
    assert "没有写明依据" in page(world, f"{scheme.pk}/edit/form/")


def test_the_preview_follows_the_answers_and_keeps_nothing(world: World) -> None:
    scheme = draft(world)
    send(world, f"{scheme.pk}/rows/form/new/", QUESTION)
    assert "要填 1 项，全部 2 项" in page(world, f"{scheme.pk}/versions/1/preview/")
    said = page(world, f"{scheme.pk}/versions/1/preview/", people="2")
    assert "要填 2 项，全部 2 项" in said


def test_a_published_scheme_is_revised_compared_and_published_again(world: World) -> None:
    scheme = draft(world)
    assert send(world, f"{scheme.pk}/publish/", {}).status_code == 302
    draft_two = open_draft(scheme_id=scheme.pk, actor=colleague(world).actor)
    draft_two.definition = {**draft_two.definition, "purpose": "另一个目的"}
    draft_two.save(update_fields=["definition"])
    assert "另一个目的" in page(world, f"{scheme.pk}/differences/1/2/")
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    assert "第 2 版已发布" in page(world, f"{scheme.pk}/")


def test_without_a_draft_there_is_nothing_to_edit(world: World) -> None:
    scheme = draft(world)
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    answer = world.coordinator.client.get(f"/reviews/schemes/{scheme.pk}/edit/basics/")
    assert answer.status_code == 409


def test_a_refused_step_says_why_on_the_page(world: World) -> None:
    scheme = draft(world, basis=[])
    answer = world.coordinator.client.post(f"/reviews/schemes/{scheme.pk}/publish/", follow=True)
    assert "方案还有 1 处问题" in answer.content.decode()


def test_the_list_asks_the_same_for_three_schemes_and_for_nine(
    world: World, django_assert_max_num_queries: Any
) -> None:
    asked = []
    for _ in range(2):
        for _ in range(3 if not asked else 6):
            draft(world)
        with django_assert_max_num_queries(120) as queries:
            page(world, "")
        asked.append(len(queries))
    assert asked[1] <= asked[0]
