"""The life of agreements as a machine: no way leads to a state that must not be."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from silian.casework.agreements.choices import (
    AgreementState,
    LifeEventKind,
    SignatureState,
    Standing,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.rules.folding import (
    Change,
    Turn,
    effective_terms,
    standing,
)
from silian.casework.agreements.workflow.agreement import agreement as agreement_steps
from silian.casework.agreements.workflow.version import version as version_steps
from silian.foundation.kernel.errors import DomainError

START = datetime.date(2026, 3, 1)
LAST = datetime.date(2026, 9, 1)
OPEN = (VersionState.DRAFT, VersionState.SIGNING)
HELD = (AgreementState.ACTIVE, AgreementState.SUSPENDED)
AFTER = (*HELD, AgreementState.TERMINATED, AgreementState.ENDED)
PARTIES = ("student", "host", "school")


class Paper:
    """An agreement in memory, moved only by the two tables."""

    def __init__(self) -> None:
        self.today = START - datetime.timedelta(days=20)
        self.state = AgreementState.DRAFT
        self.versions: list[dict[str, Any]] = []
        self.turns: list[Turn] = []
        self.refusals = self.steps = 0
        self.add(VersionKind.BASE, START, {"pay": 1, "ends_on": LAST})

    def add(self, kind: str, day: datetime.date, changes: dict[str, Any]) -> None:
        self.versions.append(
            {
                "number": len(self.versions) + 1,
                "kind": kind,
                "state": VersionState.DRAFT,
                "effective_from": day,
                "changes": changes,
                "signatures": {},
            }
        )

    def open_version(self) -> dict[str, Any] | None:
        return next((row for row in self.versions if row["state"] in OPEN), None)

    def changes(self) -> list[Change]:
        names = ("number", "kind", "state", "effective_from", "changes")
        return [Change(**{name: row[name] for name in names}) for row in self.versions]

    def ends_on(self) -> datetime.date:
        return effective_terms(self.changes(), on=datetime.date.max).get("ends_on", LAST)

    def step(self, name: str, **facts: Any) -> None:
        self.state = agreement_steps.target(name, state=self.state, **facts)

    def take(self, name: str, value: int) -> None:
        """Try a step; a refusal leaves everything as it was."""
        before = (self.state, [dict(row) for row in self.versions], list(self.turns))
        self.steps += 1
        try:
            getattr(self, name)(value)
        except DomainError:
            self.refusals += 1
            self.state, self.versions, self.turns = before

    def pass_days(self, value: int) -> None:
        self.today += datetime.timedelta(days=value % 40)

    def send(self, value: int) -> None:
        version = self.needed_version()
        version["state"] = version_steps.target("send", state=version["state"])
        version["signatures"] = dict.fromkeys(PARTIES, SignatureState.WAITING)
        if version["kind"] == VersionKind.BASE:
            self.step("send")

    def needed_version(self) -> dict[str, Any]:
        version = self.open_version()
        if version is None:
            raise DomainError("没有待签的版本。")
        return version

    def sign(self, value: int) -> None:
        version = self.needed_version()
        party = PARTIES[value % 3]
        if version["signatures"].get(party) != SignatureState.WAITING:
            raise DomainError("这一方不在待签。")
        version["signatures"] = {**version["signatures"], party: SignatureState.SIGNED}
        waiting = list(version["signatures"].values()).count(SignatureState.WAITING)
        if waiting == 0:
            self.complete(version, waiting)

    def complete(self, version: dict[str, Any], waiting: int) -> None:
        version["state"] = version_steps.target("complete", state=version["state"], waiting=waiting)
        if version["kind"] == VersionKind.BASE:
            self.step("activate", waiting=waiting)
        else:
            version["effective_from"] = max(version["effective_from"], self.today)

    def complete_too_early(self, value: int) -> None:
        version = self.needed_version()
        waiting = list(version["signatures"].values()).count(SignatureState.WAITING)
        self.complete(version, waiting or 3)

    def refuse(self, value: int) -> None:
        self.fail("refuse", PARTIES[value % 3])

    def lapse(self, value: int) -> None:
        self.fail("lapse", None)

    def fail(self, name: str, party: str | None) -> None:
        version = self.needed_version()
        version["state"] = version_steps.target(name, state=version["state"])
        if party:
            version["signatures"] = {**version["signatures"], party: SignatureState.REFUSED}
        if version["kind"] == VersionKind.BASE:
            self.step(name)

    def withdraw(self, value: int) -> None:
        self.step("withdraw")
        self.close_open()

    def close_open(self) -> None:
        for row in self.versions:
            if row["state"] in OPEN:
                row["state"] = version_steps.target("withdraw", state=row["state"])

    def reopen(self, value: int) -> None:
        self.step("reopen")
        self.add(VersionKind.BASE, START, {"pay": value, "ends_on": LAST})

    def amend(self, value: int) -> None:
        if self.state not in HELD or self.open_version():
            raise DomainError("不能修订。")
        day = max(START, self.today) + datetime.timedelta(days=value % 60)
        self.add(VersionKind.AMENDMENT, day, {"pay": value})

    def renew(self, value: int) -> None:
        if self.state not in HELD or self.open_version():
            raise DomainError("不能续签。")
        ends = self.ends_on()
        later = ends + datetime.timedelta(days=30 + value % 90)
        self.add(VersionKind.RENEWAL, ends, {"ends_on": later})

    def suspend(self, value: int) -> None:
        self.step("suspend", may_suspend=value % 5 != 0)
        self.turn(LifeEventKind.SUSPENDED)

    def resume(self, value: int) -> None:
        self.step("resume")
        self.turn(LifeEventKind.RESUMED)

    def terminate(self, value: int) -> None:
        self.step("terminate")
        self.turn(LifeEventKind.TERMINATED)
        self.close_open()

    def end(self, value: int) -> None:
        if self.today < self.ends_on():
            raise DomainError("尚未到期。")
        self.step("end")
        self.turn(LifeEventKind.ENDED)
        self.close_open()

    def turn(self, kind: str) -> None:
        self.turns.append(Turn(kind=kind, on=max(self.today, START)))

    def check(self) -> None:
        """What must hold after every step, whatever came before."""
        signed = [row for row in self.versions if row["state"] == VersionState.SIGNED]
        bases = [row for row in signed if row["kind"] == VersionKind.BASE]
        assert (self.state in AFTER) is bool(bases)
        assert len(bases) <= 1
        for row in signed:
            assert set(row["signatures"].values()) == {SignatureState.SIGNED}
        assert sum(row["state"] in OPEN for row in self.versions) <= 1
        if self.state not in (AgreementState.DRAFT, AgreementState.SIGNING, *HELD):
            assert self.open_version() is None
        terms = effective_terms(self.changes(), on=self.today)
        assert bool(terms) is (bool(bases) and self.today >= START)
        self.check_standing(bool(bases))

    def check_standing(self, is_signed: bool) -> None:
        shown = standing(
            starts_on=START if is_signed else None,
            ends_on=self.ends_on(),
            turns=self.turns,
            on=max(self.today, START),
        )
        if self.state in (AgreementState.TERMINATED, AgreementState.ENDED):
            assert shown == Standing.OVER
        if self.state == AgreementState.SUSPENDED and self.today < self.ends_on():
            assert shown == Standing.SUSPENDED
        if self.state == AgreementState.ACTIVE and self.today < self.ends_on():
            assert shown == Standing.IN_FORCE


STEPS = (
    "pass_days",
    "send",
    "sign",
    "sign",
    "sign",
    "complete_too_early",
    "refuse",
    "lapse",
    "withdraw",
    "reopen",
    "amend",
    "renew",
    "suspend",
    "resume",
    "terminate",
    "end",
)
SHORT = ("terminate", "withdraw", "renew")
LASTING = (*(step for step in STEPS if step not in SHORT), *("pass_days",) * 8)


class Life(RuleBasedStateMachine):
    """Any step at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.paper = Paper()

    @rule(name=st.sampled_from(STEPS), value=st.integers(0, 99))
    def any_step(self, name: str, value: int) -> None:
        self.paper.take(name, value)

    @invariant()
    def nothing_that_must_not_be(self) -> None:
        self.paper.check()


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase


@pytest.mark.slow
def test_a_hundred_thousand_steps_reach_no_forbidden_state() -> None:
    rng, steps, reached = random.Random(20260318), 0, set()
    while steps < 100_000:
        paper = Paper()
        lives = STEPS if rng.random() < 0.5 else LASTING
        for _ in range(60):
            paper.take(rng.choice(lives + ("sign",) * 6 + ("send",) * 3), rng.randrange(100))
            paper.check()
        steps += paper.steps
        reached.add(paper.state)
    assert reached >= {
        AgreementState.ACTIVE,
        AgreementState.ENDED,
        AgreementState.TERMINATED,
        AgreementState.WITHDRAWN,
    }
