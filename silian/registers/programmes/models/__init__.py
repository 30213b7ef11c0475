"""Tables of programmes, plans, standards and classes, one file per aggregate."""

from silian.registers.programmes.models.classes import (
    ClassMember,
    Cohort,
    SchoolClass,
)
from silian.registers.programmes.models.participation import Participation, TaskModule
from silian.registers.programmes.models.pathways import EnrolmentPlan, Pathway
from silian.registers.programmes.models.plans import PlanAuthor, PlanCourse, TrainingPlan
from silian.registers.programmes.models.programmes import Construction, Programme
from silian.registers.programmes.models.rosters import RosterImport, RosterProblem
from silian.registers.programmes.models.standards import (
    JointWork,
    Standard,
    StandardAuthor,
    StandardVersion,
)

__all__ = [
    "ClassMember",
    "Cohort",
    "Construction",
    "EnrolmentPlan",
    "JointWork",
    "Participation",
    "Pathway",
    "PlanAuthor",
    "PlanCourse",
    "Programme",
    "RosterImport",
    "RosterProblem",
    "SchoolClass",
    "Standard",
    "StandardAuthor",
    "StandardVersion",
    "TaskModule",
    "TrainingPlan",
]
