"""What happens in the life of an internship."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class InternshipEvent(Event):
    """What every event of an internship carries; read the row again for the rest."""

    internship_id: int


@dataclass(frozen=True, kw_only=True)
class InternshipArranged(InternshipEvent):
    """A student was given a host and a post (已安排)."""


@dataclass(frozen=True, kw_only=True)
class InternshipPrepared(InternshipEvent):
    """Consents were asked for; agreement, insurance and training may begin (开始办理手续)."""


@dataclass(frozen=True, kw_only=True)
class InternshipStarted(InternshipEvent):
    """The student is in post (已到岗)."""


@dataclass(frozen=True, kw_only=True)
class PostChanged(InternshipEvent):
    """The student works at another post of the host (已换岗)."""


@dataclass(frozen=True, kw_only=True)
class InternshipInterrupted(InternshipEvent):
    """The student does not work for a while (已中断)."""


@dataclass(frozen=True, kw_only=True)
class InternshipResumed(InternshipEvent):
    """The student works again (已恢复)."""


@dataclass(frozen=True, kw_only=True)
class InternshipEnded(InternshipEvent):
    """The internship ended early or was cancelled (提前结束或取消)."""


@dataclass(frozen=True, kw_only=True)
class InternshipFinished(InternshipEvent):
    """The term is over (期满)."""


@dataclass(frozen=True, kw_only=True)
class InternshipAssessed(InternshipEvent):
    """Both sides assessed the student (已考核)."""


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """A student or guardian has a notice to answer (知情同意待签)."""

    consent_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentAnswered(Event):
    """A student or guardian agreed or refused (知情同意已答复)."""

    consent_id: int


@dataclass(frozen=True, kw_only=True)
class SelfChoiceSubmitted(Event):
    """A student's own choice waits for the school (自主选择待审核)."""

    self_choice_id: int


@dataclass(frozen=True, kw_only=True)
class SelfChoiceDecided(Event):
    """The school decided on a student's own choice (自主选择已审核)."""

    self_choice_id: int
