"""What happens while an internship is prepared, learned from and assessed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class InternsInsured(Event):
    """Internships were added to a policy, or the policy ended (加保或退保)."""

    policy_id: int
    school_id: int
    on: datetime.date


@dataclass(frozen=True, kw_only=True)
class ClaimReported(Event):
    """An accident was reported to the insurer (报案)."""

    claim_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimAnswered(Event):
    """The insurer answered a claim (理赔答复)."""

    claim_id: int


@dataclass(frozen=True, kw_only=True)
class SafetyTestPassed(Event):
    """A student passed the safety test of an internship (安全测试合格)."""

    internship_id: int
    attempt_id: int


@dataclass(frozen=True, kw_only=True)
class WeeklyNoteSubmitted(Event):
    """A student handed in the note of a week (提交周记)."""

    note_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class WeeklyNoteReturned(Event):
    """A mentor asked for more in the note of a week (周记请补充)."""

    note_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class AssessmentShown(Event):
    """Both scores are in, and the student may read them (考核告知学生)."""

    assessment_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class AssessmentDisagreed(Event):
    """A student disagrees with the assessment (考核异议)."""

    assessment_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class AssessmentFinal(Event):
    """The assessment of an internship is final (考核定稿)."""

    assessment_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class CreditGranted(Event):
    """Credits of an internship were granted (学分认定)."""

    internship_id: int
    granted_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """A certificate of practice was issued (出具实习证明)."""

    certificate_id: int
    internship_id: int


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate of practice was revoked (撤销实习证明)."""

    certificate_id: int
    internship_id: int
