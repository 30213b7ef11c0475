"""What the pages of cases show and cost."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.files import store_upload
from silian.governance.policy_tasks.choices import CaseState, RolloutState
from silian.governance.policy_tasks.models.cases import Adoption, ExperienceCase
from silian.registers.accounts.models import Notification
from tests.governance.policy_tasks.cases.stage import (
    adopted,
    proposed,
    province_coordinator,
    published,
    submitted,
)
from tests.governance.policy_tasks.supervision.stage import TODAY, proof
from tests.htmx import assert_fragment_equals_page
from tests.world import World

LIBRARY = reverse("policy_tasks:case_library")
WORDS = {
    "title": "校企共建实训中心轮岗",
    "theme": "placement",
    "problem": "学校没有五轴设备，企业要花三个月重新培训毕业生。",
    "practice": "企业出设备和工程师，学校出场地和学生，四周一轮。",
    "effect": "毕业生上岗培训从三个月缩短到四周，留用率提高。",
    "conditions": "需要一家有五轴设备的企业、两百平方米场地和导师。",
    "name_1": "上岗培训",
    "before_1": "12",
    "after_1": "4",
    "unit_1": "周",
    "source_1": "企业培训台账",
}


def url(name: str, case: ExperienceCase, /, **more: str) -> str:
    return reverse(f"policy_tasks:{name}", kwargs={"case_id": case.pk, **more})


def test_a_school_writes_hands_in_and_the_public_reads(world: World) -> None:
    school = world.school.client
    school.post(reverse("policy_tasks:case_new"), WORDS)
    case = ExperienceCase.objects.get()
    assert world.anonymous.client.get(case.get_absolute_url()).status_code == 404
    assert school.post(url("case_submit", case), {}).status_code == 422
    school.post(url("case_submit", case), {"consented": "on"})
    world.coordinator.client.post(url("case_step", case, name="publish"))
    case.refresh_from_db()
    assert case.state == CaseState.PUBLISHED
    page = world.anonymous.client.get(case.get_absolute_url()).content.decode()
    assert "企业培训台账" in page
    assert url("case_adopt", case) not in page


def test_a_half_filled_number_is_refused(world: World) -> None:
    data = {**WORDS, "name_2": "留用率"}
    answer = world.school.client.post(reverse("policy_tasks:case_new"), data)
    assert answer.status_code == 422
    assert "就要填全" in answer.content.decode()


def test_adoption_and_its_result_stand_on_the_page(world: World) -> None:
    case = published(world)
    rival = world.rival.client
    rival.post(url("case_adopt", case), {"starts_on": TODAY.isoformat(), "changed": "减半"})
    rival.post(url("case_adoption_result", case), {"result": "培训缩短到五周，见台账"})
    page = world.anonymous.client.get(case.get_absolute_url()).content.decode()
    assert "本地调整：减半" in page
    assert "培训缩短到五周" in page
    assert "已见效" in page


def test_the_province_decides_on_its_page(world: World) -> None:
    rollout = proposed(world)
    province = province_coordinator()
    home = province.client.get(reverse("policy_tasks:case_list")).content.decode()
    assert "全省推广申请" in home
    where = reverse("policy_tasks:case_rollout_decide", kwargs={"rollout_id": rollout.pk})
    data = {"approved": "yes", "opinion": "同意", "document": ""}
    assert province.client.post(where, data).status_code == 422
    province.client.post(where, {**data, "document": "推广通知"})
    rollout.refresh_from_db()
    assert rollout.state == RolloutState.APPROVED
    found = world.anonymous.client.get(LIBRARY, {"spread": "province"}).content.decode()
    assert rollout.case.title in found


def test_a_reviewer_returns_with_words(world: World) -> None:
    case = submitted(world)
    world.coordinator.client.post(url("case_return", case), {"reason": "补数据来源"})
    page = world.school.client.get(case.get_absolute_url()).content.decode()
    assert "补数据来源" in page


def test_withdrawn_cases_leave_the_library(world: World) -> None:
    case = published(world)
    world.school.client.post(url("case_withdraw", case), {"reason": "合作终止"})
    assert case.title not in world.anonymous.client.get(LIBRARY).content.decode()


def test_publicity_is_entered_and_counted(world: World) -> None:
    case = published(world)
    data = {"outlet": "市电视台", "title": "轮岗见成效", "planned_on": TODAY.isoformat()}
    world.school.client.post(url("case_publicity_new", case), data)
    item = case.publicity.get()
    where = reverse(
        "policy_tasks:case_publicity_count", kwargs={"case_id": case.pk, "item_id": item.pk}
    )
    world.school.client.post(where, {"published_on": TODAY.isoformat(), "reach": "3200"})
    assert "3,200" in world.anonymous.client.get(case.get_absolute_url()).content.decode()


def test_search_and_filters_narrow_the_library(world: World) -> None:
    case = published(world)
    other = published(world, title="夜间开放实训基地给职工用", theme="base")
    for query, shown, hidden in (
        ({"q": "夜间"}, other, case),
        ({"theme": "placement"}, case, other),
        ({"division": "990104"}, case, None),
    ):
        page = world.anonymous.client.get(LIBRARY, query).content.decode()
        assert shown.get_absolute_url() in page
        assert hidden is None or hidden.get_absolute_url() not in page
    empty = world.anonymous.client.get(LIBRARY, {"spread": "adopted"}).content.decode()
    assert "没有符合条件的案例" in empty


def test_the_fragment_is_the_page(world: World) -> None:
    published(world)
    assert_fragment_equals_page(world.anonymous.client, LIBRARY, theme="placement")


def test_the_library_costs_the_same_with_3_and_30_cases(world: World) -> None:
    counts = []
    world.anonymous.client.get(LIBRARY)
    for first, last in ((0, 3), (3, 12)):
        for number in range(first, last):
            published(world, title=f"第 {number} 个轮岗实训案例")
        with CaptureQueriesContext(connection) as queries:
            assert world.anonymous.client.get(LIBRARY).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_case_costs_the_same_with_3_and_30_adoptions(world: World) -> None:
    case = adopted(world).case
    counts = []
    from tests.world import make_organisation

    for first, last in ((0, 2), (2, 29)):
        for number in range(first, last):
            unit = make_organisation(name=f"企业{number}（演示）", kind="enterprise")
            Adoption.objects.create(
                case=case,
                organisation=unit,
                division_id=unit.division_id,
                starts_on=TODAY,
                recorded_by=world.enterprise.user,
                recorded_at=case.created_at,
            )
        with CaptureQueriesContext(connection) as queries:
            assert world.anonymous.client.get(case.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_author_and_reviewers_are_told(world: World, run_jobs: object) -> None:
    published(world)
    run_jobs()  # type: ignore[operator]
    asked = Notification.objects.filter(user=world.coordinator.user, title__startswith="案例待审核")
    told = Notification.objects.filter(user=world.school.user, title__startswith="案例已发布")
    assert (asked.count(), told.count()) == (1, 1)


def test_the_papers_of_a_published_case_are_public(world: World) -> None:
    case = published(world)
    file = store_upload(upload=proof(), subject=case, actor=world.school.actor)
    where = reverse("kernel:file_download", args=[file.pk])
    answer = world.anonymous.client.get(where)
    assert "完成" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    world.school.client.post(url("case_withdraw", case), {"reason": "合作终止"})
    assert world.rival.client.get(where).status_code == 404
