"""Slack's mrkdwn: text made safe, cut and split without breaking an entity, and times in the reader's zone.

Lengths count UTF-16 units, as Slack's own clients do: an emoji is two.
"""

import re
from datetime import datetime

SECTION = 3000  # what one section, one text input and one button's value may hold at most
QUOTED = 300  # what a card that is a reminder shows of a longer text

_MENTION = r"<@[UW][A-Z0-9]{1,20}>|<#[CG][A-Z0-9]{1,20}(?:\|[^<>&|]{0,80})?>"
_KEPT = re.compile(_MENTION)
_LONGEST_TOKEN = 256
_WHOLE = re.compile(rf"{_MENTION}|<![^<>]{{1,250}}>|&(?:amp|lt|gt);")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|([^<>&|]+)>")
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|]+)(?:\|([^<>]*))?>")


def escape(text: str) -> str:
    """Return text in which only mentions of people and channels are markup."""
    parts, end = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_escaped(text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def channels(text: str) -> list[str]:
    """Return the names of the channels that a text as Slack sends it links to."""
    return _CHANNEL.findall(text)


def unescape(text: str) -> str:
    """Return what a person typed, from the way Slack sends it: links and channels spelled out."""
    spelled = _LINK.sub(lambda link: _spelled(link.group(1), link.group(2)), _CHANNEL.sub(r"#\1", text))
    return spelled.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _spelled(address: str, label: str | None) -> str:
    bare = address.removeprefix("mailto:")
    return bare if not label or label in address else f"{label} ({bare})"


def width(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = SECTION) -> list[str]:
    """Return the pieces of an escaped text, none longer than *limit*, broken at a space where one is near."""
    pieces: list[str] = []
    rest = text
    while width(rest) > limit:
        head = opening(rest, limit)
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [piece for piece in [*pieces, rest] if piece.strip()]


def opening(text: str, limit: int = SECTION) -> str:
    """Return the beginning of a text that fits, up to a space where there is one in its second half."""
    whole = fitting(text, limit)
    if whole == text:
        return text
    at = max(whole.rfind("\n"), whole.rfind(" "))
    return whole[: at + 1] if at > len(whole) // 2 else whole


def fitting(text: str, limit: int) -> str:
    """Return the longest beginning of a text that fits, never ending inside an entity, mention or date."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    head = text if len(units) < 2 * limit else units.decode("utf-16-le", "ignore")
    near = _WHOLE.finditer(text, max(0, len(head) - _LONGEST_TOKEN), len(head) + _LONGEST_TOKEN)
    broken = next((it for it in near if it.start() < len(head) < it.end()), None)
    return text[: broken.start()] if broken else head


def cut(text: str, limit: int = QUOTED) -> str:
    """Return a text that fits, with an ellipsis where something was left out."""
    return text if width(text) <= limit else fitting(text, limit - 1).rstrip() + "…"


def one_line(text: str, limit: int = 120) -> str:
    """Return the beginning of a person's text as one escaped line, for a list or a button's neighbor."""
    return cut(escape(" ".join(text.split())), limit)


def quote(text: str) -> str:
    """Return an escaped text as a quotation."""
    return "\n".join(f"> {line}" for line in text.splitlines()) or ">"


def mention(person_id: str) -> str:
    """Return a person's name as Slack shows it to the reader."""
    return f"<@{person_id}>"


def moment(at: datetime) -> str:
    """Return a day and time in the reader's own zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def weekday_moment(at: datetime) -> str:
    """Return a weekday, day and time in the reader's own zone, for a sentence: never "yesterday"."""
    return f"<!date^{int(at.timestamp())}^{{date_long}} at {{time}}|{at:%A, %Y-%m-%d %H:%M} UTC>"


def weekday(at: datetime) -> str:
    """Return a weekday and day in the reader's own zone, for a sentence."""
    return f"<!date^{int(at.timestamp())}^{{date_long}}|{at:%A, %Y-%m-%d} UTC>"


def day(at: datetime) -> str:
    """Return a day in the reader's own zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{at:%Y-%m-%d} UTC>"


def listed(words: list[str], last: str = "and") -> str:
    """Return words joined as a sentence does: a, b and c."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
