"""Tables of programmes, plans and classes, one file per aggregate."""

from silian.registers.programmes.models.classes import (
    ClassMember,
    Cohort,
    SchoolClass,
)
from silian.registers.programmes.models.programmes import Programme

__all__ = ["ClassMember", "Cohort", "Programme", "SchoolClass"]
