"""What the register plugs into the frame and into the account page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.sources import SearchSource, register_source
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting, counted_together
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import (
    INSIDERS,
    VERIFIERS,
    may_confirm_roles,
    may_see_roles,
    organisations_supervised_by,
    proposals_visible_to,
    renamings_supervised_by,
)
from silian.registers.organisations.queries.identity import current_memberships
from silian.registers.organisations.queries.members import official_memberships
from silian.registers.organisations.queries.register import (
    due_moment,
    renaming_queue,
    verification_queue,
)
from silian.registers.organisations.queries.search_documents import (
    SUBJECT,
    documents_of,
    findable_ids,
    findable_total,
    visible_organisations,
)

SHOWN_TODOS = 20


def works_for_organisation(actor: Actor) -> bool:
    """Whether the actor acts for its organisation; students, teachers and experts do not."""
    return actor.organisation_id is not None and actor.has_role(*INSIDERS)


def verifies(actor: Actor) -> bool:
    return actor.has_role(*VERIFIERS)


def waiting_cases(actor: Actor) -> WorkWaiting:
    """The verifications that wait for the actor."""
    return [
        verification_queue(organisations_supervised_by(actor)),
        renaming_queue(renamings_supervised_by(actor)),
    ]


def waiting_proposals(actor: Actor) -> WorkWaiting:
    return proposals_visible_to(actor).filter(state="pending")


def identity_menu(actor: Actor) -> sockets.IdentityMenu | None:
    """The switch in the frame: one line an organisation, with all roles there."""
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        return None
    by_organisation: dict[int, list[Membership]] = {}
    for row in current_memberships(user=user, on=timezone.localdate()):
        by_organisation.setdefault(row.organisation_id, []).append(row)
    return sockets.IdentityMenu(
        url=reverse("organisations:switch"),
        field="organisation",
        identities=[
            sockets.Identity(
                value=str(organisation_id),
                organisation=rows[0].organisation.display_name,
                role="、".join(role_words(row) for row in rows),
                chosen=organisation_id == actor.organisation_id,
            )
            for organisation_id, rows in by_organisation.items()
        ],
    )


def role_words(row: Membership) -> str:
    giver = row.delegated_from
    return f"{row.get_role_display()}（代{giver.user.name}）" if giver else row.get_role_display()


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """What the register asks of the actor."""
    sources = (verification_todos, renaming_todos, own_todos, roles_to_do)
    return [todo for source in sources for todo in source(actor)]


def verification_todos(actor: Actor) -> list[sockets.Todo]:
    rows = verification_queue(organisations_supervised_by(actor))[:SHOWN_TODOS]
    return [
        sockets.Todo(
            title=f"核验单位：{row.name}",
            detail=f"{row.get_kind_display()}，{row.division.name}",
            url=reverse("organisations:verification", args=[row.pk]),
            action="核验",
            due_at=due_moment(row.verification_due_on),
            basis="平台承诺：5 个工作日内答复",
        )
        for row in rows
    ]


def renaming_todos(actor: Actor) -> list[sockets.Todo]:
    rows = renaming_queue(renamings_supervised_by(actor))[:SHOWN_TODOS]
    return [
        sockets.Todo(
            title=f"核验更名：{row.organisation.name}",
            detail=f"拟更名为 {row.new_name}",
            url=reverse("organisations:queue"),
            action="核验",
            due_at=due_moment(row.due_on),
            basis="平台承诺：5 个工作日内答复",
        )
        for row in rows
    ]


def own_todos(actor: Actor) -> list[sockets.Todo]:
    """One's own organisation, when it is not verified yet."""
    if not actor.has_role("manager") or actor.organisation_verified:
        return []
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    words = {
        OrganisationState.REGISTERED: ("上传材料并提交核验", "核验通过后才能发布和应答", "去上传"),
        OrganisationState.REJECTED: ("核验被退回，请补正", "原因：{reason}", "补正"),
    }
    found = words.get(OrganisationState(organisation.state)) if organisation else None
    if organisation is None or found is None:
        return []
    title, detail, action = found
    return [
        sockets.Todo(
            title=title,
            detail=detail.format(reason=organisation.rejection_reason),
            url=reverse("organisations:documents"),
            action=action,
        )
    ]


def roles_to_do(actor: Actor) -> list[sockets.Todo]:
    if not may_confirm_roles(actor):
        return []
    rows = proposals_visible_to(actor).filter(state="pending").exclude(user_id=actor.user_id or 0)
    return [
        sockets.Todo(
            title=f"复核角色变更：{row}",
            detail=row.reason,
            url=reverse("organisations:proposals"),
            action="复核",
        )
        for row in rows.select_related("user")[:SHOWN_TODOS]
    ]


def account_memberships(actor: Actor, subject: Any) -> sockets.Panel | None:
    """Somebody's roles, on the page of their account."""
    if not isinstance(subject, User):
        return None
    rows = Membership.objects.in_force(on=timezone.localdate()).filter(user=subject)
    return sockets.Panel(
        template="organisations/_account_memberships.html",
        context={
            "memberships": rows.select_related("organisation", "delegated_from__user"),
            "own": actor.user_id == subject.pk,
        },
    )


def join_link(actor: Actor, subject: Any) -> sockets.Panel | None:
    """The way from the login page to the registration of an organisation."""
    return sockets.Panel(template="organisations/_register_link.html", context={})


def figures(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Figure]:
    """What the register counts for who verifies, and for the three administrators."""
    return [*supervised_figures(actor), *role_figures(actor, now)]


def supervised_figures(actor: Actor) -> list[sockets.Figure]:
    if not verifies(actor):
        return []
    (waiting,) = counted_together([waiting_cases(actor)])
    verified = organisations_supervised_by(actor).filter(state=OrganisationState.VERIFIED).count()
    return [
        sockets.Figure(
            label="待核验单位",
            value=f"{waiting:,}",
            unit="家",
            note=f"辖区已核验 {verified:,} 家",
            url=reverse("organisations:queue"),
            source="单位名录",
        )
    ]


def role_figures(actor: Actor, now: datetime.datetime) -> list[sockets.Figure]:
    if not may_see_roles(actor):
        return []
    held = official_memberships(on=timezone.localdate(now)).count()
    (proposed,) = counted_together([waiting_proposals(actor)])
    return [
        sockets.Figure(
            label="政务角色",
            value=f"{held:,}",
            unit="人次",
            note="现任",
            url=reverse("organisations:roles"),
            source="政务角色名册",
        ),
        sockets.Figure(
            label="待复核角色变更",
            value=f"{proposed:,}",
            unit="项",
            note="系统管理员提出，安全管理员复核",
            url=reverse("organisations:proposals"),
            source="角色变更登记",
        ),
    ]


def public_figures(now: datetime.datetime) -> Sequence[sockets.Figure]:
    count = Organisation.objects.filter(state=OrganisationState.VERIFIED).count()
    return [
        sockets.Figure(
            label="已核验单位",
            value=f"{count:,}",
            unit="家",
            note="经属地主管部门核验",
            url=reverse("organisations:directory") + "?state=verified",
            source="单位名录",
        )
    ]


def plug_navigation() -> None:
    item = sockets.NavigationItem
    lines = [
        (210, item(section="单位", label="单位资料", url_name="organisations:profile",
                   icon="building", visible=works_for_organisation)),
        (220, item(section="单位", label="成员", url_name="organisations:member_list",
                   icon="people", visible=works_for_organisation)),
        (250, item(section="单位", label="我的身份", url_name="organisations:mine",
                   icon="person-badge", visible=lambda actor: actor.is_authenticated)),
        (410, item(section="监管", label="单位核验", url_name="organisations:queue",
                   icon="patch-check", visible=verifies, count=waiting_cases)),
        (420, item(section="监管", label="辖区单位", url_name="organisations:supervised",
                   icon="buildings", visible=verifies)),
        (880, item(section="系统管理", label="全部单位", url_name="organisations:directory",
                   icon="buildings", visible=may_see_roles)),
        (900, item(section="系统管理", label="政务角色", url_name="organisations:roles",
                   icon="shield-check", visible=may_see_roles, count=waiting_proposals)),
    ]  # fmt: skip
    for order, line in lines:
        sockets.navigation.plug(line, order=order)


plug_navigation()
sockets.identities.plug(identity_menu)
sockets.todos.plug(todos, order=50)
sockets.figures.plug(figures, order=8)
sockets.public_figures.plug(public_figures, order=20)
sockets.portal_links.plug(
    sockets.FrameLink(label="单位名录", url_name="organisations:directory"), order=40
)
sockets.account_links.plug(
    sockets.FrameLink(label="我的身份", url_name="organisations:mine", icon="person-badge"),
    order=20,
)
sockets.panels["account"].plug(account_memberships, order=10)
sockets.panels["account.login"].plug(join_link, order=20)
register_source(
    SearchSource(
        subject=SUBJECT,
        label="单位",
        documents_of=documents_of,
        ids=findable_ids,
        total=findable_total,
        visible_to=visible_organisations,
        order=20,
    )
)
