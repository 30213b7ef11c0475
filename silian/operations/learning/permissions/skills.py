"""Who holds competitions, enters workers, keeps the register of promotions and makes lists."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.reference.jurisdictions import widening
from silian.operations.learning.choices import PUBLIC_COMPETITIONS
from silian.operations.learning.models.awards import Award, AwardList
from silian.operations.learning.models.competitions import Competition, Entrant
from silian.operations.learning.models.promotions import Promotion, PromotionImport, SkillOffice
from silian.operations.learning.permissions.fund import coordinates, keeps, oversees, reports


def within(actor: Actor, *, path: str = "division") -> Q:
    return Q(**{f"{path}__code__startswith": subtree_prefix(actor.jurisdiction)})


def organises(actor: Actor) -> bool:
    """Whether the actor may hold competitions: an office, the union, an enterprise (主办)."""
    return keeps(actor) or reports(actor)


def require_organiser(actor: Actor) -> None:
    if not organises(actor):
        raise NotAllowed("竞赛由部门、工会或已核验企业的办理人员主办。")


def competitions_visible_to(actor: Actor) -> QuerySet[Competition]:
    """What is out, and drafts of one's own unit or region (技能竞赛)."""
    seen = Q(state__in=PUBLIC_COMPETITIONS)
    if organises(actor):
        seen |= Q(organiser_id=actor.organisation_id)
    if coordinates(actor):
        seen |= within(actor)
    return Competition.objects.filter(seen)


def may_manage(actor: Actor, row: Competition) -> bool:
    """Whether the actor holds the competition: its organiser, or the region's coordinator."""
    if not organises(actor):
        return False
    if row.organiser_id == actor.organisation_id:
        return True
    return coordinates(actor) and actor.covers(row.division_id)


def require_manager(actor: Actor, row: Competition) -> None:
    if not may_manage(actor, row):
        raise NotAllowed(f"这项竞赛由主办单位“{row.organiser}”或本地区统筹人员办理。")


def entrants_visible_to(actor: Actor, row: Competition) -> QuerySet[Entrant]:
    """All for who holds it, their own workers for a firm, oneself for a person (参赛人员)."""
    rows = row.entrants.filter(withdrawn_at__isnull=True)
    if may_manage(actor, row):
        return rows
    mine = Q(person__user_id=actor.user_id, person__user__isnull=False)
    if reports(actor):
        mine |= Q(employer_id=actor.organisation_id)
    return rows.filter(mine)


def all_entrants_visible_to(actor: Actor) -> QuerySet[Entrant]:
    """Entrants of every competition that one holds, works in or sent workers to (参赛人员)."""
    seen = Q(person__user_id=actor.user_id, person__user__isnull=False)
    if organises(actor):
        seen |= Q(competition__organiser_id=actor.organisation_id)
    if coordinates(actor):
        seen |= within(actor, path="competition__division")
    if reports(actor):
        seen |= Q(employer_id=actor.organisation_id)
    return Entrant.objects.filter(seen, withdrawn_at__isnull=True)


def office_in(division: str) -> SkillOffice | None:
    """The named office of a region or of the nearest region above it (技能管理部门)."""
    places = [place for place in widening(division) if place]
    rows = {row.division_id: row for row in SkillOffice.objects.filter(division_id__in=places)}
    return next((rows[place] for place in places if place in rows), None)


def in_charge(actor: Actor, division: str) -> bool:
    """Whether the actor verifies and awards there: the named office, or the coordinator."""
    if not (keeps(actor) and actor.covers(division)):
        return False
    if coordinates(actor):
        return True
    office = office_in(division)
    return office is not None and office.organisation_id == actor.organisation_id


def require_charge(actor: Actor, division: str) -> None:
    if not in_charge(actor, division):
        raise NotAllowed(
            "技能等级提升的核验和奖补由本地区技能管理部门或统筹人员办理；部门由统筹人员指定。"
        )


def reads_promotions(actor: Actor) -> bool:
    """Whether the register of a region is read at all (登记册)."""
    return oversees(actor) or coordinates(actor) or is_office(actor)


def is_office(actor: Actor) -> bool:
    rows = SkillOffice.objects.filter(organisation_id=actor.organisation_id or 0)
    return keeps(actor) and rows.exists()


def may_see_promotions(actor: Actor) -> bool:
    return reports(actor) or reads_promotions(actor)


def require_reader(actor: Actor) -> None:
    if not may_see_promotions(actor):
        raise NotAllowed("技能等级提升登记由企业和技能管理部门办理。您本人的登记在“我的技能”里。")


def require_register_reader(actor: Actor) -> None:
    if not reads_promotions(actor):
        raise NotAllowed("奖补名单由技能管理部门和统筹人员办理。已公示的名单在公开页面。")


def promotions_visible_to(actor: Actor) -> QuerySet[Promotion]:
    """One's own, one's workers', and for the office those of the region (技能等级提升登记)."""
    if not actor.is_authenticated:
        return Promotion.objects.none()
    seen = Q(person__user_id=actor.user_id)
    if reports(actor):
        seen |= Q(employer_id=actor.organisation_id)
    if reads_promotions(actor):
        seen |= within(actor)
    return Promotion.objects.filter(seen)


def enters(actor: Actor, division: str) -> bool:
    return reports(actor) or in_charge(actor, division)


def imports_visible_to(actor: Actor) -> QuerySet[PromotionImport]:
    own = PromotionImport.objects.filter(organisation_id=actor.organisation_id or 0)
    return own.filter(read_by_id=actor.user_id or 0)


def lists_visible_to(actor: Actor) -> QuerySet[AwardList]:
    """Lists of the region for the office, coordinators, supervisors and leaders (奖补名单)."""
    if not reads_promotions(actor):
        return AwardList.objects.none()
    return AwardList.objects.filter(within(actor))


def awards_visible_to(actor: Actor) -> QuerySet[Award]:
    """Awards of readable lists, and one's own once the list was shown (奖补)."""
    if not actor.is_authenticated:
        return Award.objects.none()
    mine = Q(person__user_id=actor.user_id)
    if reads_promotions(actor):
        mine |= within(actor, path="award_list__division")
    return Award.objects.filter(mine)


def may_name_office(actor: Actor) -> bool:
    return coordinates(actor)


def require_office_namer(actor: Actor) -> None:
    if not may_name_office(actor):
        raise NotAllowed("技能管理部门由本地区统筹人员指定。")
