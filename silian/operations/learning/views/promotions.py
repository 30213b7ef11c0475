"""Pages of the register of promotions: list, entry, one entry, check, correction, account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.choices import CertificateLevel, PromotionState
from silian.operations.learning.commands.promotions import (
    correct_promotion,
    enter_promotion,
    give_account,
    refuse_promotion,
    verify_promotion,
)
from silian.operations.learning.forms.promotions import (
    AccountForm,
    PromotionCorrectionForm,
    PromotionForm,
    PromotionRefusalForm,
    VerifyForm,
)
from silian.operations.learning.models.promotions import Promotion
from silian.operations.learning.permissions.fund import reports, require_reporter
from silian.operations.learning.permissions.skills import (
    in_charge,
    promotions_visible_to,
    require_charge,
    require_reader,
)
from silian.operations.learning.queries.awards import awards_for, own_awards, past_of
from silian.operations.learning.queries.competitions import own_entries
from silian.operations.learning.queries.promotions import (
    account_of,
    level_counts,
    own_promotions,
    promotions_for_list,
    stated_versions,
)
from silian.operations.learning.queries.workers import workers_of
from silian.operations.learning.views.words import MINE, PROMOTIONS, typed
from silian.registers.people.queries import person_of

Decision = tuple[type[Any], Callable[..., Promotion], str, str]
DECISIONS: dict[str, Decision] = {
    "verify": (VerifyForm, verify_promotion, "核验通过", "已核验，可列入奖补名单。"),
    "refuse": (PromotionRefusalForm, refuse_promotion, "不予通过", "已写明理由，登记企业会收到。"),
}


@require_safe
def promotion_list(request: Request) -> HttpResponseBase:
    """The register: a firm's own, for officials the region's (技能等级提升登记)."""
    actor = request.actor
    require_reader(actor)
    bar = FilterBar(
        request=request,
        placeholder="姓名、证书编号、企业",
        facets=[
            facet(request=request, name="state", label="状态", choices=PromotionState.choices),
            facet(request=request, name="after", label="等级", choices=CertificateLevel.choices),
        ],
    )
    rows = chosen(request, promotions_for_list(actor))
    table = promotions_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "levels": level_counts(promotions_visible_to(actor)),
        "enters": reports(actor),
        "imports": reports(actor) or in_charge(actor, actor.jurisdiction),
    }
    page = "_promotions" if request.htmx else "promotions"
    return render(request, f"learning/{page}.html", context)


def chosen(request: Request, rows: QuerySet[Promotion]) -> QuerySet[Promotion]:
    for name in ("state", "after"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := typed(request.GET.get("q", "").strip()):
        words = Q(person__name__icontains=text) | Q(certificate__istartswith=text)
        rows = rows.filter(words | Q(employer__name__icontains=text))
    return rows


def promotions_table(request: Request, rows: QuerySet[Promotion]) -> Table:
    return Table(
        request=request,
        name="promotions",
        rows=rows,
        caption="技能等级提升登记",
        columns=[
            Column("person", "姓名", lambda row: row.person.name, main=True),
            Column("employer", "所在单位", lambda row: row.employer.display_name),
            Column("occupation", "职业", lambda row: row.occupation.name),
            Column("before", "提升前", lambda row: row.get_before_display() or "无等级"),
            Column("after", "提升后", lambda row: row.get_after_display(), sort="after"),
            Column("certificate", "证书编号", optional=True),
            Column("issued_on", "发证日期", sort="issued_on"),
            Column("state", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有登记", "why": "职工培训后取得更高等级证书的，由所在企业登记。"},
    )


def visible_promotion(request: Request, promotion_id: int) -> Promotion:
    return get_object_or_404(promotions_for_list(request.actor), pk=promotion_id)


@require_safe
def promotion_detail(request: Request, promotion_id: int) -> HttpResponse:
    """One entry: the certificate, its check, versions, awards (登记详情)."""
    row, actor = visible_promotion(request, promotion_id), request.actor
    waits = row.state == PromotionState.SUBMITTED
    owns = reports(actor) and row.employer_id == actor.organisation_id
    context = {
        "row": row,
        "versions": stated_versions(row),
        "awards": awards_for(row),
        "account": account_of(row.person),
        "owns": owns,
        "checks": waits
        and in_charge(actor, row.division_id)
        and row.entered_by_id != actor.user_id,
        "entered_it": waits and row.entered_by_id == actor.user_id,
        "past": past_of(row),
    }
    return render(request, "learning/promotion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def promotion_new(request: Request) -> HttpResponse:
    """Enter a worker's promotion (登记等级提升)."""
    actor, today = request.actor, timezone.localdate()
    require_reporter(actor)
    workers = workers_of(organisation_id=actor.organisation_id or 0, on=today)
    form = PromotionForm(request.POST or None, workers=workers)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "登记技能等级提升",
            "提交核验",
            back=PROMOTIONS[1],
            register=PROMOTIONS,
            help="learning/promotion_new",
        ),
        send=lambda said: enter_promotion(
            person_id=said["person"].pk,
            facts=form.facts(),
            actor=actor,
            now=timezone.now(),
            today=today,
        ),
        done="已提交，等待技能管理部门核验。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promotion_decide(request: Request, promotion_id: int, name: str) -> HttpResponse:
    """Verify or refuse (核验)."""
    row, actor = visible_promotion(request, promotion_id), request.actor
    require_charge(actor, row.division_id)
    shape, command, title, done = DECISIONS[name]
    form = shape(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(title, title, back=row, register=PROMOTIONS, lead=str(row)),
        send=lambda said: command(promotion_id=row.pk, actor=actor, now=timezone.now(), **said),
        done=done,
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promotion_correct(request: Request, promotion_id: int) -> HttpResponse:
    """State an entry anew (更正登记)."""
    row, actor = visible_promotion(request, promotion_id), request.actor
    if not (reports(actor) and row.employer_id == actor.organisation_id):
        raise NotAllowed("登记由登记企业的管理员或经办人更正。")
    start = PromotionCorrectionForm.initial_from(row)
    form = PromotionCorrectionForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("更正登记", "提交更正", back=row, register=PROMOTIONS, lead=str(row)),
        send=lambda said: correct_promotion(
            promotion_id=row.pk,
            facts=form.facts(),
            reason=said["reason"],
            actor=actor,
            now=timezone.now(),
            today=timezone.localdate(),
        ),
        done="已更正，等待重新核验。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promotion_account(request: Request, promotion_id: int) -> HttpResponse:
    """The account of the person of an entry, by the employer (收款账户)."""
    row, actor = visible_promotion(request, promotion_id), request.actor
    if not (reports(actor) and row.employer_id == actor.organisation_id):
        raise NotAllowed("收款账户由本人或登记企业填写。")
    form = AccountForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("收款账户", "保存", back=row, register=PROMOTIONS, lead=row.person.name),
        send=lambda said: give_account(
            person_id=row.person_id, actor=actor, now=timezone.now(), **said
        ),
        done="已保存，页面上只显示末四位。",
        then=row,
    )


@require_safe
def my_skills(request: Request) -> HttpResponse:
    """One's own competitions, levels, awards and account (我的技能)."""
    person = person_of(request.actor)
    context: dict[str, Any] = {"person": person}
    if person is not None:
        context |= {
            "entries": own_entries(person),
            "promotions": own_promotions(person),
            "awards": own_awards(person),
            "account": account_of(person),
        }
    return render(request, "learning/my_skills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: Request) -> HttpResponse:
    """One's own account for awards (本人收款账户)."""
    actor = request.actor
    person = person_of(actor)
    if person is None:
        raise NotAllowed("您的账号还没有个人登记，请由所在单位先登记人员。")
    form = AccountForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("收款账户", "保存", back=MINE[1], register=MINE, lead=person.name),
        send=lambda said: give_account(
            person_id=person.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已保存，页面上只显示末四位。",
        then=MINE[1],
    )
