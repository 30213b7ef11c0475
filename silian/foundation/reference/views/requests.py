"""What the middleware adds to every request, for the type checker."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from silian.foundation.kernel.actors import Actor


class ActingRequest(HttpRequest):
    """A request with its actor and its htmx details."""

    actor: Actor
    htmx: HtmxDetails
