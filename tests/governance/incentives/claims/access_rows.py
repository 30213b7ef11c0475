"""Who gets what from the addresses of calls and claims."""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import AWARD
from silian.governance.incentives.models import CallStep, Claim, ClaimCall
from silian.registers.policies.models import Parameter
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.governance.incentives.claims import stage
from tests.world import ROLES, World

DONE = 302
CLERKS = ("reviewer", "coordinator")
OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
UNITS = ("enterprise", "rival", "school")


def call(world: World) -> dict[str, Any]:
    """A call that takes claims in spring 2026, as the tests of this module know it."""
    found = ClaimCall.objects.exclude(state="draft").first() or stage.opened_call(world)[0]
    return {"call_id": found.pk}


def step(world: World) -> dict[str, Any]:
    """A step of an issued call; only its department would reach a draft's."""
    given = call(world)
    held = CallStep.objects.filter(call_id=given["call_id"]).first()
    assert held is not None
    return {**given, "step_id": held.pk}


def left_out(world: World) -> dict[str, Any]:
    return {**call(world), "left_out_id": 0}


def claim(world: World) -> dict[str, Any]:
    found = Claim.objects.filter(organisation=world.enterprise.organisation).first()
    if found is None:
        stage.worked(world)
        found = stage.started(world, stage.opened_call(world)[0])
    return {"claim_id": found.pk}


def paper(world: World) -> dict[str, Any]:
    given = claim(world)
    row = Claim.objects.get(pk=given["claim_id"])
    if not row.papers.exists():
        row = stage.filled(world, row)
    held = row.papers.first()
    assert held is not None
    return {**given, "paper_id": held.pk}


def stated(world: World) -> dict[str, Any]:
    return {**claim(world), "item_id": 0}


def results(world: World) -> dict[str, Any]:
    """A claim for results, in a region that set an amount."""
    held = Claim.objects.filter(call__scheme=ClaimScheme.INNOVATION).first()
    if held is None:
        Parameter.objects.create(
            division_id="990100", code="P06", name=AWARD, title="奖补金额", value=50000, unit="元",
            force="mandatory", source="本地文件", place="第八条", valid_from=stage.FROM,
        )  # fmt: skip
        held = stage.started(world, stage.opened_call(world, scheme=ClaimScheme.INNOVATION)[0])
    return {"claim_id": held.pk}


def led(*, kwargs: Any = call, **given: Any) -> Row:
    """Only the leading department, which none of the cast is; others are refused."""
    statuses = dict.fromkeys(ROLES, REFUSED) | {"anonymous": LOGIN}
    return Row(statuses=statuses, kwargs=kwargs, **given)


def own(status: int = OK, *, kwargs: Any = claim, **given: Any) -> Row:
    """A draft is seen by its own unit alone."""
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN, "enterprise": status}
    return Row(statuses=statuses, kwargs=kwargs, **given)


CLAIM_ROWS: dict[str, Row] = {
    "incentives:call_list": public(),
    "incentives:call_detail": public(kwargs=call),
    "incentives:call_new": only(*CLERKS),
    "incentives:call_edit": led(),
    "incentives:call_steps": led(),
    "incentives:call_preview": led(),
    "incentives:call_step_new": led(),
    "incentives:call_step_edit": led(kwargs=step),
    "incentives:call_step_drop": led(kwargs=step),
    "incentives:call_step_up": led(kwargs=step, method="post"),
    "incentives:call_step_down": led(kwargs=step, method="post"),
    "incentives:call_step_leave": led(kwargs=left_out),
    "incentives:call_open": led(method="post"),
    "incentives:call_close": led(),
    "incentives:call_extend": led(),
    "incentives:claim_new": only(*UNITS, kwargs=call),
    "incentives:claim_list": only(*UNITS, *OVERSEERS),
    "incentives:claim_detail": own(),
    "incentives:claim_edit": own(),
    "incentives:claim_refresh": own(DONE, method="post"),
    "incentives:claim_withdraw": own(),
    "incentives:claim_paper_new": own(kwargs=lambda world: {**claim(world), "code": "agreement"}),
    "incentives:claim_papers_make": own(DONE, method="post"),
    "incentives:claim_paper_remove": own(DONE, method="post", kwargs=paper),
    "incentives:claim_result_new": own(kwargs=results),
    "incentives:claim_result_remove": own(HIDDEN, method="post", kwargs=stated),
}
