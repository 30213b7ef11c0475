"""Pages of restrictions: notice, reply, decision, appeal."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, given, page_words
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.rewards import (
    OPEN_RESTRICTIONS,
    RestrictionMeasure,
    RestrictionState,
)
from silian.governance.incentives.commands import restrictions as commands
from silian.governance.incentives.forms.rewards import (
    AppealForm,
    DropForm,
    ImposeForm,
    RestrictionForm,
    SettleForm,
    WordsForm,
)
from silian.governance.incentives.gateways.reward_rules import restrictions_of
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.permissions.rewards import (
    answers_for_unit,
    decides_rewards,
    oversees_rewards,
    proposes_rewards,
    reads_own_rewards,
    require_answerer,
    require_decider,
    require_proposer,
    restrictions_visible_to,
    results_visible_to,
)
from silian.governance.incentives.queries.rewards import adverse_results

REGISTER = ("约束事项", "incentives:restrictions")
FOLDER = "incentives/rewards"
SHOWN = 20


@require_safe
def restriction_list(request: Request) -> HttpResponseBase:
    """Restrictions of a region or of one's own unit, and results on which one could rest."""
    actor = request.actor
    if not (oversees_rewards(actor) or reads_own_rewards(actor)):
        raise NotAllowed("约束事项由主管部门和当事单位查看。")
    bar = FilterBar(
        request=request,
        placeholder="单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=RestrictionState.choices),
            facet(
                request=request, name="measure", label="事项", choices=RestrictionMeasure.choices
            ),
        ],
    )
    table = restriction_table(request, bar)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "proposes": proposes_rewards(actor)}
    if proposes_rewards(actor) and not request.htmx:
        context["adverse"] = adverse_results(actor)[:SHOWN]
    template = f"{FOLDER}/_listed.html" if request.htmx else f"{FOLDER}/restrictions.html"
    return render(request, template, context)


def restriction_table(request: Request, bar: FilterBar) -> Table:
    rows = restrictions_visible_to(request.actor).select_related("organisation")
    for name in ("state", "measure"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if bar.text:
        rows = rows.filter(organisation__name__icontains=bar.text.replace("\x00", "")[:60])
    return Table(
        request=request,
        name="restrictions",
        rows=rows,
        caption="约束事项",
        columns=[
            Column("organisation", "单位", lambda row: row.organisation.display_name, main=True),
            Column("measure", "事项", lambda row: row.get_measure_display(), sort="measure"),
            Column("basis", "依据", lambda row: f"{row.document} {row.clause}"),
            Column("reply_by", "陈述期限", sort="reply_by"),
            Column("ends_on", "约束止", sort="ends_on"),
            Column("state", "状态", template=f"{FOLDER}/_cell_state.html", sort="state"),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "没有约束事项",
            "why": "不利结果有强制性依据的，先告知、听取陈述再决定。",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def restriction_new(request: Request, result_id: int) -> HttpResponse:
    """Tell a unit of a restriction that rests on a result (告知拟约束)."""
    actor, today = request.actor, timezone.localdate()
    result = get_object_or_404(results_visible_to(actor), pk=result_id)
    require_proposer(actor, division=result.division_id)
    rules = [
        (row.code, f"{row.title}（{row.document}{row.clause}）")
        for row in restrictions_of(actor.jurisdiction, on=today).values()
    ]
    start = {"facts": result.words, "reply_by": today + datetime.timedelta(days=10)}
    return answer_form(
        request,
        form=RestrictionForm(request.POST or None, rules=rules, initial=start),
        page=page_words(
            "告知拟约束", "告知", back=REGISTER[1], register=REGISTER, lead=str(result),
            help="incentives/restriction_new",
        ),
        send=lambda said: commands.notice_restriction(
            notice=commands.RestrictionNotice(result_id=result.pk, **said),
            actor=actor,
            now=timezone.now(),
        ),
        done="已告知，对方会收到通知。",
    )  # fmt: skip


def visible_restriction(request: Request, restriction_id: int) -> Restriction:
    rows = restrictions_visible_to(request.actor).select_related(
        "organisation", "office", "result", "proposed_by", "decided_by", "answered_by"
    )
    return get_object_or_404(rows, pk=restriction_id)


@require_safe
def restriction_detail(request: Request, restriction_id: int) -> HttpResponse:
    """One restriction with basis, words of both sides, term and what comes next."""
    row, actor = visible_restriction(request, restriction_id), request.actor
    today = timezone.localdate()
    own = answers_for_unit(actor) and actor.organisation_id == row.organisation_id
    decides = decides_rewards(actor) and actor.covers(row.division_id)
    heard = row.state == RestrictionState.REPLIED or row.reply_by < today
    part = actor.user_id in (row.proposed_by_id, row.decided_by_id)
    context = {
        "row": row,
        "files": files_of(row),
        "entries": [entry_of(act) for act in history_of(row)],
        "replies": own and row.state == RestrictionState.NOTICED and row.reply_by >= today,
        "appeals": own
        and row.state == RestrictionState.IMPOSED
        and (row.appeal_by is None or row.appeal_by >= today),
        "decides": decides
        and row.state in OPEN_RESTRICTIONS
        and heard
        and row.proposed_by_id != actor.user_id,
        "settles": decides and row.state == RestrictionState.APPEALED and not part,
    }
    return render(request, f"{FOLDER}/restriction.html", context)


STEPS: dict[str, tuple[str, Any, Any, str]] = {
    "reply": ("陈述意见", WordsForm, commands.reply_to_restriction, "已提交陈述。"),
    "impose": ("决定约束", ImposeForm, commands.impose_restriction, "已决定，对方会收到通知。"),
    "drop": ("不予约束", DropForm, commands.drop_restriction, "已决定不予约束。"),
    "appeal": ("申诉", AppealForm, commands.appeal_restriction, "已提交申诉。"),
    "settle": ("处理申诉", SettleForm, commands.settle_appeal, "已处理，对方会收到通知。"),
}
OF_UNIT = frozenset({"reply", "appeal"})


@require_http_methods(["GET", "HEAD", "POST"])
def restriction_step(request: Request, restriction_id: int, name: str) -> HttpResponse:
    """Reply, decide, drop, appeal or settle (办理约束事项)."""
    row = visible_restriction(request, restriction_id)
    if name in OF_UNIT:
        require_answerer(request.actor, row)
    else:
        require_decider(request.actor, division=row.division_id)
    title, form_of, work, done = STEPS[name]
    return answer_form(
        request,
        form=form_of(*given(request)),
        page=page_words(title, "提交", back=row, register=REGISTER, lead=str(row)),
        send=lambda said: work(
            restriction_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done=done,
        then=row,
    )
