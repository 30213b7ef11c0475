"""The safety test: papers, marking, what it opens, and that the key stays on the server."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.commands.training import (
    publish_course,
    start_attempt,
    submit_attempt,
    write_course,
)
from silian.operations.placements.models import (
    InternshipPost,
    PracticeSettings,
    SafetyCourse,
    TrainingAttempt,
)
from silian.operations.placements.queries.training import courses_for, passed_ids
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import NOW
from tests.world import World


def handed_in(world: World, attempt: TrainingAttempt, *, right: bool) -> TrainingAttempt:
    answers = stage.right_answers(attempt)
    if not right:
        answers = {pk: [2 if keys != [2] else 0] for pk, keys in answers.items()}
    return submit_attempt(
        actor=world.student.actor, attempt_id=attempt.pk, answers=answers, now=NOW
    )


def test_the_right_answers_pass_and_hold_for_the_months_of_the_course(world: World) -> None:
    attempt = handed_in(world, stage.sitting(world), right=True)
    assert (attempt.score, attempt.is_passed) == (100, True)
    assert attempt.valid_until == datetime.date(2027, 3, 18)
    assert passed_ids(internship_ids=[attempt.internship_id]) == {attempt.internship_id}


def test_wrong_answers_fail_and_open_nothing(world: World) -> None:
    attempt = handed_in(world, stage.sitting(world), right=False)
    assert (attempt.score, attempt.is_passed) == (0, False)
    assert passed_ids(internship_ids=[attempt.internship_id]) == set()


def test_a_pass_that_ends_before_the_first_day_does_not_count(world: World) -> None:
    attempt = handed_in(world, stage.sitting(world), right=True)
    TrainingAttempt.objects.filter(pk=attempt.pk).update(valid_until=datetime.date(2026, 3, 1))
    assert passed_ids(internship_ids=[attempt.internship_id]) == set()


def test_only_a_course_of_the_host_or_of_the_trade_lets_somebody_begin(world: World) -> None:
    attempt = handed_in(world, stage.sitting(world), right=True)
    course, internship = attempt.course, attempt.internship
    rows = SafetyCourse.objects.filter(pk=course.pk)

    def counts() -> tuple[bool, bool]:
        [offered] = [row.counts for row in courses_for(internship) if row.pk == course.pk]
        return bool(passed_ids(internship_ids=[internship.pk])), offered

    post = InternshipPost.objects.filter(pk=internship.post_id)
    assert counts() == (True, True)
    rows.update(trades=["52"])
    assert counts() == (False, False)
    rows.update(trades=[])
    assert counts() == (False, False)
    post.update(major_classes=[])
    internship.post.refresh_from_db()
    assert counts() == (False, False)
    rows.update(trades=["46", "52"])
    assert counts() == (True, True)
    rows.update(owner=internship.organisation, trades=[])
    assert counts() == (True, True)
    page = world.student.client.get(reverse("placements:training", args=[internship.pk]))
    assert "不算本岗位合格" not in page.content.decode()


def test_a_paper_is_handed_in_once_and_whole(world: World) -> None:
    attempt = stage.sitting(world)
    with pytest.raises(DomainError, match="没有作答"):
        submit_attempt(actor=world.student.actor, attempt_id=attempt.pk, answers={}, now=NOW)
    handed_in(world, attempt, right=True)
    with pytest.raises(DomainError, match="已交"):
        handed_in(world, attempt, right=True)


def test_nobody_sits_the_test_for_a_student(world: World) -> None:
    attempt = stage.sitting(world)
    with pytest.raises(NotAllowed, match="本人"):
        submit_attempt(
            actor=world.teacher.actor,
            attempt_id=attempt.pk,
            answers=stage.right_answers(attempt),
            now=NOW,
        )


def test_a_begun_sitting_is_gone_on_with_and_five_a_day_are_enough(world: World) -> None:
    attempt = stage.sitting(world)
    given = {
        "actor": world.student.actor,
        "internship_id": attempt.internship_id,
        "course_id": attempt.course_id,
        "now": NOW,
    }
    assert start_attempt(**given) == attempt
    for _ in range(4):
        handed_in(world, start_attempt(**given), right=False)
    handed_in(world, start_attempt(**given), right=False)
    with pytest.raises(DomainError, match="明天再测"):
        start_attempt(**given)


def test_the_key_is_in_no_page_of_the_student(world: World) -> None:
    attempt = stage.sitting(world)
    client = world.student.client
    paper = client.get(reverse("placements:attempt", args=[attempt.pk])).content.decode()
    assert "发现机床异响怎么办" in paper
    assert "correct" not in paper
    assert "解析" not in paper
    assert "checked" not in paper
    handed_in(world, attempt, right=False)
    result = client.get(reverse("placements:attempt", args=[attempt.pk])).content.decode()
    assert "答错的题" in result
    assert "穿戴好劳动防护用品" not in result
    course = reverse("placements:course_detail", args=[attempt.course_id])
    assert client.get(course).status_code == 404


def test_a_course_without_a_pass_mark_is_not_offered(world: World) -> None:
    made = stage.course(world, pass_mark=None)
    with pytest.raises(DomainError, match="合格分未设定"):
        publish_course(actor=world.school.actor, course_id=made.pk, now=NOW)
    PracticeSettings.objects.create(school=world.school.organisation, pass_mark=70)
    publish_course(actor=world.school.actor, course_id=made.pk, now=NOW)
    internship = stage.planned(world)
    attempt = start_attempt(
        actor=world.student.actor, internship_id=internship.pk, course_id=made.pk, now=NOW
    )
    assert attempt.pass_mark == 70


def test_a_course_with_too_few_questions_is_not_offered(world: World) -> None:
    made = stage.course(world, questions_asked=9)
    with pytest.raises(DomainError, match="少于每次抽题数"):
        publish_course(actor=world.school.actor, course_id=made.pk, now=NOW)


def test_an_offered_course_is_frozen(world: World) -> None:
    made = stage.published_course(world)
    text = stage.CourseText(
        title="改", body="改", bank=stage.BANK, questions_asked=1, valid_months=1, pass_mark=1
    )
    with pytest.raises(DomainError, match="不能修改"):
        write_course(actor=world.school.actor, text=text, course_id=made.pk)


def test_a_student_learns_and_passes_in_the_pages(world: World) -> None:
    internship, course = stage.planned(world), stage.published_course(world)
    client = world.student.client
    lesson = reverse("placements:lesson", args=[internship.pk, course.pk])
    assert client.get(lesson).status_code == 200
    begun = client.post(reverse("placements:attempt_start", args=[internship.pk, course.pk]))
    attempt = TrainingAttempt.objects.get()
    assert begun.url == reverse("placements:attempt", args=[attempt.pk])
    answers = stage.right_answers(attempt)
    data = {f"q{pk}": [str(place) for place in keys] for pk, keys in answers.items()}
    assert client.post(begun.url, {}).status_code == 422
    assert client.post(begun.url, data).status_code == 302
    assert "100 分" in client.get(begun.url).content.decode()
