"""Facts of pay and care, told to others."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PayAccountOpened(Event):
    """A student's own account stands for pay (报酬账户启用)."""

    account_id: int


@dataclass(frozen=True, kw_only=True)
class PayStated(Event):
    """A host says that pay reached the student, or came back (报酬填报)."""

    pay_record_id: int


@dataclass(frozen=True, kw_only=True)
class PayAnswered(Event):
    """The student says what really arrived (学生核对报酬)."""

    pay_record_id: int


@dataclass(frozen=True, kw_only=True)
class PayAlarmRaised(Event):
    """Pay is late, low, or said to be otherwise (报酬预警)."""

    alarm_id: int


@dataclass(frozen=True, kw_only=True)
class PayAlarmClosed(Event):
    """A fact put the alarm to rest (报酬预警解除)."""

    alarm_id: int


@dataclass(frozen=True, kw_only=True)
class PayAlarmEscalated(Event):
    """The authority was told of an alarm that nobody put right (报酬预警上报)."""

    alarm_id: int


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(Event):
    visit_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentRecorded(Event):
    incident_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentReported(Event):
    """The authority was told of an incident (事件报告)."""

    incident_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Event):
    incident_id: int
