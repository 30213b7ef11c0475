"""The prohibitions of student internships as named rules (实习规范核对).

Basis: 《职业学校学生实习管理规定》（教职成〔2021〕4号）. Every rule stands under its number of the
requirements (IN-02 and so on) and takes its force, its article and its dates from the rulebook.
"""

from __future__ import annotations

from silian.operations.placements.rules.prohibitions.arrangement import ARRANGEMENT_RULES
from silian.operations.placements.rules.prohibitions.declaration import (
    SEVERITY_ORDER,
    Case,
    Finding,
    Rule,
)
from silian.operations.placements.rules.prohibitions.facts import (
    HostFacts,
    PostFacts,
    StayFacts,
    StudentFacts,
)
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.pay import PAY_RULES
from silian.operations.placements.rules.prohibitions.places import PLACE_RULES
from silian.operations.placements.rules.prohibitions.students import STUDENT_RULES
from silian.operations.placements.rules.prohibitions.working_time import WORKING_TIME_RULES

RULES: tuple[Rule, ...] = (
    *STUDENT_RULES,
    *PLACE_RULES,
    *WORKING_TIME_RULES,
    *PAY_RULES,
    *ARRANGEMENT_RULES,
)


def findings(
    *,
    student: StudentFacts | None,
    post: PostFacts | None,
    stay: StayFacts | None,
    host: HostFacts | None,
    limits: Limits,
) -> list[Finding]:
    """Everything that stands against the arrangement, what refuses it first (核对实习安排).

    A part that is None is not asked about: a post alone can be checked while it is typed.
    """
    case = Case(limits=limits, student=student, post=post, stay=stay, host=host)
    found = [finding for rule in RULES if (finding := rule.finding(case)) is not None]
    return sorted(found, key=lambda finding: SEVERITY_ORDER[finding.severity])
