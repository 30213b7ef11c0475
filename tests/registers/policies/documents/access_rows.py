"""Who gets what from the addresses of documents, their review, and responsible bodies."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.registers.policies.choices import DocumentState, MarkKind
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from tests.access import LOGIN, OK, REFUSED, Row
from tests.registers.policies.documents.stage import PLAN, clause_called, in_review, issued
from tests.world import CITY, ROLES, World

DONE = 302
INVALID = 422
OWN = ("coordinator", "reviewer")  # of the department that brought the document in
OVERSEERS = ("supervisor", "leader")
READERS = (*OWN, *OVERSEERS)
NUMBER = "青政办发〔2026〕6号"


def statuses(
    *, editor: int, readers: int = REFUSED, others: int = REFUSED, anonymous: int = LOGIN
) -> dict[str, int]:
    """The coordinator edits, the readers of the region read, nobody else gets in."""
    found = dict.fromkeys(ROLES, others) | {"anonymous": anonymous}
    return {**found, **dict.fromkeys(READERS, readers), "coordinator": editor}


READ = statuses(editor=OK, readers=OK)
EDIT = statuses(editor=OK)
STEP = statuses(editor=DONE)
FORM = statuses(editor=INVALID)


def draft(world: World) -> PolicyDocument:
    """One document in review a world; several roles ask for it in turn."""
    found = PolicyDocument.objects.filter(state=DocumentState.REVIEWING).first()
    return found or in_review(world, accepts_duplicate=True)


def draft_of(world: World) -> dict[str, int]:
    return {"document_id": draft(world).pk}


def fresh_draft_of(world: World) -> dict[str, int]:
    document = in_review(world, accepts_duplicate=True)
    return {"document_id": document.pk}


def issued_of(world: World) -> dict[str, int]:
    found = PolicyDocument.objects.filter(state=DocumentState.ISSUED).first()
    return {"document_id": (found or issued(world)).pk}


def unreadable_of(world: World) -> dict[str, int]:
    document = draft(world)
    PolicyDocument.objects.filter(pk=document.pk).update(
        state=DocumentState.UNREADABLE, failure="看不清"
    )
    return {"document_id": document.pk}


def reading_of(world: World) -> dict[str, int]:
    document = in_review(world, accepts_duplicate=True)
    PolicyDocument.objects.filter(pk=document.pk).update(state=DocumentState.PARSING)
    return {"document_id": document.pk}


def scan_of(world: World) -> dict[str, int]:
    return {**draft_of(world), "page": 1}


def clause_of(world: World) -> dict[str, int]:
    document = draft(world)
    return {"document_id": document.pk, "clause_id": clause_called(document, "公开实习岗位").pk}


def fresh_clause_of(world: World) -> dict[str, int]:
    document = in_review(world, accepts_duplicate=True)
    return {"document_id": document.pk, "clause_id": clause_called(document, "公开实习岗位").pk}


def target_of(world: World) -> dict[str, int]:
    keys = fresh_clause_of(world)
    document = PolicyDocument.objects.get(pk=keys["document_id"])
    return {**keys, "target_id": clause_called(document, "公开实习岗位").targets.get().pk}


def goal_of(world: World) -> dict[str, int]:
    document = in_review(world, accepts_duplicate=True)
    clause = clause_called(document, "加强安全管理")
    return {
        "document_id": document.pk,
        "clause_id": clause.pk,
        "goal_id": clause.goals.get().pk,
    }


def doubt_of(world: World) -> dict[str, int]:
    document = draft(world)
    mark = Mark.objects.create(
        document=document,
        kind=MarkKind.DOUBT,
        cause="uncertain_character",
        printed="青",
        readings=["青"],
        start=0,
        end=1,
    )
    return {"document_id": document.pk, "mark_id": mark.pk}


def body_of(world: World) -> dict[str, int]:
    draft(world)
    return {"body_id": PolicyBody.objects.get(division=CITY, name="市财政局").pk}


def alias_of(world: World) -> dict[str, int]:
    keys = body_of(world)
    body = PolicyBody.objects.get(pk=keys["body_id"])
    alias, _ = body.names.get_or_create(name="市财政")
    return {**keys, "name_id": alias.pk}


def row(given: dict[str, int], kwargs: Any = None, *, method: str = "get", data: Any = None) -> Row:
    """A row; posts send what the form asks for."""
    return Row(
        statuses=given,
        kwargs=kwargs or (lambda world: {}),
        method=method,
        data=data or (lambda world: {}),
    )


def post(given: dict[str, int], kwargs: Any, **data: Any) -> Row:
    return row(given, kwargs, method="post", data=lambda world: dict(data))


def upload_data(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("plan.txt", PLAN.encode()), "division": CITY}


BODY_LINES = {
    "bodies-TOTAL_FORMS": "1",
    "bodies-INITIAL_FORMS": "0",
    "bodies-0-name": "市财政局",
    "bodies-0-role": "lead",
}
TARGET = {"title": "岗位", "comparator": ">=", "force": "target", "low": "5"}

DOCUMENTS: dict[str, Row] = {
    "policies:document_list": row(READ),
    "policies:document_upload": row(statuses(editor=DONE), method="post", data=upload_data),
    "policies:document_desk": row(READ, draft_of),
    "policies:document_page": row(statuses(editor=409, readers=409), scan_of),
    "policies:document_facts": row(EDIT, draft_of),
    "policies:document_issue": row(EDIT, draft_of),
    "policies:document_repeal": row(EDIT, issued_of),
    "policies:document_withdraw": row(EDIT, issued_of),
    "policies:document_amend": row(EDIT, issued_of),
    "policies:document_read_again": post(STEP, unreadable_of),
    "policies:document_cancel": post(STEP, reading_of),
}
REVIEW: dict[str, Row] = {
    "policies:review": row(READ, draft_of),
    "policies:review_clause": row(READ, clause_of),
    "policies:clause_add": row(EDIT, draft_of),
    "policies:confirm_clear": post(STEP, fresh_draft_of),
    "policies:doubt_settle": post(STEP, doubt_of, reading="青"),
    "policies:clause_confirm": post(STEP, fresh_clause_of),
    "policies:clause_reopen": post(STEP, clause_of),
    "policies:clause_correct": post(STEP, clause_of, heading="公开实习岗位"),
    "policies:clause_bodies": post(STEP, fresh_clause_of, **BODY_LINES),
    "policies:clause_merge": post(STEP, fresh_clause_of),
    "policies:clause_split": post(FORM, clause_of, offset="1"),
    "policies:clause_remove": post(STEP, fresh_clause_of, reason="不是任务"),
    "policies:target_add": post(STEP, clause_of, **TARGET),
    "policies:target_change": post(STEP, target_of, **TARGET),
    "policies:target_remove": post(STEP, target_of),
    "policies:goal_add": post(STEP, clause_of, title="建成制度"),
    "policies:goal_change": post(STEP, goal_of, title="建成制度"),
    "policies:goal_remove": post(STEP, goal_of),
}
BODIES: dict[str, Row] = {
    "policies:body_list": row(READ),
    "policies:body_detail": row(READ, body_of),
    "policies:body_correct": post(FORM, body_of),
    "policies:body_name_add": post(FORM, body_of),
    "policies:body_name_end": post(STEP, alias_of),
    "policies:body_hand_over": post(FORM, body_of),
}
DOCUMENT_ROWS: dict[str, Row] = {**DOCUMENTS, **REVIEW, **BODIES}
