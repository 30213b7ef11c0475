"""Tables of projects, school projects and approvals, one file per aggregate."""

from silian.governance.accreditation.models import (
    approvals,
    guide,
    project_imports,
    project_money,
    project_progress,
    projects,
    schools,
)

__all__ = [
    "approvals",
    "guide",
    "project_imports",
    "project_money",
    "project_progress",
    "projects",
    "schools",
]
