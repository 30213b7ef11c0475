"""Tells students, mentors, schools and insurers what waits for them in learning."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.placements.events.learning import (
    AssessmentDisagreed,
    AssessmentFinal,
    AssessmentShown,
    CertificateIssued,
    ClaimAnswered,
    ClaimReported,
    WeeklyNoteReturned,
)
from silian.operations.placements.models import (
    Assessment,
    InsuranceClaim,
    InternshipCertificate,
    WeeklyNote,
)
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

CLERKS = sorted({Role.MANAGER, Role.AGENT})


def clerks_of(organisation_id: int) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id, roles=CLERKS, on=timezone.localdate()
    )


def tell(users: Collection[int | None], *, title: str, detail: str, url: str, key: str) -> None:
    known = [user for user in users if user is not None]
    if known:
        notify(
            user_ids=known,
            kind=NotificationKind.ANSWER,
            title=title,
            detail=detail,
            url=url,
            key=key,
        )


@subscribe(AssessmentShown)
def tell_student_of_result(event: AssessmentShown) -> None:
    row = Assessment.objects.select_related("internship__person").get(pk=event.assessment_id)
    tell(
        [row.internship.person.user_id],
        title=f"实习考核已出，总评 {row.total} 分",
        detail="不同意可以在 5 个工作日内提出异议，不影响报酬",
        url=reverse("placements:assessment", args=[row.internship_id]),
        key=f"assessment-{row.pk}-shown",
    )


@subscribe(AssessmentDisagreed)
def tell_school_of_disagreement(event: AssessmentDisagreed) -> None:
    row = Assessment.objects.select_related("internship__person").get(pk=event.assessment_id)
    tell(
        clerks_of(row.internship.school_id),
        title=f"{row.internship.person.name}对实习考核有异议",
        detail="5 个工作日内答复",
        url=reverse("placements:assessment", args=[row.internship_id]),
        key=f"assessment-{row.pk}-disagreed",
    )


@subscribe(AssessmentFinal)
def tell_student_of_end(event: AssessmentFinal) -> None:
    row = Assessment.objects.select_related("internship__person").get(pk=event.assessment_id)
    tell(
        [row.internship.person.user_id],
        title=f"实习考核定稿，总评 {row.total} 分",
        detail=row.answer[:80] or "可以看每一项得分",
        url=reverse("placements:assessment", args=[row.internship_id]),
        key=f"assessment-{row.pk}-final",
    )


@subscribe(WeeklyNoteReturned)
def tell_student_of_return(event: WeeklyNoteReturned) -> None:
    row = WeeklyNote.objects.select_related("internship__person").get(pk=event.note_id)
    url = reverse("placements:note_write", args=[row.internship_id, row.week_on.isoformat()])
    tell(
        [row.internship.person.user_id],
        title=f"{row.week_on:%-m月%-d日}起的周记请补充",
        detail=row.mentor_comment[:80],
        url=url,
        key=f"note-{row.pk}-returned-{row.mentor_comment[:20]}",
    )


@subscribe(ClaimReported)
def tell_insurer_of_claim(event: ClaimReported) -> None:
    row = InsuranceClaim.objects.select_related("policy").get(pk=event.claim_id)
    if row.policy.insurer_id:
        tell(
            clerks_of(row.policy.insurer_id),
            title=f"有新的报案：{row.policy.number}",
            detail=f"出险日 {row.happened_on}",
            url=reverse("placements:insurance_claim", args=[row.pk]),
            key=f"claim-{row.pk}-reported",
        )


@subscribe(ClaimAnswered)
def tell_school_of_answer(event: ClaimAnswered) -> None:
    row = InsuranceClaim.objects.select_related("policy").get(pk=event.claim_id)
    tell(
        clerks_of(row.policy.school_id),
        title=f"理赔{row.get_state_display()}：{row.policy.number}",
        detail=row.answer[:80],
        url=reverse("placements:insurance_claim", args=[row.pk]),
        key=f"claim-{row.pk}-answered",
    )


@subscribe(CertificateIssued)
def tell_student_of_certificate(event: CertificateIssued) -> None:
    row = InternshipCertificate.objects.select_related("internship__person").get(
        pk=event.certificate_id
    )
    tell(
        [row.internship.person.user_id],
        title="实习证明已出具",
        detail=f"编号 {row.number}，可以下载",
        url=reverse("placements:practice_file", args=[row.internship_id]),
        key=f"certificate-{row.pk}",
    )
