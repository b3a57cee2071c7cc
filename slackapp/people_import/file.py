"""Turns the bytes of a list of people into text, as Excel, Numbers and HR systems write it.

By its mark, else as UTF-16 where every other byte is nothing, else as UTF-8, else as Windows-1252: then a
note says what was assumed. What nobody sees is taken out, so that no cell differs from what is on the screen.
"""

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass

from slackapp.process.errors import UnreadableText

MAX_BYTES = 20 * 1024**2
MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 4_000
NAMES = {"utf-8": "UTF-8", "utf-32": "UTF-32"} | dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "UTF-16")
SAVE_AS = "save the file as “CSV UTF-8”."
ASSUMED = (
    "The file is not UTF-8, so it was read as Windows-1252 (Western European): look whether names with "
    "accents came out right, or save it as “CSV UTF-8”."
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_END = re.compile("\r\n|\r|\n")
# Drawn as nothing, though Unicode counts them as letters, marks and symbols.
UNDRAWN = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says, and a note on how it was read where that had to be guessed."""

    text: str
    notes: tuple[str, ...] = ()


def text_of(content: bytes) -> Text:
    """The text of a file, or raise Unreadable with the place and what to do."""
    if len(content) > MAX_BYTES:
        raise UnreadableText(1, 1, f"the file is larger than {MAX_BYTES // 1024**2} MB: split it.")
    is_marked, content = content.startswith(BOM_UTF8), content.removeprefix(BOM_UTF8)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), _unmarked(content))
    try:
        return Text(seen(content.decode(encoding)))
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or is_marked or _is_mostly_utf8(content):
            before = content[: error.start].decode(encoding, "ignore")
            raise UnreadableText(*_place(before), f"this is not {NAMES[encoding]}: {SAVE_AS}") from error
    try:
        return Text(seen(content.decode("cp1252")), (ASSUMED,))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("cp1252")
        raise UnreadableText(*_place(before), f"this is neither UTF-8 nor Windows-1252: {SAVE_AS}") from error


def seen(text: str) -> str:
    """A text without what nobody sees, spaces of every kind as one; refuse control characters."""
    if found := CONTROL.search(text):
        code = f"U+{ord(found.group()):04X}"
        raise UnreadableText(
            *_place(text[: found.start()]), f"no list should hold the character {code}: {SAVE_AS}"
        )
    changed = {ord(char): _as_seen(char) for char in set(text) if _as_seen(char) != char}
    return text.translate(changed) if changed else text


def _as_seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or char in UNDRAWN:
        return ""
    return " " if category in ("Zs", "Zl", "Zp") else char


def _unmarked(content: bytes) -> str:
    """The encoding of a file without a mark: in UTF-16 every other byte of Latin text is zero."""
    some = content[:LOOKED_AT]
    even, odd = some[::2].count(0), some[1::2].count(0)
    if max(even, odd) * 4 > len(some) and min(even, odd) * 8 < max(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether a few bytes are broken in a text that else is UTF-8: to guess would garble the rest."""
    text = content.decode("utf-8", "replace")
    return sum(char > "\x7f" for char in text) >= 2 * text.count("\ufffd")


def _place(before: str) -> tuple[int, int]:
    """The line and column of what comes after *before*, both from 1."""
    ends = [0, *(found.end() for found in LINE_END.finditer(before))]
    return len(ends), len(before) - ends[-1] + 1
