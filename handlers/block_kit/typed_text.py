"""What people typed, as it is to be seen: every hidden character shown, every link found. Pure, no markup.

A text may hold `<@U…>` where somebody was mentioned; whoever shows it puts the name there (`mentions.py`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

LONGEST_LINK = 1_000  # what is longer is shown as text
MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})>")

_LABELED = re.compile(r"<@([UW][A-Z0-9]{1,20})\|[^<>]*>")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]{1,20}(?:\|[^<>]*)?>")
_BREAK = re.compile(r"\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_JOINING = rf"(?<=[^\x00-\x7f{_UNSEEN}])[\u200c\u200d](?=[^\x00-\x7f{_UNSEEN}])"
_HIDDEN = re.compile(rf"(?!{_JOINING})[{_UNSEEN}]+")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{2,10}\U000e007f")
_NAMES = {
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_EACH = 4  # hidden characters in a row that are named one by one
ADDRESS = re.compile(r"\b(?:https?://|mailto:)[^\s<>|\"“”]+", re.IGNORECASE)
_AFTER = ".,;:!?…)]}'’*_~`"
# Hidden characters, and letters from right to left: with these an address may not read as it leads.
_NOT_LIVE = re.compile("[⟨\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@lru_cache(maxsize=64)  # a card shows a text, its beginning and what it says aloud
def visible(text: str) -> str:
    """A text with every kind of line break as a newline, and every hidden character named, as ⟨RLO⟩.

    A joiner between letters that are not ASCII is part of how they are written, and a flag is one sign.
    The label that somebody gave to a mention or a channel is left out: it may say anything.
    """
    lines = _BREAK.sub("\n", text)
    bare = _CHANNEL.sub("#channel", unlabeled(lines))
    return _HIDDEN.sub(_named, bare)


def unlabeled(text: str) -> str:
    """A text whose mentions are ids alone."""
    return _LABELED.sub(r"<@\1>", text)


def _named(hidden: re.Match[str]) -> str:
    run = hidden.group()
    if run[-1] == "\U000e007f" and _FLAG.fullmatch(hidden.string[: hidden.start()][-1:] + run):
        return run
    if len(run) > _EACH:
        return f"⟨{len(run):,} hidden characters⟩"
    return "".join(f"⟨{_NAMES.get(char, f'U+{ord(char):04X}')}⟩" for char in run)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a visible text in order, each with whether it is a link: nothing but its address."""
    end = 0
    for start, stop in links(text):
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False


def links(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a link begins and ends; an address that was cut off is none."""
    for found in ADDRESS.finditer(text) if ":" in text else ():
        address = _trimmed(found.group())
        if is_link(address) and not found.group().endswith("…"):
            yield found.start(), found.start() + len(address)


def _trimmed(address: str) -> str:
    """An address without the punctuation that ends its sentence; a bracket that it opens stays."""
    bare = address.rstrip(_AFTER)
    is_opened = bare.count("(") > bare.count(")")
    return f"{bare})" if is_opened and address[len(bare) :].startswith(")") else bare


def is_link(address: str) -> bool:
    """Say whether an address leads to where it reads that it leads."""
    if len(address) > LONGEST_LINK or _NOT_LIVE.search(address):
        return False
    try:
        found = urlsplit(address)
        has_port = found.port is None or found.port > 0
    except ValueError:
        return False
    return "@" in found.path if found.scheme == "mailto" else bool(found.hostname) and has_port
