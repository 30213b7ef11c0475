"""Who makes a demonstration listing of which kind."""

from __future__ import annotations

from silian.operations.exchange.demo import details, joint_details
from silian.operations.exchange.demo.details import Maker

MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        details.internship,
        details.job,
        details.apprenticeship,
        details.order_class,
        details.graduate_cohort,
        details.technical_problem,
        details.course_package,
        details.equipment_hours,
        details.training_places,
        details.teacher_mentor,
        details.research_result,
        details.technical_service,
        joint_details.cooperation,
        joint_details.demonstration_project,
        joint_details.integration_service,
        joint_details.finance_product,
        joint_details.venue,
    )
}
