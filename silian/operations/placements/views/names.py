"""How a student's name is shown: whole to those who work with the student, masked to others."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.models.internships import Internship
from silian.registers.people.queries import name_mask


def shown_name(actor: Actor, internship: Internship) -> str:
    """The name for school and host; family name and stars for anybody else (脱敏姓名)."""
    person = internship.person
    own = actor.user_id is not None and actor.user_id == person.user_id
    sides = (internship.school_id, internship.organisation_id)
    if own or actor.organisation_id in sides or actor.is_system:
        return person.name
    return name_mask(person.name).replace("*", "＊")
