"""Links with which a talk is put into somebody's own calendar; nothing is sent to one by the app."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from handlers.block_kit import mrkdwn

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
_STAMP = "%Y%m%dT%H%M%SZ"


def links(title: str, at: datetime, minutes: int) -> str:
    """Return links for a talk at a time (UTC). *title* is all that a calendar learns of it."""
    end = at + timedelta(minutes=minutes)
    google = {"action": "TEMPLATE", "text": title, "dates": f"{at:{_STAMP}}/{end:{_STAMP}}"}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": at.isoformat(),
        "enddt": end.isoformat(),
    }
    one = mrkdwn.link(f"{GOOGLE}?{urlencode(google)}", "Google Calendar")
    other = mrkdwn.link(f"{OUTLOOK}?{urlencode(outlook)}", "Outlook")
    return f"Add it to {one} or {other}."
