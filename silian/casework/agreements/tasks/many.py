"""Long jobs over many agreements, with progress."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.commands.chasing import remind_many
from silian.casework.agreements.commands.many import send_many, sign_many
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.registers.accounts.models import User
from silian.registers.organisations.queries.identity import actor_for

CHASED_AT_ONCE = 100  # rows locked together; more would keep signatories waiting


def starter_of(progress: Progress) -> Actor:
    """Who started the job, with the roles of today."""
    job = progress.job
    user = User.objects.get(pk=job.actor_id or 0)
    return actor_for(user=user, on=timezone.localdate(), organisation_id=job.organisation_id)


def telling(progress: Progress, *, total: int, message: str) -> Callable[[int], None]:
    return lambda done: progress.report(done=done, total=total, message=message)


@long_job("agreements.send_many")
def send_agreements(progress: Progress, *, agreement_ids: list[int]) -> Outcome:
    """Send each draft; a second run finds the first ones sent."""
    result = send_many(
        agreement_ids=agreement_ids,
        actor=starter_of(progress),
        now=timezone.now(),
        tell=telling(progress, total=len(agreement_ids), message="正在逐份送签"),
    )
    return Outcome(message=result.sentence(verb="送签"), url=reverse("agreements:waiting"))


@long_job("agreements.sign_many")
def sign_agreements(
    progress: Progress, *, agreed: list[tuple[int, str]], on_behalf: str = ""
) -> Outcome:
    """Sign each for the organisation of who started the job."""
    result = sign_many(
        agreed=agreed,
        actor=starter_of(progress),
        now=timezone.now(),
        tell=telling(progress, total=len(agreed), message="正在逐份核对并签署"),
        on_behalf=on_behalf,
    )
    return Outcome(message=result.sentence(verb="签署"), url=reverse("agreements:inbox"))


@long_job("agreements.remind_many")
def remind_signatories(progress: Progress, *, signature_ids: list[int]) -> Outcome:
    """Remind in batches; who was reminded today is left in peace."""
    actor, sentences = starter_of(progress), []
    reminded = 0
    for start in range(0, len(signature_ids), CHASED_AT_ONCE):
        batch = signature_ids[start : start + CHASED_AT_ONCE]
        result = remind_many(signature_ids=batch, actor=actor, now=timezone.now())
        reminded += result.reminded
        sentences.append(result)
        progress.report(done=start + len(batch), total=len(signature_ids), message="正在逐份催签")
    without = sum(len(result.without_account) for result in sentences)
    links = f"，{without} 方没有账号，请发签署链接" if without else ""
    return Outcome(message=f"已催 {reminded} 方{links}。", url=reverse("agreements:waiting"))
