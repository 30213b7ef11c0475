"""What happens to programmes, plans and classes, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProgrammeOpened(Event):
    programme_id: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeStageChanged(Event):
    programme_id: int
    stage: str


@dataclass(frozen=True, kw_only=True)
class ConstructionChanged(Event):
    construction_id: int


@dataclass(frozen=True, kw_only=True)
class TrainingPlanSubmitted(Event):
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class TrainingPlanApproved(Event):
    plan_id: int
    programme_id: int


@dataclass(frozen=True, kw_only=True)
class StandardVersionInForce(Event):
    version_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipationRecorded(Event):
    participation_id: int


@dataclass(frozen=True, kw_only=True)
class ClassImported(Event):
    """Students came in by a roster."""

    roster_id: int
    school_id: int


@dataclass(frozen=True, kw_only=True)
class StudentMoved(Event):
    person_id: int
    from_class_id: int
    to_class_id: int


@dataclass(frozen=True, kw_only=True)
class StudentLeft(Event):
    """A student left, went on leave or came back; state tells which."""

    person_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class CohortGraduated(Event):
    cohort_id: int
