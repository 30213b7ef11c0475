"""A bureau with money, a call, students who worked, apprentices in training."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.governance.incentives.choices.claims import ClaimScheme, StepKind
from silian.governance.incentives.commands.claim_calls import (
    CallCard,
    StepCard,
    draft_call,
    open_call,
)
from silian.governance.incentives.commands.claim_papers import add_paper
from silian.governance.incentives.commands.claims import change_claim, start_claim, submit_claim
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import Claim, ClaimCall
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.choices.orders import ApprenticeshipState, ApprenticeState
from silian.operations.placements.models import Apprentice, Apprenticeship, Internship
from tests.casework.ledgers.stage import Books, make_books
from tests.operations.placements.orders import stage as orders
from tests.operations.placements.stage import make_internship
from tests.operations.placements.stage_people import make_student
from tests.world import World

TODAY = datetime.date(2026, 3, 18)
ZONE = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=ZONE)
FROM, UNTIL = datetime.date(2025, 9, 1), datetime.date(2026, 3, 1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ACCOUNT = "6222020200012345678"


def card(books: Books, scheme: ClaimScheme = ClaimScheme.INTERNSHIP, **values: Any) -> CallCard:
    facts: dict[str, Any] = {
        "scheme": scheme, "title": "2025 年秋季实习成本补助申领", "line_id": books.line.pk,
        "covers_from": FROM, "covers_until": UNTIL, "opens_on": datetime.date(2026, 3, 1),
        "closes_on": datetime.date(2026, 4, 30),
        "pays_advance": scheme == ClaimScheme.APPRENTICESHIP, "notice_days": 5,
        "notice_basis": "申领通知", "appeal_days": 60, "guidance": "",
    }  # fmt: skip
    return CallCard(**{**facts, **values})


def steps(world: World, books: Books, *, schools: bool = True) -> list[StepCard]:
    """Schools, the bureau of education, then the department that leads."""
    rows = [
        (2, StepKind.CHECK, "教育部门审核", world.reviewer.organisation.pk),
        (3, StepKind.DECIDE, "审定", books.owner.organisation.pk),
    ]
    certify = (1, StepKind.CERTIFY, "学校核对", None)
    return [
        StepCard(order=order, kind=kind, title=title, office_id=office, working_days=5,
                 on_silence="remind")
        for order, kind, title, office in ([certify] if schools else []) + rows
    ]  # fmt: skip


def drafted_call(
    world: World, books: Books | None = None, scheme: ClaimScheme = ClaimScheme.INTERNSHIP,
    **values: Any,
) -> tuple[ClaimCall, Books]:  # fmt: skip
    """A call of the labour bureau, whose clerk is ``books.owner``."""
    books = books or make_books()
    schools = scheme == ClaimScheme.INTERNSHIP
    made = draft_call(
        card=card(books, scheme, **values), steps=steps(world, books, schools=schools),
        actor=books.owner.actor, today=TODAY,
    )  # fmt: skip
    return made, books


def opened_call(
    world: World, books: Books | None = None, scheme: ClaimScheme = ClaimScheme.INTERNSHIP,
    **values: Any,
) -> tuple[ClaimCall, Books]:  # fmt: skip
    call, books = drafted_call(world, books, scheme, **values)
    return open_call(call_id=call.pk, actor=books.owner.actor, now=NOW), books


def worked(world: World, *, name: str = "演示学生林禾", **values: Any) -> Internship:
    """A student who worked at the enterprise from September to February."""
    facts = {"state": InternshipState.FINISHED, "starts_on": FROM, "ends_on": UNTIL}
    student = values.pop("student", None) or make_student(world, name=name)
    return make_internship(world, student=student, **{**facts, **values})


def programme(world: World, *, people: int = 2, **values: Any) -> Apprenticeship:
    """An apprenticeship in training, with contracts of two years."""
    row = orders.drafted_apprenticeship(world)
    facts = {
        "state": ApprenticeshipState.RUNNING, "filed_on": FROM, "starts_on": FROM,
        "ends_on": datetime.date(2026, 9, 1), "months": 12,
    }  # fmt: skip
    Apprenticeship.objects.filter(pk=row.pk).update(**{**facts, **values})
    row.refresh_from_db()
    for number in range(people):
        Apprentice.objects.create(
            apprenticeship=row, person=orders.employee(world, name=f"演示职工{number + 1}"),
            starts_on=row.starts_on, ends_on=row.ends_on, state=ApprenticeState.TRAINING,
            contract_starts_on=FROM, contract_ends_on=datetime.date(2027, 9, 1),
        )  # fmt: skip
    return row


def started(
    world: World, call: ClaimCall, *, subject_id: int = 0, who: str = "enterprise"
) -> Claim:
    actor = getattr(world, who).actor
    return start_claim(call_id=call.pk, subject_id=subject_id, actor=actor, today=TODAY)


def filled(world: World, claim: Claim, *, advance: str = "0", who: str = "enterprise") -> Claim:
    """The claim with account and every paper."""
    actor = getattr(world, who).actor
    change_claim(
        claim_id=claim.pk, advance_asked=Decimal(advance), bank_name="青澜农村商业银行",
        account_number=ACCOUNT, statement="按名册申领", actor=actor,
    )  # fmt: skip
    for each in book_for(claim.call.scheme).asked_with_claim:
        upload = SimpleUploadedFile(f"{each.code}.pdf", PDF, content_type="application/pdf")
        add_paper(claim_id=claim.pk, code=each.code, upload=upload, actor=actor)
    return Claim.objects.select_related("call", "organisation").get(pk=claim.pk)


def submitted(world: World, claim: Claim, *, who: str = "enterprise") -> Claim:
    actor = getattr(world, who).actor
    return submit_claim(claim_id=claim.pk, actor=actor, now=NOW)


def handed_in(world: World, *, students: int = 1) -> tuple[Claim, Books]:
    """A claim for interns with the offices."""
    call, books = opened_call(world)
    for number in range(students):
        worked(world, name=f"演示学生{number + 1}")
    claim = filled(world, started(world, call))
    return submitted(world, claim), books
