"""Facts about applications."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierMoved(Event):
    """An application came to another state (申报进入新环节); ``state`` is the new one."""

    dossier_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class OpinionAsked(Event):
    """A department is asked for its opinion (征求部门意见)."""

    opinion_id: int


@dataclass(frozen=True, kw_only=True)
class ExpertInvited(Event):
    """An expert was drawn for an application (抽中专家)."""

    assignment_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """An application was decided, or decided anew (作出决定)."""

    decision_id: int
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Event):
    """Somebody objected during the public notice (提出异议)."""

    objection_id: int


@dataclass(frozen=True, kw_only=True)
class FixAsked(Event):
    """The applicant was told what to put right (通知补正)."""

    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class FixEnded(Event):
    """The organiser stopped waiting for a fix without a limit (停止等待补正)."""

    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionEnded(Event):
    """The organiser stopped waiting for a department without a limit (停止征求意见)."""

    opinion_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionLapsed(Event):
    """A department was silent until its day (部门逾期未答复); ``escalates``: it goes upward."""

    opinion_id: int
    escalates: bool
