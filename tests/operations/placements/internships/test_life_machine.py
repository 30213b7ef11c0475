"""A hundred thousand steps of the pure life: no illegal state is ever reached."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.choices.internships import (
    InternshipSide as Side,
)
from silian.operations.placements.choices.internships import (
    InternshipState as S,
)
from silian.operations.placements.rules.internship_life import last_days, overlaps
from silian.operations.placements.rules.readiness import Readiness, missing_items
from silian.operations.placements.workflow.internship import TAKEN_BY, internship, steps_of

ROOT = Path(__file__).resolve().parents[4]
DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2026, 2, 1)
PAPERS = (
    "has_agreement",
    "has_student_consent",
    "has_guardian_consent",
    "is_trained",
    "has_liability_insurance",
    "has_accident_insurance",
)
ALWAYS_THERE = ("has_plan", "has_host", "is_inspected", "has_teacher", "has_mentor")
WORKING = frozenset({S.IN_POST})
HELD = frozenset({S.PLANNED, S.PREPARING, S.IN_POST, S.INTERRUPTED, S.FINISHED, S.ENDED_EARLY})


@dataclass
class Stay:
    """One internship of the student as the rules see it."""

    starts_on: datetime.date
    ends_on: datetime.date
    state: S = S.PLANNED
    papers: set[str] = field(default_factory=set)
    papers_at_start: frozenset[str] = frozenset()
    started_on: datetime.date | None = None
    began_on: datetime.date | None = None
    at_post_since: datetime.date | None = None

    def missing(self) -> list[str]:
        facts = {name: True for name in ALWAYS_THERE} | {
            name: name in self.papers for name in PAPERS
        }
        return [item.label for item in missing_items(Readiness(is_in_post=True, **facts))]


class Life:
    """A student's internships and the clock; every step asks the published table."""

    def __init__(self) -> None:
        self.today = FIRST
        self.stays: list[Stay] = []
        self.taken = 0

    def arrange(self, *, offset: int, length: int) -> None:
        starts_on = self.today + DAY * offset
        ends_on = starts_on + DAY * length
        held = [(stay.starts_on, stay.ends_on) for stay in self.stays if stay.state in HELD]
        if not overlaps(starts_on=starts_on, ends_on=ends_on, held=held):
            self.stays.append(Stay(starts_on=starts_on, ends_on=ends_on))

    def bring(self, stay: Stay, paper: str) -> None:
        if stay.state == S.PREPARING:
            stay.papers.add(paper)

    def lose(self, stay: Stay, paper: str) -> None:
        """An agreement is suspended, a policy cancelled; the student is interrupted with it."""
        if stay.state == S.IN_POST:
            self.take(stay, "interrupt", reason="手续失效")
        stay.papers.discard(paper)

    def facts(self, stay: Stay, reason: str) -> dict[str, object]:
        return {
            "plan_runs": True,
            "today": self.today,
            "starts_on": stay.starts_on,
            "ends_on": stay.ends_on,
            "missing": stay.missing(),
            "reason": reason,
            "on": self.today,
            "since": stay.at_post_since or stay.starts_on,
            "is_amended": "has_agreement" in stay.papers,
        }

    def take(self, stay: Stay, name: str, *, reason: str = "实习需要") -> bool:
        step = internship.by_name[name]
        known = self.facts(stay, reason)
        before = stay.state
        self.taken += 1
        try:
            target = internship.target(
                name, state=before, **{fact: known[fact] for fact in step.facts}
            )
        except DomainError:
            assert stay.state == before
            return False
        assert before in step.sources
        assert target == step.target
        self.apply(stay, name, target)
        return True

    def apply(self, stay: Stay, name: str, target: S) -> None:
        stay.state = target
        if name == "start":
            stay.started_on = stay.at_post_since = stay.began_on = self.today
            stay.papers_at_start = frozenset(stay.papers)
        if name == "resume":
            stay.papers_at_start = frozenset(stay.papers)
        if name == "change_post":
            stay.at_post_since = self.today
        if name in ("end_early", "finish"):
            _, stay.ends_on = last_days(
                starts_on=stay.starts_on, ends_on=stay.ends_on, today=self.today
            )

    def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.today += DAY
            self.night()

    def night(self) -> None:
        for stay in self.stays:
            if stay.ends_on <= self.today and stay.state in (S.IN_POST, S.INTERRUPTED):
                assert self.take(stay, "finish")
            elif stay.ends_on <= self.today and stay.state in (S.PLANNED, S.PREPARING):
                assert self.take(stay, "cancel", reason="实习期满仍未到岗")

    def check(self) -> None:
        for stay in self.stays:
            if stay.state in WORKING:
                assert stay.papers_at_start == frozenset(PAPERS)
                assert frozenset(stay.papers) == frozenset(PAPERS)
                assert stay.started_on is not None
                assert stay.starts_on <= stay.started_on <= self.today < stay.ends_on
            if stay.started_on is not None:
                assert stay.started_on == stay.began_on
                assert stay.starts_on <= stay.started_on
            if stay.state in (S.PLANNED, S.PREPARING):
                assert stay.started_on is None
        held = sorted((stay.starts_on, stay.ends_on) for stay in self.stays if stay.state in HELD)
        assert all(held[n][1] <= held[n + 1][0] for n in range(len(held) - 1))


def test_a_hundred_thousand_random_steps_reach_no_illegal_state() -> None:
    rng = random.Random(20260318)
    taken, reached = 0, set()
    while taken < 100_000:
        life = Life()
        for _ in range(240):
            random_step(life, rng)
            life.check()
            reached |= {stay.state for stay in life.stays}
        taken += life.taken
    assert reached == set(S)


def random_step(life: Life, rng: random.Random) -> None:
    """One act of somebody, lawful or not, or some days that pass."""
    dice = rng.random()
    if dice < 0.06 or not life.stays:
        life.arrange(offset=rng.randint(-3, 12), length=rng.randint(1, 60))
        return
    if dice < 0.16:
        life.pass_days(rng.randint(1, 5))
        return
    stay = rng.choice(life.stays[-3:])
    if dice < 0.30:
        for paper in rng.sample(PAPERS, rng.randint(1, len(PAPERS))):
            life.bring(stay, paper)
    elif dice < 0.33:
        life.lose(stay, rng.choice(PAPERS))
    else:
        name = rng.choice(list(internship.by_name))
        life.take(stay, name, reason=rng.choice(["", "实习需要", "实习需要"]))


class LifeMachine(RuleBasedStateMachine):
    """Hypothesis looks for the shortest way into an illegal state."""

    @initialize()
    def begin(self) -> None:
        self.life = Life()

    @rule(offset=st.integers(-3, 10), length=st.integers(1, 30))
    def arrange(self, offset: int, length: int) -> None:
        self.life.arrange(offset=offset, length=length)

    @rule(days=st.integers(1, 10))
    def pass_days(self, days: int) -> None:
        self.life.pass_days(days)

    @rule(which=st.integers(0, 5), papers=st.sets(st.sampled_from(PAPERS)))
    def bring(self, which: int, papers: set[str]) -> None:
        for stay in self.life.stays[which : which + 1]:
            for paper in sorted(papers):
                self.life.bring(stay, paper)

    @rule(which=st.integers(0, 5), paper=st.sampled_from(PAPERS))
    def lose(self, which: int, paper: str) -> None:
        for stay in self.life.stays[which : which + 1]:
            self.life.lose(stay, paper)

    @rule(
        which=st.integers(0, 5),
        name=st.sampled_from(sorted(internship.by_name)),
        reason=st.sampled_from(["", "实习需要"]),
    )
    def take(self, which: int, name: str, reason: str) -> None:
        for stay in self.life.stays[which : which + 1]:
            self.life.take(stay, name, reason=reason)

    @invariant()
    def is_lawful(self) -> None:
        if hasattr(self, "life"):
            self.life.check()


def test_no_sequence_of_steps_that_hypothesis_finds_is_unlawful() -> None:
    run_state_machine_as_test(
        LifeMachine,
        settings=settings(
            max_examples=150,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_step_of_the_table_is_taken_by_somebody() -> None:
    assert set(TAKEN_BY) == set(internship.by_name)
    assert all(TAKEN_BY.values())


def test_the_table_gives_each_state_and_side_exactly_its_steps() -> None:
    for state in S:
        for side in Side:
            expected = [
                step.name
                for step in internship.transitions
                if state in step.sources and side in TAKEN_BY[step.name]
            ]
            assert steps_of(state=state, side=side) == expected
    assert steps_of(state=S.CANCELLED, side=Side.SCHOOL) == []
    assert not any(steps_of(state=state, side=Side.GUARDIAN) for state in S)


def test_the_published_table_says_what_the_engine_says() -> None:
    text = (ROOT / "docs" / "workflows.md").read_text()
    section = text.split("workflow.internship.internship`")[1].split("\n## ")[0]
    lines = section.split("| 状态 |")[1].strip().splitlines()
    sides = [cell.strip() for cell in lines[0].strip("| ").split("|")]
    published = {
        (cells[0], side): [] if said == "—" else said.split("、")
        for line in lines[2:]
        if line.startswith("|")
        for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
        for side, said in zip(sides, cells[1:], strict=True)
    }
    labels = {step.name: step.label for step in internship.transitions}
    assert {
        (state.label, side.label): [labels[name] for name in steps_of(state=state, side=side)]
        for state in S
        for side in Side
        if side.label in sides
    } == published
    assert {side.label for side in Side} - set(sides) == {Side.GUARDIAN.label}
