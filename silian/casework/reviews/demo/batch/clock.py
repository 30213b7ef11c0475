"""The clock of a story that lasts years: the commands ask Django's, so it is set meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from silian.foundation.kernel.site_calendar import site_calendar

MORNING = datetime.time(9)
TICK = datetime.timedelta(milliseconds=20)  # what comes later is later, also within a day


class StoryClock:
    """The day on which the story stands; it only goes forward (演示时钟)."""

    def __init__(self, *, starts: datetime.date) -> None:
        self.calendar = site_calendar()
        self._at = self._morning(self.calendar.next_working(starts))

    @staticmethod
    def _morning(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, MORNING))

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self._at)

    def moment(self) -> datetime.datetime:
        """The present of the story, in place of Django's ``timezone.now``."""
        self._at += TICK
        return self._at.astimezone(datetime.UTC)

    def until(self, day: datetime.date) -> datetime.date:
        """Go on to the morning of a day; one that is past changes nothing."""
        if day > self.today:
            self._at = self._morning(day)
        return self.today

    def work(self, days: int) -> datetime.date:
        """Let so many working days pass."""
        return self.until(self.calendar.add(self.today, days=days))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let every command meanwhile take the story's present for its own."""
        real = timezone.now
        timezone.now = self.moment
        try:
            yield
        finally:
            timezone.now = real
