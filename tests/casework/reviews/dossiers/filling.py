"""An application of the enterprise that only waits to be sent."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.casework.reviews.commands.dossiers import add_evidence, save_answers, start_dossier
from silian.casework.reviews.models import Campaign, Dossier
from tests.casework.reviews import stage
from tests.world import World

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def paper(name: str = "实习协议.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + name.encode(), content_type="application/pdf")


def filled(world: World, campaign: Campaign) -> Dossier:
    """Every question answered, with its file."""
    actor = world.enterprise.actor
    dossier = start_dossier(campaign=campaign, actor=actor)
    save_answers(dossier_id=dossier.pk, answers=stage.ANSWERS, actor=actor)
    add_evidence(dossier_id=dossier.pk, field="hosted", upload=paper(), actor=actor)
    dossier.refresh_from_db()
    return dossier
