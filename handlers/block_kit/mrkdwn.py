"""Slack's mrkdwn: text made safe, cut and split without breaking an entity, and times in the reader's zone.

Slack has no escape for `*`, `_`, `~` and backquotes. So what people typed stands in blocks without markup
(`blocks.quotation`, `blocks.row`); where only mrkdwn can stand, *inert* puts signs that look alike.

Lengths count UTF-16 units, as Slack's own clients do: an emoji is two.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import takewhile

from handlers.block_kit import typed_text

SECTION = 3000  # what one section, one text input and one button's value may hold at most
QUOTED = 300  # what a card that is a reminder shows of a longer text

_LONGEST_TOKEN = 6 * typed_text.LONGEST_LINK  # a link, each of whose characters may be an entity
_WHOLE = re.compile(
    r"<@[UW][A-Z0-9]{1,20}>|&lt;@[UW][A-Z0-9]{1,20}&gt;|<[!h][^<>]{1,6000}>|⟨[^⟨⟩]{1,40}⟩|&(?:amp|lt|gt);"
)
_SIGN = re.compile(r"[&<>*_~`:]")  # without one of these a text is no markup
# Each begins with the sign itself, so that a text is searched for that first.
_LIVE = re.compile(r"[`*_~](?:(?<=`)|(?<![^\W_][*_~])(?=\S|\Z)|(?<=\S[*_~])(?![^\W_]))")
_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_SINGLE = str.maketrans("“”", "‘’")
_SCHEME = re.compile(r":(?:(?<=\bhttp:)|(?<=\bhttps:)|(?<=\bmailto:))", re.IGNORECASE)
_SHORTCODE = re.compile(r":([a-zA-Z0-9_+'-]+):")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|([^<>&|]+)>")
_LINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{0,40}:[^<>|]+)(?:\|([^<>]*))?>")
_SPECIAL = re.compile(r"<!([a-z]+)(?:\^[^<>|]*)?(?:\|([^<>]*))?>")
_PUNCTUATION = re.compile(r"[\s()./-]+")


def escape(text: str) -> str:
    """A text as Slack sends it: nothing that stands between angle brackets is markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=64)  # a card shows a text and says it aloud, and is drawn again as its state changes
def inert(text: str) -> str:
    """What somebody typed with nothing in it markup but links, which show their whole address."""
    shown = typed_text.visible(text)
    if not _SIGN.search(shown):
        return shown
    pieces = typed_text.parts(shown)
    return "".join(f"<{escape(it)}>" if is_link else _looking_alike(escape(it)) for it, is_link in pieces)


def _looking_alike(text: str) -> str:
    unmarked = _LIVE.sub(lambda mark: _ALIKE[mark.group()], text)
    return _SCHEME.sub("꞉", _SHORTCODE.sub("꞉\\1꞉", unmarked))


def unmarked(text: str) -> str:
    """A text in which nothing is Markdown, for where a text grows before its reader's eyes."""
    return _looking_alike(typed_text.visible(text)).replace("](", "] (")


def quoted(text: str, limit: int = 120) -> str:
    """The beginning of what somebody typed, as one line in quotation marks, for a sentence."""
    return f"“{inert(nested(text, limit))}”"


def channels(text: str) -> list[str]:
    """The names of the channels that a text as Slack sends it links to."""
    return _CHANNEL.findall(text)


def unescape(text: str) -> str:
    """What a person typed, from the way Slack sends it: all its marks spelled out."""
    named = _SPECIAL.sub(lambda special: _read_aloud(special.group(1), special.group(2)), text)
    spelled = _LINK.sub(lambda link: _spelled(link.group(1), link.group(2)), _CHANNEL.sub(r"#\1", named))
    return spelled.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read_aloud(kind: str, label: str | None) -> str:
    """A date as it falls back to, and whoever is called, `@here` or a group, by name."""
    if kind == "date":
        return label or "a date"
    called = (label or {"subteam": "group"}.get(kind, kind)).removeprefix("@")
    return f"@{called}"


def _spelled(address: str, label: str | None) -> str:
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    if not label or label in address:
        return bare
    return label if _PUNCTUATION.sub("", label) == bare else f"{label} ({bare})"


def width(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = SECTION) -> list[str]:
    """The pieces of an escaped text, none longer than *limit*, broken at a space where one is near."""
    pieces: list[str] = []
    rest = text
    while width(rest) > limit:
        head = opening(rest, limit) or rest[: limit // 2]
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [piece for piece in [*pieces, rest] if piece.strip()]


def opening(text: str, limit: int = SECTION) -> str:
    """The beginning of a text that fits, up to a space where there is one in its second half."""
    whole = fitting(text, limit)
    if whole == text:
        return text
    at = max(whole.rfind("\n"), whole.rfind(" "))
    return whole[: at + 1] if at > len(whole) // 2 else whole


def fitting(text: str, limit: int) -> str:
    """The longest beginning of a text that fits, not ending inside a link, entity, mention or date."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    head = text if len(units) < 2 * limit else units.decode("utf-16-le", "ignore")
    if head == text:
        return text
    near = _wholes_before(text, len(head))
    return text[: min((start for start, end in near if end > len(head)), default=len(head))]


def _wholes_before(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield where what must not be broken begins, before a place that is near, and ends."""
    begin, end = max(0, place - _LONGEST_TOKEN), place + _LONGEST_TOKEN
    may_hold_links = ":" in text[begin:end]
    for pattern in (typed_text.ADDRESS, _WHOLE) if may_hold_links else (_WHOLE,):
        spans = (it.span() for it in pattern.finditer(text, begin, end))
        yield from takewhile(lambda span: span[0] < place, spans)


def cut(text: str, limit: int = QUOTED) -> str:
    """A text that fits, with an ellipsis where something was left out."""
    return text if width(text) <= limit else fitting(text, limit - 1).rstrip() + "…"


def one_line(text: str, limit: int = 120) -> str:
    """The beginning of what somebody typed on one line, its hidden characters named; not mrkdwn."""
    return cut(" ".join(typed_text.visible(text).split()), limit)


def nested(text: str, limit: int = 120) -> str:
    """*one_line* with single quotation marks, so that those around it end where they should."""
    return one_line(text, limit).translate(_SINGLE)


def quote(text: str) -> str:
    """A text with a mark of quotation before each line."""
    return "\n".join(f"> {line}" for line in text.splitlines()) or ">"


def link(address: str, words: str) -> str:
    """Words that lead to an address. Neither may hold `<`, `>` or `|`."""
    return f"<{address}|{words}>"


def mention(person_id: str) -> str:
    """A person's name as Slack shows it to the reader."""
    return f"<@{person_id}>"


def moment(at: datetime) -> str:
    """A day and time in the reader's own zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def weekday_moment(at: datetime) -> str:
    """A weekday, day and time in the reader's own zone, for a sentence: never "yesterday"."""
    return f"<!date^{int(at.timestamp())}^{{date_long}} at {{time}}|{at:%A, %Y-%m-%d %H:%M} UTC>"


def weekday(at: datetime) -> str:
    """A weekday and day in the reader's own zone, for a sentence."""
    return f"<!date^{int(at.timestamp())}^{{date_long}}|{at:%A, %Y-%m-%d} UTC>"


def day(at: datetime) -> str:
    """A day in the reader's own zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{at:%Y-%m-%d} UTC>"


def listed(words: list[str], last: str = "and") -> str:
    """Words joined as a sentence does: a, b and c."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
