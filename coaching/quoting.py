"""Which part of what somebody wrote to give back: a whole clause that says most, never half a word.

A long answer is cut where its clauses end. Of those that fit, the one counts most that tells of wishes,
fears and reasons, and least one that greets, swears or was pasted.
"""

import re
from collections.abc import Iterator

LONGEST = 14  # words

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|[\n;]+|(?<=[.!?])(?=[A-Z])")
_CLAUSES = re.compile(
    r"(?<=[,:])\s+|\s+[—–-]+\s+|\s*[()]\s*"
    r"|\s+(?=(?:but|because|although|though|unless|while|aber|weil|mais|parce que|pero|porque"
    r"|and (?:i|my|we|he|she|it|they|then|that)|so (?:i|we|that))\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|well|basically|um+|uh|hmm|yeah|yes|and|but|because|oops|lol|also|anyway|und|et|y)\b"
    r"[\s,.!:]*)+",
    re.IGNORECASE,
)
_SMALL = """
a an the to of in on at by for with from my your his her its our their this that these those and or but if
as than is are was were be been am i we he she they it you not no so who which what when because into about
have has had do does did can could would should will very just really some any each every
der die das ein eine zu und oder von mit im am ich le la les un une de du des et ou à el los y o con
"""
_LOOSE = frozenset(_SMALL.split())
_BREAKS = frozenset(
    ("or", "and", "who", "that", "which", "where", "about", "in", "from", "with", "when", "if")
)
_TELLS = re.compile(
    r"\b(?:want|need|wish|hope|afraid|fear\w*|scared|worr\w+|hate|love|tired|angry|anxious|nervous|ashamed|proud"
    r"|lonely|lost|stuck|overwhelm\w*|invisible|guilty|useless|matters?|can'?t|cannot|never|always|keep|avoid\w*"
    r"|because|but|feel\w*|felt|honestly|really|instead|would|could|decid\w+|fails?|lose|trust|promis\w+|dream"
    r"|möchte|will|angst|kränkt|müde|weil|aber|veux|peur|parce|mais|quiero|miedo|porque|pero)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|my|me|we|our|ich|mich|mein\w*|je|j'|mon|ma|yo|mi)\b", re.IGNORECASE
)
_SWEARS = re.compile(
    r"\b(?:fuck\w*|shit\w*|bullshit|asshole\w*|bitch\w*|bastard\w*|crap\w*|wtf)\b", re.IGNORECASE
)
_PASTED = re.compile(
    r"^\s*(?:at [\w.$<>]+\(|File \"|Traceback|Caused by:|\$ |>>> |```|[{}\[\]();]+\s*$|[+-]{3} |@@)"
    r"|\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|\w+(?:Exception|Error))\b.*[:\[(-]"
    r"|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}|^\s*[\w.]+\(.*\);?\s*$"
    r"|^\s*(?:def|import|SELECT|const|var|let) .*[=(;*]",
    re.MULTILINE,
)
_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LINK = re.compile(r"<?\bhttps?://\S+")
_WORD = re.compile(r"[^\W\d_]")


def prose(text: str) -> str:
    """Return what somebody wrote without logs, code and links that were pasted into it."""
    lines = _FENCED.sub("\n", text).splitlines()
    return _LINK.sub(" ", "\n".join(line for line in lines if not is_pasted(line))).strip()


def is_pasted(line: str) -> bool:
    """Return whether a line is of a machine: a log, a stack trace, code."""
    letters = len(_WORD.findall(line)) + line.count(" ")
    return _PASTED.search(line) is not None or (len(line) > 24 and letters < 0.6 * len(line))


def is_cursing(text: str) -> bool:
    """Return whether a text swears."""
    return _SWEARS.search(text) is not None


def clause(text: str, longest: int = LONGEST) -> str:
    """Return the part to give back, in one line and without a mark at its end; empty where nothing is."""
    found = list(_candidates(prose(text), longest))
    return max(found, key=lambda words: _worth(words, longest)) if found else ""


def beginning(text: str, longest: int) -> str:
    """Return the beginning of a text, up to where a part of it ends."""
    return _bare(_shortened(" ".join(prose(text).split()), longest))


def _candidates(text: str, longest: int) -> Iterator[str]:
    """Yield the runs of clauses, within one sentence, that fit; of a clause too long its beginning."""
    for sentence in _SENTENCES.split(text):
        clauses = [part.strip() for part in _CLAUSES.split(" ".join(sentence.split())) if part.strip()]
        for start in range(len(clauses)):
            for end in range(start + 1, len(clauses) + 1):
                run = _joined(sentence, clauses[start:end])
                if end > start + 1 and len(run.split()) > longest:
                    break
                if fitting := _bare(_shortened(_LEADING.sub("", run) or run, longest)):
                    yield fitting


def _joined(sentence: str, clauses: list[str]) -> str:
    """Return a run of clauses as it stands in its sentence."""
    flat = " ".join(sentence.split())
    begin = flat.find(clauses[0])
    end = flat.find(clauses[-1], begin) + len(clauses[-1])
    return flat[begin:end]


def _shortened(clause: str, longest: int) -> str:
    """Return the beginning of a clause that is too long, up to where a part of it ends."""
    words = clause.split()
    if len(words) <= longest:
        return clause
    ends = [place for place in range(longest // 2, longest + 1) if words[place].lower() in _BREAKS]
    kept = words[: ends[-1] if ends else longest]
    while len(kept) > 3 and kept[-1].lower().strip(",.") in _LOOSE:
        kept.pop()
    return " ".join(kept).rstrip(",;:") + " …"


def _bare(words: str) -> str:
    bare = words.strip(' \t.,;:!?-–—"“”*_>#')
    return bare.replace("?", "") if _WORD.search(bare) or any(map(str.isdigit, bare)) else ""


def _worth(words: str, longest: int) -> float:
    """Return how much a part says: what it tells of, whether it is their own, how whole it is."""
    count = len(words.split())
    tells = min(3, len(set(map(str.lower, _TELLS.findall(words)))))
    whole = 0.0 if words.endswith("…") else 0.5
    scraps = 1.5 if count < 3 else 0.0
    return (
        tells
        + (_OWN.search(words) is not None)
        + 2 * count / longest
        + whole
        - scraps
        - 4 * is_cursing(words)
    )
