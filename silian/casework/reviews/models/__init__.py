"""Tables of reviews, a file per aggregate."""

from silian.casework.reviews.models.campaigns import Campaign, CampaignOffice
from silian.casework.reviews.models.certificates import Certificate, CertificateSeries
from silian.casework.reviews.models.deciding import (
    Appeal,
    DecidingMeeting,
    DossierDecision,
    MeetingMember,
    NoticeEntry,
    Objection,
    PublicNotice,
    Ranking,
    Vote,
)
from silian.casework.reviews.models.dossiers import (
    CriterionResult,
    Dossier,
    DossierSeat,
    DossierVersion,
    Evidence,
    MaterialFix,
    Opinion,
)
from silian.casework.reviews.models.judging import (
    Assignment,
    Draw,
    DrawSeed,
    Expert,
    Interest,
    Moderation,
    Score,
    SiteVisit,
    Visitor,
)
from silian.casework.reviews.models.passages import Passage
from silian.casework.reviews.models.rechecks import Recheck
from silian.casework.reviews.models.recognitions import Ban, Duty, Recognition, RecognitionAct
from silian.casework.reviews.models.removals import Removal
from silian.casework.reviews.models.schemes import Scheme, SchemeVersion

__all__ = [
    "Appeal",
    "Assignment",
    "Ban",
    "Campaign",
    "CampaignOffice",
    "Certificate",
    "CertificateSeries",
    "CriterionResult",
    "DecidingMeeting",
    "Dossier",
    "DossierDecision",
    "DossierSeat",
    "DossierVersion",
    "Draw",
    "DrawSeed",
    "Duty",
    "Evidence",
    "Expert",
    "Interest",
    "MaterialFix",
    "MeetingMember",
    "Moderation",
    "NoticeEntry",
    "Objection",
    "Opinion",
    "Passage",
    "PublicNotice",
    "Ranking",
    "Recheck",
    "Recognition",
    "RecognitionAct",
    "Removal",
    "Scheme",
    "SchemeVersion",
    "Score",
    "SiteVisit",
    "Visitor",
    "Vote",
]
