"""Who gets what from every address of learning."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.files import files_of
from silian.operations.learning.models.awards import Award, AwardList, SkillObjection
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.competitions import Competition, Entrant, TrainingSession
from silian.operations.learning.models.promotions import Promotion, PromotionImport
from silian.operations.learning.models.returns import FundReturn
from tests.access import HIDDEN, OK, REFUSED, Row, only, public, signed_in
from tests.operations.learning import skill_stage, stage
from tests.world import World

DONE = 302
KEEPERS = ("reviewer", "coordinator")
OFFICIALS = (*KEEPERS, "supervisor", "leader")
ASKED = ("enterprise", "rival")


def call(world: World) -> dict[str, Any]:
    return {"call_id": (FundCall.objects.first() or stage.issued(world)).pk}


def template(world: World) -> dict[str, Any]:
    return {**call(world), "kind": "returns"}


def unit(world: World) -> dict[str, Any]:
    found = FundCall.objects.first() or stage.issued(world)
    return {"call_id": found.pk, "unit_id": 0}


def asked_unit(world: World) -> dict[str, Any]:
    found = FundCall.objects.first() or stage.issued(world)
    asked = found.units.first()
    return {"call_id": found.pk, "unit_id": asked.pk if asked else 0}


def row(world: World) -> dict[str, Any]:
    return {"return_id": (FundReturn.objects.first() or stage.submitted(world)).pk}


def demand(world: World) -> dict[str, Any]:
    found = CollectionNotice.objects.first() or stage.told(world, collector=world.reviewer)
    return {"collection_id": found.pk}


def draft(world: World) -> dict[str, Any]:
    return {"return_id": (FundReturn.objects.first() or stage.written(world)).pk}


def file(world: World) -> dict[str, Any]:
    found = FundReturn.objects.first() or stage.written(world)
    kept = files_of(found).first()
    return {"return_id": found.pk, "file_id": kept.pk if kept else 0}


def named(name: str) -> Any:
    return lambda world: {**row(world), "name": name}


def submit(world: World) -> dict[str, Any]:
    return {**draft(world), "name": "submit"}


def of_call(*, keepers: int, **given: Any) -> Row:
    """For those who manage a notice; those who see it are refused, to others it is not there."""
    found = only(*KEEPERS, status=keepers, otherwise=HIDDEN, **given)
    refused = dict.fromkeys(("supervisor", "leader", *ASKED), REFUSED)
    return Row(
        statuses={**found.statuses, **refused},
        kwargs=found.kwargs,
        method=found.method,
        data=found.data,
    )


def of_return(*, owner: int, keepers: int, others: int, **given: Any) -> Row:
    """For the enterprise, the authority, those who only read."""
    found = only("enterprise", status=owner, otherwise=HIDDEN, **given)
    told = {
        **dict.fromkeys(KEEPERS, keepers),
        **dict.fromkeys(("supervisor", "leader"), others),
    }
    return Row(
        statuses={**found.statuses, **told},
        kwargs=found.kwargs,
        method=found.method,
        data=found.data,
    )


def competition(world: World) -> dict[str, Any]:
    return {"competition_id": (Competition.objects.first() or skill_stage.published(world)).pk}


def contest_step(world: World) -> dict[str, Any]:
    return {**competition(world), "name": "publish"}


def contest_entrant(world: World) -> dict[str, Any]:
    found = competition(world)
    entrant = Entrant.objects.filter(competition_id=found["competition_id"]).first()
    return {**found, "entrant_id": entrant.pk if entrant else 0}


def session(world: World) -> dict[str, Any]:
    found = competition(world)
    made, _ = TrainingSession.objects.get_or_create(
        competition_id=found["competition_id"],
        title="集训",
        defaults={
            "base": stage.unit(world.school),
            "trainer": "周师傅",
            "starts_on": stage.TODAY,
            "ends_on": stage.TODAY,
            "hours": 8,
        },
    )
    return {**found, "session_id": made.pk}


def promotion(world: World) -> dict[str, Any]:
    skill_stage.office(world)
    return {"promotion_id": (Promotion.objects.first() or skill_stage.submitted(world)).pk}


def verdict(world: World) -> dict[str, Any]:
    return {**promotion(world), "name": "verify"}


def sheet(world: World) -> dict[str, Any]:
    made, _ = PromotionImport.objects.get_or_create(
        organisation=stage.unit(world.enterprise),
        name="表.csv",
        defaults={"rows": [], "read_at": stage.NOW, "read_by": world.enterprise.user},
    )
    return {"import_id": made.pk}


def shown_list(world: World) -> dict[str, Any]:
    return {"list_id": (AwardList.objects.first() or skill_stage.noticed(world)).pk}


def list_step(world: World) -> dict[str, Any]:
    return {**shown_list(world), "name": "approve"}


def award(world: World) -> dict[str, Any]:
    found = shown_list(world)
    row = Award.objects.filter(award_list_id=found["list_id"]).first()
    return {**found, "award_id": row.pk if row else 0}


def objection(world: World) -> dict[str, Any]:
    found = shown_list(world)
    made, _ = SkillObjection.objects.get_or_create(
        award_list_id=found["list_id"], about="第 1 行", text="核实", raised_at=stage.NOW
    )
    return {"objection_id": made.pk}


def setting(world: World) -> dict[str, Any]:
    skill_stage.office(world)
    return {"name": "promotion"}


def named_office(world: World) -> dict[str, Any]:
    skill_stage.office(world)
    return {}


def of_organiser(*, status: int = OK, **given: Any) -> Row:
    """For those who hold the competition; to everybody else the act is refused."""
    return only(*KEEPERS, status=status, **given)


def of_list(*, keepers: int = OK, readers: int = OK, **given: Any) -> Row:
    """For the office; supervisors and leaders read, to others a list is not there."""
    found = only(*KEEPERS, status=keepers, otherwise=HIDDEN, **given)
    readers_of = dict.fromkeys(("supervisor", "leader"), readers)
    return Row(
        statuses={**found.statuses, **readers_of},
        kwargs=found.kwargs,
        method=found.method,
        data=found.data,
    )


ACCESS: dict[str, Row] = {
    "learning:public_figures": public(),
    "learning:own": only(*ASKED),
    "learning:call_list": only(*OFFICIALS),
    "learning:call_new": only(*KEEPERS),
    "learning:call_detail": Row(
        statuses={
            **only(*OFFICIALS, otherwise=HIDDEN).statuses,
            **dict.fromkeys(ASKED, DONE),
        },
        kwargs=call,
    ),
    "learning:call_edit": of_call(keepers=OK, kwargs=call),
    "learning:call_units": of_call(keepers=OK, kwargs=call),
    "learning:call_units_import": of_call(keepers=OK, kwargs=call),
    "learning:call_unit_drop": of_call(keepers=HIDDEN, kwargs=unit, method="post"),
    "learning:call_issue": of_call(keepers=DONE, kwargs=call, method="post"),
    "learning:call_remind": of_call(keepers=DONE, kwargs=call, method="post"),
    "learning:return_begin": Row(
        statuses={
            **only(*OFFICIALS, status=REFUSED, otherwise=HIDDEN).statuses,
            **dict.fromkeys(ASKED, DONE),
        },
        kwargs=call,
        method="post",
    ),
    "learning:call_returns_import": of_call(keepers=OK, kwargs=call),
    "learning:sheet_template": of_call(keepers=OK, kwargs=template),
    "learning:return_list": only(*OFFICIALS),
    "learning:return_detail": of_return(owner=OK, keepers=OK, others=OK, kwargs=row),
    "learning:return_edit": only("enterprise", otherwise=HIDDEN, kwargs=draft),
    "learning:evidence_add": only("enterprise", otherwise=HIDDEN, kwargs=draft),
    "learning:evidence_drop": only(
        "enterprise", status=DONE, otherwise=HIDDEN, kwargs=file, method="post"
    ),
    "learning:return_amend": of_return(owner=OK, keepers=REFUSED, others=REFUSED, kwargs=row),
    "learning:return_step": only(
        "enterprise", status=DONE, otherwise=HIDDEN, kwargs=submit, method="post"
    ),
    "learning:return_decide": of_return(
        owner=REFUSED, keepers=OK, others=REFUSED, kwargs=named("confirm")
    ),
    "learning:return_order": of_return(owner=REFUSED, keepers=OK, others=REFUSED, kwargs=row),
    "learning:call_unit_order": of_call(keepers=OK, kwargs=asked_unit),
    "learning:return_collect": of_return(owner=REFUSED, keepers=OK, others=REFUSED, kwargs=row),
    "learning:collection_list": only(*OFFICIALS, *ASKED),
    "learning:collection_detail": of_return(owner=OK, keepers=OK, others=OK, kwargs=demand),
    "learning:collection_take": of_return(
        owner=REFUSED, keepers=DONE, others=REFUSED, kwargs=demand, method="post"
    ),
    "learning:collection_collect": of_return(
        owner=REFUSED, keepers=OK, others=REFUSED, kwargs=demand
    ),
    "learning:collection_return": of_return(
        owner=REFUSED, keepers=OK, others=REFUSED, kwargs=demand
    ),
    "learning:return_opinion": of_return(
        owner=REFUSED, keepers=REFUSED, others=REFUSED, kwargs=row
    ),
    "learning:competition_calendar": public(),
    "learning:competition_list": only(*KEEPERS, *ASKED),
    "learning:competition_new": only(*KEEPERS, *ASKED),
    "learning:competition_detail": public(kwargs=competition),
    "learning:competition_edit": of_organiser(kwargs=competition),
    "learning:competition_cancel": of_organiser(kwargs=competition),
    "learning:competition_object": signed_in(kwargs=competition),
    "learning:competition_enter": only(*ASKED, kwargs=competition),
    "learning:competition_enter_self": signed_in(status=DONE, kwargs=competition, method="post"),
    "learning:competition_scores": of_organiser(kwargs=competition),
    "learning:competition_step": of_organiser(status=DONE, kwargs=contest_step, method="post"),
    "learning:session_new": of_organiser(kwargs=competition),
    "learning:session_attendance": of_organiser(kwargs=session),
    "learning:entrant_withdraw": only(
        "enterprise", *KEEPERS, status=DONE, otherwise=HIDDEN, kwargs=contest_entrant, method="post"
    ),
    "learning:entrant_correct": of_organiser(kwargs=contest_entrant),
    "learning:promotion_list": only(*OFFICIALS, *ASKED, kwargs=named_office),
    "learning:promotion_new": only(*ASKED),
    "learning:my_skills": signed_in(),
    "learning:my_account": only(),
    "learning:promotion_import": only(*KEEPERS, *ASKED, kwargs=named_office),
    "learning:promotion_template": only(*KEEPERS, *ASKED, kwargs=named_office),
    "learning:promotion_import_preview": only("enterprise", otherwise=HIDDEN, kwargs=sheet),
    "learning:promotion_import_take": only(
        "enterprise", status=DONE, otherwise=HIDDEN, kwargs=sheet, method="post"
    ),
    "learning:promotion_detail": only("enterprise", *OFFICIALS, otherwise=HIDDEN, kwargs=promotion),
    "learning:promotion_correct": of_return(
        owner=OK, keepers=REFUSED, others=REFUSED, kwargs=promotion
    ),
    "learning:promotion_account": of_return(
        owner=OK, keepers=REFUSED, others=REFUSED, kwargs=promotion
    ),
    "learning:promotion_decide": of_return(
        owner=REFUSED, keepers=OK, others=REFUSED, kwargs=verdict
    ),
    "learning:award_list_list": only(*OFFICIALS, kwargs=named_office),
    "learning:award_list_new": only(*KEEPERS, kwargs=named_office),
    "learning:standards": only(*OFFICIALS, kwargs=named_office),
    "learning:standard_set": only(*KEEPERS, kwargs=setting),
    "learning:office_name": only("coordinator"),
    "learning:public_award_lists": public(),
    "learning:public_award_list": public(kwargs=shown_list),
    "learning:award_list_object": signed_in(kwargs=shown_list),
    "learning:award_list_detail": of_list(kwargs=shown_list),
    "learning:award_list_discard": of_list(readers=REFUSED, kwargs=shown_list),
    "learning:award_list_pay": of_list(readers=REFUSED, kwargs=shown_list),
    "learning:award_list_step": of_list(
        keepers=DONE, readers=REFUSED, kwargs=list_step, method="post"
    ),
    "learning:award_refuse": of_list(readers=REFUSED, kwargs=award),
    "learning:objection_answer": of_list(readers=HIDDEN, kwargs=objection),
}
