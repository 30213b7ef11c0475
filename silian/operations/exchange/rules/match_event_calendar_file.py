"""An event as a calendar file. Basis: RFC 5545."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

LINE_OCTETS = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """What a calendar programme needs of an event; moments carry their zone."""

    uid: str
    title: str
    place: str
    description: str
    url: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    stamped_at: datetime.datetime
    sequence: int = 0
    cancelled: bool = False


def calendar_file(entry: CalendarEntry) -> str:
    """The text of an .ics file with one entry (日历文件)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Silian//Match Events//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{utc_text(entry.stamped_at)}",
        f"DTSTART:{utc_text(entry.starts_at)}",
        f"DTEND:{utc_text(entry.ends_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{escaped(entry.title)}",
        f"LOCATION:{escaped(entry.place)}",
        f"DESCRIPTION:{escaped(entry.description)}",
        f"URL:{entry.url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def utc_text(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    return text.translate(ESCAPES)


def folded(line: str) -> str:
    """Lines of at most 75 octets, continued after a blank, never inside a character."""
    parts, current = [], b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > LINE_OCTETS:
            parts.append(current)
            current = b" "
        current += octets
    return b"\r\n".join([*parts, current]).decode()
