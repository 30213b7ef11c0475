"""The web server's door into Django."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from config.measuring import share_measurements

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


def prepared_application() -> WSGIHandler:
    """Django's application; the shared counters must be named before Django loads."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    share_measurements()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


application = prepared_application()
