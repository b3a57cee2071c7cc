"""Which part of what somebody wrote to give back: a whole clause that says most, never half a word.

A long answer is cut where its clauses end. Of those that fit, the one counts most that tells of wishes,
fears and reasons, and least one that greets, swears or was pasted. What somebody takes back ("actually no")
counts no more.
"""

from collections.abc import Iterator
from functools import cache

from coaching.data import read
from coaching.patterns import Language, Pattern, Words


class _Known(Language):
    small: Words
    breaks: Words
    dangling: Pattern
    sentences: Pattern
    clauses: Pattern
    within: Pattern
    relative: Pattern
    beside: Pattern
    taken_back: Pattern
    stutter: Pattern
    polite: Pattern
    leading: Pattern
    feels: Pattern
    tells: Pattern
    torn: Pattern
    wonders: Pattern
    item: Pattern
    at_odds: Pattern
    waits: Pattern
    other_half: Pattern
    own: Pattern
    swears: Pattern
    pasted: Pattern
    logged: Pattern
    fenced: Pattern
    link: Pattern
    word: Pattern
    closed: Pattern
    repeats: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "quoting", _Known)


LONGEST = 60  # words; what is cut within a clause is shorter
CUT = 16
ENOUGH = 12  # words; more say no more
SCRAP = 3  # words; a run of clauses does not end with less, amid a sentence


def prose(text: str) -> str:
    """What somebody wrote without logs, code and links that were pasted into it."""
    lines = _known().fenced.sub("\n", text).splitlines()
    return _known().link.sub(" ", "\n".join(line for line in lines if not is_pasted(line))).strip()


def is_pasted(line: str) -> bool:
    """Whether a line is of a machine: a log, a stack trace, code."""
    letters = len(_known().word.findall(line)) + line.count(" ")
    is_dense = len(line) > 24 and letters < 0.6 * len(line)
    return _known().pasted.search(line) is not None or _is_logged(line) or is_dense


def _is_logged(line: str) -> bool:
    found = _known().logged.search(line)
    return found is not None and any(mark in line[found.end() :] for mark in ":[(-")


def is_cursing(text: str) -> bool:
    """Whether a text swears."""
    return _known().swears.search(text) is not None


def clause(text: str, longest: int = LONGEST) -> str:
    """The part to give back, in one line and without a mark at its end; empty where nothing is.

    Where a sentence takes a half of the one before back, both halves are given.
    """
    said = _known().polite.sub("", _known().stutter.sub("", prose(text)))
    found = list(_candidates(_known().taken_back.sub("", said), longest))
    return max(found, key=_worth) if found else ""


def not_repeated(text: str) -> str:
    """An answer without "I already said" before it."""
    return _known().repeats.sub("", text.replace("’", "'"), count=1) if _known().repeats.match(text) else text


def not_taken_back(text: str) -> str:
    """What an answer comes to, where something was taken back: "all of them. ok no. 3 of 4"."""
    return _known().taken_back.sub("", text)


def whole(text: str) -> str:
    """All that a text says, in one line, without greetings, stammering and what was pasted into it."""
    said = _known().polite.sub("", _known().stutter.sub("", prose(text)))
    return _known().leading.sub("", " ".join(said.split()))


def beginning(text: str, longest: int) -> str:
    """The beginning of a text, up to where a part of it ends."""
    return _bare(_shortened(" ".join(prose(text).split()), longest))


def _candidates(text: str, longest: int) -> Iterator[str]:
    """Yield a short text whole, else what fits of each sentence."""
    text = _beside_a_list(text)
    flat = " ".join(text.split())
    if len(flat.split()) <= longest and (every := _trimmed(_known().leading.sub("", flat))):
        yield every
        return
    for sentence in _known().sentences.split(text):
        said = " ".join(sentence.split())
        if len(said.split()) <= longest:
            yield _trimmed(_known().leading.sub("", said))
            continue
        yield from _of_sentence(said, longest)
        if len(bare := _known().beside.sub("", said)) < len(said):
            yield from _of_sentence(bare, longest)


def _beside_a_list(text: str) -> str:
    """What stands beside a list of several lines, where that is a sentence; else the whole."""
    lines = [line for line in text.splitlines() if line.strip()]
    rest = [line for line in lines if not _known().item.match(line)]
    said = [line for line in rest if not line.rstrip().endswith(":")]
    return "\n".join(said) if said and len(lines) - len(rest) > 1 else text


def _of_sentence(sentence: str, longest: int) -> Iterator[str]:
    """Yield the runs of clauses that fit; of a clause too long the clauses within, and its beginning."""
    clauses = [part.strip() for part in _known().clauses.split(sentence) if part.strip()]
    for start in range(len(clauses)):
        for end in range(start + 1, len(clauses) + 1):
            run = _joined(sentence, clauses[start:end])
            if end > start + 1 and len(run.split()) > longest:
                break
            is_scrap = len(clauses[end - 1].split()) < SCRAP or _known().dangling.search(run.rstrip(" ,:"))
            if start < end - 1 < len(clauses) - 1 and is_scrap:
                continue
            if end < len(clauses) and _is_half(clauses[end - 1], clauses[end]):
                continue
            if start and _known().relative.match(run):
                run = _known().relative.sub("", run) if run.lower().startswith("that ") else ""
            yield from _fitting(_known().leading.sub("", run) or run, longest)


def _is_half(clause: str, following: str) -> bool:
    """Whether a clause waits for the one that follows: a condition for its end, a half for the other."""
    return _known().waits.search(clause) is not None or _known().other_half.match(following) is not None


def _fitting(run: str, longest: int) -> Iterator[str]:
    """Yield a run if it fits, else what of it does."""
    parts = [run] if len(run.split()) <= longest else [_shortened(run, CUT), *_known().within.split(run)[1:]]
    yield from (fitting for part in parts if len(part.split()) <= longest and (fitting := _bare(part)))


def _joined(sentence: str, clauses: list[str]) -> str:
    """A run of clauses as it stands in its sentence."""
    begin = sentence.find(clauses[0])
    end = sentence.find(clauses[-1], begin) + len(clauses[-1])
    return sentence[begin:end]


def _shortened(clause: str, longest: int) -> str:
    """The beginning of a clause that is too long, up to where a part of it ends."""
    words = clause.split()
    if len(words) <= longest:
        return clause
    ends = [place for place in range(longest // 2, longest + 1) if words[place].lower() in _known().breaks]
    kept = words[: ends[-1] if ends else longest]
    while len(kept) > 3 and kept[-1].lower().strip(",.") in _known().small:
        kept.pop()
    return " ".join(kept).rstrip(",;:") + " …"


def _bare(words: str) -> str:
    if words.count("(") != len(_known().closed.findall(words)):
        words = words.split("(", maxsplit=1)[0] if ")" not in words else ""
    return _trimmed(words)


def _trimmed(words: str) -> str:
    """Words without marks at their ends, but for dots in which they trail off; empty where none is said."""
    marks = "*_" if words.lstrip().startswith(("*", "_")) else ""
    bare = words.lstrip(" \t.,;:!?-–—*_>").rstrip(f" \t.,;:-–—{marks}")
    bare += "..." if bare and words.rstrip().endswith("...") else ""
    if bare.count('"') == 2 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    return bare if _known().word.search(bare) or any(map(str.isdigit, bare)) else ""


def _worth(words: str) -> float:
    """How much a part says: what it feels and tells of, whether it is their own, whole and short."""
    count = len(words.split())
    feels = min(2, len(set(map(str.lower, _known().feels.findall(words)))))
    tells = min(3, len(set(map(str.lower, _known().tells.findall(words)))))
    whole = 0.0 if words.endswith("…") else 1.5
    scraps = 1.5 if count < 3 else 0.0
    own = _known().own.search(words) is not None
    length = 2 * min(count, ENOUGH) / ENOUGH - 0.1 * max(0, count - ENOUGH)
    asks = 5 * (_known().wonders.search(words) is not None)
    torn = (
        asks
        + 1.5 * (_known().torn.search(words) is not None)
        + 2.5 * (_known().at_odds.search(words) is not None)
    )
    return torn + 1.5 * feels + 0.7 * tells + own + length + whole - scraps - 4 * is_cursing(words)
