"""The request as our views receive it, with what the middleware has put on it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from silian.foundation.kernel.actors import Actor


class Request(HttpRequest):
    """For annotations: ``request.actor`` is who acts, ``request.htmx`` whether a part is asked."""

    actor: Actor
    htmx: HtmxDetails
