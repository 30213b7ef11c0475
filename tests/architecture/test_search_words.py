"""Lists that read their search words themselves bear what no database row can hold."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.world import World

LISTS = [
    ("accounts:account_list", "security_admin"),
    ("people:person_list", "school"),
    ("placements:internship_list", "school"),
    ("placements:organisation_choices", "school"),
    ("policy_tasks:my_tasks", "coordinator"),
    ("policy_tasks:task_drafts", "coordinator"),
    ("policy_tasks:task_list", "coordinator"),
]


@pytest.mark.parametrize(("name", "role"), LISTS)
def test_a_list_bears_a_character_that_cannot_be_stored(name: str, role: str, world: World) -> None:
    response = world.people[role].client.get(reverse(name), {"q": "数控\x00车床"})
    assert response.status_code == 200
