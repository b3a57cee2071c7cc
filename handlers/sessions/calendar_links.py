"""Links and a file with which a session is put into somebody's own calendar; the app sends nothing to one."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from handlers.block_kit import mrkdwn, texts
from handlers.sessions import words_of_meetings as words
from kernel.topics import Catalogue
from mentoring.model.request import Request
from mentoring.model.session import Session

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
_STAMP = "%Y%m%dT%H%M%SZ"
_LINE = 75
_SINCE = 1_700_000_000  # what a sequence counts seconds from, so that it fits into 32 bits for long


def title(request: Request, topics: Catalogue) -> str:
    """All that a calendar learns of a session."""
    return words.calendar_title(texts.plainly(request.topics, topics))


def file(session: Session, request: Request, topics: Catalogue, now: datetime) -> str:
    """A session at its agreed time as iCalendar (RFC 5545); one agreed on later takes its place."""
    agreed = session.appointment.agreed_at if session.appointment else None
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waymark//EN", "METHOD:PUBLISH", "BEGIN:VEVENT"),
        f"UID:{session.id}@waymark",
        f"SEQUENCE:{int((agreed or now).timestamp()) - _SINCE}",
        f"DTSTAMP:{now:{_STAMP}}",
        f"DTSTART:{session.starts_at:{_STAMP}}",
        f"DTEND:{session.ends_at:{_STAMP}}",
        f"SUMMARY:{_escaped(title(request, topics))}",
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, all but the first after a blank."""
    pieces, size = [""], 0
    for sign in line:
        size += len(sign.encode())
        if size > _LINE:
            pieces, size = [*pieces, ""], 1 + len(sign.encode())
        pieces[-1] += sign
    return "\r\n ".join(pieces)


def links(title: str, at: datetime, minutes: int) -> str:
    """Links for a session at a time (UTC). *title* is all that a calendar learns of it."""
    end = at + timedelta(minutes=minutes)
    google = {"action": "TEMPLATE", "text": title, "dates": f"{at:{_STAMP}}/{end:{_STAMP}}"}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": at.isoformat(),
        "enddt": end.isoformat(),
    }
    one = mrkdwn.link(f"{GOOGLE}?{urlencode(google)}", words.GOOGLE)
    other = mrkdwn.link(f"{OUTLOOK}?{urlencode(outlook)}", words.OUTLOOK)
    return words.add_to(one, other)
