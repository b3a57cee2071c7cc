"""What must not leave the workspace, put behind placeholders that only this process can turn back. Pure.

It hides names, mentions, channels, addresses, links, phone numbers, secrets and ids that it can recognise; a
name that nobody has told it, or a secret that looks like a word and is not called one, goes unseen. What is
hidden too much costs little; what is missed is gone: so in doubt it hides. Its time grows with the text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sensing.privacy.person_names import Names
from sensing.privacy.plain import plain
from sensing.privacy.shapes import by_shape

__all__ = ["Mask", "Names", "masked", "stripped"]

_PLACEHOLDER = re.compile(r"\[([a-z]+) \d+\]")
_SHOWN_AGAIN = ("name", "channel", "text")
_SPOKEN = {
    "mention": "someone",
    "email": "an address",
    "link": "a link",
    "phone": "a number",
    "secret": "a secret",
    "id": "an id",
    "name": "someone",
    "channel": "a channel",
}


@dataclass(frozen=True, slots=True)
class Mask:
    """What stands behind each placeholder; the same text has the same one throughout."""

    hidden: Mapping[str, str] = field(default_factory=dict)

    def restore(self, text: str) -> str:
        """The text as it was before."""
        return self._put(text, lambda mark, _kind: self.hidden.get(mark, mark))

    def show(self, text: str) -> str:
        """A text for its reader: names and channels are back, all else is only said to be there."""

        def said(mark: str, kind: str) -> str:
            back = self.hidden.get(mark) if kind in _SHOWN_AGAIN else None
            return back or _SPOKEN.get(kind, mark)

        return self._put(text, said)

    def _put(self, text: str, said: Callable[[str, str], str]) -> str:
        return _PLACEHOLDER.sub(lambda found: said(found.group(), found.group(1)), text)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int
    kind: str


def masked(texts: Iterable[str], names: Names) -> tuple[tuple[str, ...], Mask]:
    """The texts with placeholders, and what turns them back."""
    marks: dict[tuple[str, str], str] = {}
    counts: Counter[str] = Counter()
    done = tuple(_covered(text, names, marks, counts) for text in texts)
    return done, Mask({mark: original for (_, original), mark in marks.items()})


def stripped(text: str) -> str:
    """A text without what has the form of a link, a mention, an address, a secret or code."""
    prose = re.sub(r"```.*?(?:```|\Z)", " ", text, flags=re.DOTALL).replace("`", "")
    parts, end = list[str](), 0
    for span in (found for found in _spans(prose, Names()) if found.kind != "text"):
        parts, end = [*parts, prose[end : span.start]], span.stop
    return " ".join("".join([*parts, prose[end:]]).split())


def _covered(text: str, names: Names, marks: dict[tuple[str, str], str], counts: Counter[str]) -> str:
    parts, end = [], 0
    for span in _spans(text, names):
        original = text[span.start : span.stop]
        if (span.kind, original) not in marks:
            counts[span.kind] += 1
            marks[span.kind, original] = f"[{span.kind} {counts[span.kind]}]"
        parts += [text[end : span.start], marks[span.kind, original]]
        end = span.stop
    return "".join([*parts, text[end:]])


def _spans(text: str, names: Names) -> Iterator[_Span]:
    """Yield what to hide, in order; what overlaps is one, of the kind that is the surest."""
    read = plain(text)
    found = [*by_shape(read.text), *((*place, "name") for place in names.found(read.text))]
    ranked = sorted((start, rank, stop, kind) for rank, (start, stop, kind) in enumerate(found))
    start, stop, best = 0, 0, (0, "")
    for first, rank, last, kind in ranked:
        if first >= stop:
            if stop > start:
                yield _Span(*read.typed(start, stop), best[1])
            start, stop, best = first, last, (rank, kind)
        elif last > first:
            stop, best = max(stop, last), min(best, (rank, kind))
    if stop > start:
        yield _Span(*read.typed(start, stop), best[1])
