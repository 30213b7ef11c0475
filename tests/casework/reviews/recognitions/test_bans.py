"""Five years after a removal nobody of the subject applies; one function says so everywhere."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.commands.dossiers import refuse_unless_open
from silian.casework.reviews.models import Ban, Campaign
from silian.casework.reviews.queries.bans import ban_of
from silian.casework.reviews.queries.campaigns import reason_against
from silian.foundation.kernel.errors import DomainError
from tests.casework.reviews import stage
from tests.casework.reviews import stage_recognitions as given
from tests.casework.reviews.recognitions.test_removals import removed
from tests.world import World

DAY = datetime.timedelta(days=1)


def banned(world: World) -> tuple[Ban, Campaign]:
    """The enterprise after its removal, and a call of the same scheme that is always open."""
    row = given.certified(world)
    removed(world, row)
    ban = Ban.objects.get()
    campaign = stage.open_campaign(
        world,
        version=row.dossier.campaign.version,
        number=2,
        opens_on=ban.starts_on - 30 * DAY,
        closes_on=ban.ends_on + 30 * DAY,
    )
    return ban, campaign


def is_kept_out(world: World, campaign: Campaign, *, on: datetime.date) -> list[bool]:
    """What the register of bans, the list of calls, and the start of an application say."""
    applicant = world.enterprise.organisation
    known = ban_of(organisation_id=applicant.pk, scheme=campaign.version.scheme, on=on) is not None
    listed = reason_against(campaign, applicant, on=on) is not None
    try:
        refuse_unless_open(campaign, applicant=applicant, on=on)
    except DomainError:
        return [known, listed, True]
    return [known, listed, False]


@pytest.mark.parametrize(
    ("from_start", "from_end", "kept_out"),
    [(-1, None, False), (0, None, True), (None, -1, True), (None, 0, False)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_the_five_years_begin_and_end_on_the_same_days_everywhere(
    world: World, from_start: int | None, from_end: int | None, kept_out: bool
) -> None:
    ban, campaign = banned(world)
    assert ban.ends_on.year - ban.starts_on.year == 5
    assert ban.starts_on == timezone.localdate()
    day = (
        ban.ends_on + DAY * from_end
        if from_end is not None
        else ban.starts_on + DAY * (from_start or 0)
    )
    assert is_kept_out(world, campaign, on=day) == [kept_out] * 3


def test_a_ban_holds_for_the_same_programme_of_another_department(world: World) -> None:
    ban, campaign = banned(world)
    scheme = campaign.version.scheme
    scheme.pk, scheme.owner = None, world.leader.organisation
    scheme.division_id = world.leader.organisation.division_id[:2] + "0000"
    scheme.save()
    found = ban_of(
        organisation_id=world.enterprise.organisation.pk, scheme=scheme, on=ban.starts_on
    )
    assert found == ban


def test_another_programme_and_another_unit_are_free(world: World) -> None:
    ban, campaign = banned(world)
    own, other = world.enterprise.organisation.pk, world.rival.organisation.pk
    assert ban_of(organisation_id=own, scheme="another-scheme", on=ban.starts_on) is None
    scheme = campaign.version.scheme
    assert ban_of(organisation_id=other, scheme=scheme, on=ban.starts_on) is None


def test_the_page_of_the_recognition_says_until_when(world: World) -> None:
    ban, _ = banned(world)
    page = world.enterprise.client.get(ban.act.recognition.get_absolute_url())
    assert f"{ban.ends_on:%Y-%m-%d} 以前不得再次申报" in page.content.decode()
