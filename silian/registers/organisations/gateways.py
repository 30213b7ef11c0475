"""What leaves the house: an invitation by e-mail."""

from __future__ import annotations

import structlog
from django.core.mail import send_mail
from django.template.loader import render_to_string

from silian.registers.organisations.models.membership import Invitation

logger = structlog.get_logger("silian.organisations")


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """Send the link to the invited person; False when the mail server did not take it.

    It is sent at once and not queued, because the secret of the link is kept nowhere.
    """
    text = render_to_string(
        "organisations/email/invitation.txt", {"invitation": invitation, "link": link}
    )
    subject = f"【四链】{invitation.organisation.name}邀请您加入"
    try:
        return bool(send_mail(subject, text, None, [invitation.email]))
    except OSError as failure:
        logger.warning("invitation_not_sent", invitation=invitation.pk, error=str(failure))
        return False
