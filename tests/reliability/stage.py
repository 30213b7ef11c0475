"""``python -m tests.reliability.stage N``: a migrated database, the cast, N conversations.

Runs in its own process, with the settings of the site under test; prints what the writers need.
"""

from __future__ import annotations

import json
import sys

import django


def session_of(user: object) -> str:
    """A signed-in session of its own, as a browser would hold it."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def prepared(conversations: int) -> dict[str, object]:
    from django.core.management import call_command

    from silian.registers.accounts.models import User
    from tests.operations.exchange.negotiations.stage import make_listing, talking
    from tests.world import make_world

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    world = make_world()
    listings = [make_listing(by=world.enterprise) for _ in range(conversations)]
    return {
        "conversations": [
            [talking(world, listing=listing).pk, session_of(world.school.user)]
            for listing in listings
        ],
        "newcomers": [
            session_of(User.objects.create(username=f"newcomer-{number}", name=f"新人{number}"))
            for number in range(3)
        ],
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(prepared(int(sys.argv[1]))))
