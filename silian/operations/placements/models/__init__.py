"""Tables of placements, one file per aggregate."""

from silian.operations.placements.models.apprentice_breaks import ApprenticeBreak
from silian.operations.placements.models.apprenticeships import (
    Apprentice,
    ApprenticeExam,
    Apprenticeship,
    RotationStep,
    TrainingMonth,
    WageStep,
)
from silian.operations.placements.models.assessments import (
    Assessment,
    AssessmentItem,
    AssessmentScore,
)
from silian.operations.placements.models.bulk import (
    AgreementBatch,
    AgreementBatchItem,
    BulkImport,
    BulkImportProblem,
    ImportedPost,
    PlacementReminder,
)
from silian.operations.placements.models.care import Incident, Visit, VisitSetting
from silian.operations.placements.models.complaints import (
    Complaint,
    ComplaintOrigin,
    ComplaintStep,
    ComplaintSubject,
    ViolationCase,
)
from silian.operations.placements.models.consents import ConsentLink, InternshipConsent
from silian.operations.placements.models.files import (
    CreditGrant,
    InternshipCertificate,
    InternshipReport,
    PracticeSettings,
)
from silian.operations.placements.models.hosts import Host, HostInspection, PostCensus
from silian.operations.placements.models.insurance import (
    InsuranceClaim,
    InsurancePolicy,
    InsuranceProduct,
    InsuredIntern,
)
from silian.operations.placements.models.internships import (
    AcceptedWarning,
    Internship,
    Interruption,
    PostPeriod,
)
from silian.operations.placements.models.moves import PostMove
from silian.operations.placements.models.notes import WeeklyNote
from silian.operations.placements.models.orders import ClassOrder, OrderMember
from silian.operations.placements.models.pay import (
    PayAlarm,
    Payment,
    PayRecord,
    PaySheet,
    StudentAccount,
)
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.models.round_runs import (
    RoundObjection,
    RoundResult,
    RoundRun,
)
from silian.operations.placements.models.rounds import (
    HostRank,
    Round,
    RoundPost,
    RoundReserve,
    RoundStudent,
    Wish,
)
from silian.operations.placements.models.self_choices import SelfChoice
from silian.operations.placements.models.training import (
    SafetyCourse,
    SafetyQuestion,
    TrainingAttempt,
)

__all__ = [
    "AcceptedWarning",
    "AgreementBatch",
    "AgreementBatchItem",
    "Apprentice",
    "ApprenticeBreak",
    "ApprenticeExam",
    "Apprenticeship",
    "Assessment",
    "AssessmentItem",
    "AssessmentScore",
    "BulkImport",
    "BulkImportProblem",
    "ClassOrder",
    "Complaint",
    "ComplaintOrigin",
    "ComplaintStep",
    "ComplaintSubject",
    "ConsentLink",
    "CreditGrant",
    "Host",
    "HostAnswer",
    "HostInspection",
    "HostRank",
    "ImportedPost",
    "Incident",
    "InsuranceClaim",
    "InsurancePolicy",
    "InsuranceProduct",
    "InsuredIntern",
    "Internship",
    "InternshipCertificate",
    "InternshipConsent",
    "InternshipPlan",
    "InternshipPost",
    "InternshipReport",
    "Interruption",
    "OrderMember",
    "PayAlarm",
    "PayRecord",
    "PaySheet",
    "Payment",
    "PlacementReminder",
    "PostCensus",
    "PostMove",
    "PostPeriod",
    "PracticeSettings",
    "RotationStep",
    "Round",
    "RoundObjection",
    "RoundPost",
    "RoundReserve",
    "RoundResult",
    "RoundRun",
    "RoundStudent",
    "SafetyCourse",
    "SafetyQuestion",
    "SelfChoice",
    "StudentAccount",
    "TrainingAttempt",
    "TrainingMonth",
    "ViolationCase",
    "Visit",
    "VisitSetting",
    "WageStep",
    "WeeklyNote",
    "Wish",
]
