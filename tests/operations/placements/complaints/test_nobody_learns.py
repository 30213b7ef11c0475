"""Nobody complained about learns of a complaint: on no page, in no list, search, export, trail."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from silian.operations.placements.commands.complaint_handling import accept_complaint
from silian.operations.placements.models import Complaint
from tests.operations.placements.complaints import stage
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
MAY_READ = {"student", "reviewer", "coordinator"}


def placement_addresses(world: World, complaint: Complaint) -> list[str]:
    """Every address of placements that takes no argument, the complaint's own, and the frame's."""
    internship = complaint.origin.internship
    assert internship is not None
    known = {
        "internship_id": internship.pk,
        "complaint_id": complaint.pk,
        "host_id": internship.host_id,
        "post_id": internship.post_id,
        "plan_id": internship.plan_id,
    }
    found = ["/", reverse("placements:rights")]
    placements = dict(get_resolver().namespace_dict)["placements"][1]
    for name in {key for key in placements.reverse_dict if isinstance(key, str)}:
        for arguments in ({}, *({key: value} for key, value in known.items())):
            try:
                found.append(reverse(f"placements:{name}", kwargs=arguments))
            except NoReverseMatch:
                continue
    return [*sorted(set(found)), "/placements/pay/?export=csv", "/placements/rights/?export=csv"]


def told(body: str, complaint: Complaint) -> list[str]:
    """What in a page tells of the complaint or of what was said."""
    return [words for words in (complaint.number, stage.SECRET) if words in body]


def test_no_page_of_any_role_tells_of_a_complaint(world: World) -> None:
    complaint = stage.filed(world).complaint
    addresses = placement_addresses(world, complaint)
    assert len(addresses) > 30
    for role in ROLES:
        if role in MAY_READ:
            continue
        for address in addresses:
            response = world.people[role].client.get(address)
            if response.streaming or response.status_code >= 400:
                assert response.status_code in (200, 403, 404, 405)
                continue
            assert not told(response.content.decode(errors="ignore"), complaint), (role, address)


def test_the_complainants_name_stands_on_no_page_of_the_handler(world: World) -> None:
    complaint = stage.filed(world).complaint
    name = complaint.origin.person.name
    accept_complaint(complaint_id=complaint.pk, actor=world.reviewer.actor, now=stage.NOW)
    for role in ("reviewer", "coordinator"):
        client = world.people[role].client
        for address in (
            reverse("placements:complaint_list"),
            reverse("placements:complaint_detail", args=[complaint.pk]),
            f"{reverse('placements:complaint_list')}?export=csv",
            f"{reverse('placements:complaint_list')}?q={name}",
        ):
            response = client.get(address)
            assert response.status_code == 200
            parts = response.streaming_content if response.streaming else [response.content]
            body = b"".join(parts).decode()
            assert name not in body.replace(f'value="{name}"', "").replace(f"“{name}”", "")


def test_the_trail_tells_the_auditor_that_something_happened_but_not_who(world: World) -> None:
    complaint = stage.filed(world).complaint
    page = world.audit_admin.client.get(reverse("kernel:audit_list"))
    assert page.status_code == 200
    body = page.content.decode()
    assert complaint.number in body
    assert complaint.origin.person.name not in body
    assert stage.SECRET not in body


def test_the_host_has_no_todo_and_no_count_from_a_complaint(world: World) -> None:
    before = world.enterprise.client.get("/").content.count(b"sl-todo")
    stage.filed(world)
    assert world.enterprise.client.get("/").content.count(b"sl-todo") == before


def test_a_code_is_posted_and_opens_the_complaint_for_anybody_who_holds_it(world: World) -> None:
    filed = stage.filed(world, is_anonymous=True)
    client = world.anonymous.client
    address = reverse("placements:complaint_lookup")
    page = client.post(address, {"code": filed.code})
    assert filed.complaint.number in page.content.decode()
    wrong = client.post(address, {"code": "ABCD-EFGH-2345"})
    assert wrong.status_code == 422
    done = client.post(address, {"code": filed.code, "step": "withdraw"})
    assert "已撤回" in done.content.decode()
