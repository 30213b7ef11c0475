"""Which jurisdictions are set up, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass

from silian.governance.policy_tasks.gateways.rulebooks import known_books
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.registers.policies.choices import Medium
from silian.registers.policies.models import Parameter, PolicyBody, PolicyDocument
from silian.registers.policies.models.clauses import ClauseBody


@dataclass(frozen=True, kw_only=True)
class JurisdictionSummary:
    """What a loaded jurisdiction holds (地区概况)."""

    document: str
    clauses: int
    bodies: int
    tasks: int
    led: int
    assignments: int
    targets: int
    repeated: int
    goals: int
    parameters: int
    open_parameters: int


def loaded_document(code: str) -> PolicyDocument | None:
    return PolicyDocument.objects.filter(division_id=code, medium=Medium.BOOK).first()


def known_jurisdictions() -> list[tuple[str, str, bool]]:
    """Every jurisdiction with a book, and whether it is loaded."""
    loaded = set(
        PolicyDocument.objects.filter(medium=Medium.BOOK).values_list("division_id", flat=True)
    )
    return [(code, name, code in loaded) for code, name in known_books().items()]


def jurisdiction_summary(code: str) -> JurisdictionSummary | None:
    """The counts of a loaded jurisdiction; None when it is not loaded."""
    document = loaded_document(code)
    if document is None:
        return None
    tasks = PolicyTask.objects.filter(document=document, parent__isnull=True)
    targets = Target.objects.filter(document=document, ended_on__isnull=True)
    parameters = Parameter.objects.filter(division_id=code)
    unset = parameters.filter(value__isnull=True, low__isnull=True, high__isnull=True)
    return JurisdictionSummary(
        document=f"{document.title}（{document.document_number}）",
        clauses=document.clauses.count(),
        bodies=PolicyBody.objects.filter(division_id=code).count(),
        tasks=tasks.count(),
        led=tasks.filter(lead__isnull=False).count(),
        assignments=ClauseBody.objects.filter(
            clause__document=document, clause__is_task=True
        ).count(),
        targets=targets.count(),
        repeated=targets.filter(repeats__isnull=False).count(),
        goals=Milestone.objects.filter(document=document).exclude(number="").count(),
        parameters=parameters.count(),
        open_parameters=unset.count(),
    )
