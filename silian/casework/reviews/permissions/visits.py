"""Who sees and does what on site visits."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Dossier, SiteVisit, Visitor
from silian.casework.reviews.permissions.campaigns import may_organise
from silian.casework.reviews.permissions.dossiers import (
    dossiers_of_applicant,
    dossiers_visible_to,
    is_applicant,
)
from silian.casework.reviews.permissions.judging import dossiers_run_by
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile


def visits_of_visitor(actor: Actor) -> QuerySet[SiteVisit]:
    """The visits on which the actor goes."""
    going = Visitor.objects.filter(user_id=actor.user_id or 0)
    return SiteVisit.objects.filter(pk__in=going.values("visit_id"))


def visits_visible_to(actor: Actor) -> QuerySet[SiteVisit]:
    """Visitors and organisers; the applicant its own; later judges those of their dossiers."""
    seen = (
        Q(pk__in=visits_of_visitor(actor).values("pk"))
        | Q(dossier__in=dossiers_run_by(actor).values("pk"))
        | Q(dossier__in=dossiers_of_applicant(actor).values("pk"))
        | Q(dossier__in=dossiers_visible_to(actor).values("pk"))
    )
    return SiteVisit.objects.filter(seen)


def is_visitor(actor: Actor, visit: SiteVisit) -> bool:
    return visits_of_visitor(actor).filter(pk=visit.pk).exists()


def may_plan_visits(actor: Actor, dossier: Dossier) -> bool:
    return may_organise(actor, dossier.campaign)


def reads_findings(actor: Actor, visit: SiteVisit) -> bool:
    """Whether the findings are shown: to the applicant once everybody has signed."""
    if is_visitor(actor, visit) or visit.state == "done":
        return True
    return not is_applicant(actor, visit.dossier)


def require_visitor(actor: Actor, visit: SiteVisit) -> None:
    if not is_visitor(actor, visit):
        raise NotAllowed("核查情况由参加核查的人员填写和签字。")


def may_read_visit_photo(actor: Actor, file: StoredFile) -> bool:
    """Photos go with the findings."""
    visit = visits_visible_to(actor).filter(pk=file.object_id).select_related("dossier").first()
    return visit is not None and reads_findings(actor, visit)


register_file_readers("reviews.sitevisit", may_read_visit_photo)
register_action_labels(
    {
        "reviews.visit.chosen": "确定实地核查对象",
        "reviews.visit.planned": "安排实地核查",
        "reviews.visit.reported": "填写核查情况",
        "reviews.visit.signed": "签字确认核查情况",
        "reviews.visit.done": "完成实地核查",
        "reviews.visit.cancelled": "取消实地核查",
        "reviews.visit.spared": "未列入实地核查",
        "reviews.visit.remarked": "申报单位说明",
    }
)
