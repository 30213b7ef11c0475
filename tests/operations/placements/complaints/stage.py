"""What the tests of complaints set up: who complains, and the offices above one another."""

from __future__ import annotations

from typing import Any

from silian.operations.placements.choices.complaints import (
    ComplaintCategory,
    ComplaintChannel,
)
from silian.operations.placements.commands.complaint_filing import Filed, Filing, file_complaint
from silian.operations.placements.models import Internship
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from tests.operations.placements import stage as placements
from tests.operations.placements.pay import stage as pay
from tests.world import CITY, World, make_member, make_organisation

NOW = placements.NOW
SECRET = "车间主任李某每晚要求加班到十点"
COUNTY = "990104"
PROVINCE = "990000"


def province_office(world: World) -> Organisation:
    return make_organisation(
        name="澜江省教育厅（演示）", kind=OrganisationKind.GOVERNMENT, division_id=PROVINCE
    )


def labour_office(world: World) -> Organisation:
    """The city's labour office, with somebody who handles complaints."""
    office = make_organisation(
        name="青澜市人力资源和社会保障局（演示）",
        kind=OrganisationKind.GOVERNMENT,
        division_id=CITY,
    )
    world.people["labour"] = make_member(
        username="labour", organisation=office, role=Role.REVIEWER, jurisdiction_id=CITY
    )
    return office


def filing(internship: Internship, **values: Any) -> Filing:
    facts: dict[str, Any] = {
        "categories": [ComplaintCategory.HOURS],
        "channel": ComplaintChannel.EDUCATION,
        "subjects": {internship.organisation_id},
        "division": internship.division_id,
        "school_id": internship.school_id,
        "internship_id": internship.pk,
        "text": SECRET,
    }
    return Filing(**{**facts, **values})


def filed(world: World, **values: Any) -> Filed:
    """A complaint of the world's student about the enterprise, at the education bureau."""
    internship = Internship.objects.filter(person__user=world.student.user).first()
    internship = internship or pay.intern(world)
    actor = values.pop("actor", world.student.actor)
    return file_complaint(actor=actor, filing=filing(internship, **values), now=NOW)
