"""The lines of incentives in the side menu stay few enough to read at a glance."""

from __future__ import annotations

from collections import Counter

import pytest

from silian.foundation.ui import sockets
from tests.world import World

pytestmark = pytest.mark.django_db
MOST = 8
SECTIONS = ("激励与惠企", "奖补申领", "拨款与收入", "金融支持")


@pytest.mark.parametrize(
    "role", ["coordinator", "reviewer", "supervisor", "leader", "enterprise", "school", "teacher"]
)
def test_no_heading_holds_more_than_eight_lines(world: World, role: str) -> None:
    actor = world.people[role].actor
    lines = Counter(item.section for item in sockets.navigation if item.visible(actor))
    shown = {section: lines[section] for section in SECTIONS if lines[section]}
    assert shown
    assert max(shown.values()) <= MOST


def test_claims_stand_under_one_heading(world: World) -> None:
    actor = world.coordinator.actor
    labels = [
        item.label
        for item in sockets.navigation
        if item.section == "奖补申领" and item.visible(actor)
    ]
    assert {"补贴申领", "申领通知", "补贴拨付", "补贴追回"} <= set(labels)
