"""Which part of what somebody wrote to give back: a whole clause that says most, never half a word.

A long answer is cut where its clauses end. Of those that fit, the one counts most that tells of wishes,
fears and reasons, and least one that greets, swears or was pasted. What somebody takes back ("actually no")
counts no more.
"""

import re
from collections.abc import Iterator

LONGEST = 20  # words; what is cut within a clause is shorter
CUT = 14
ENOUGH = 12  # words; more say no more
SCRAP = 3  # words; a run of clauses does not end with less, amid a sentence
_DANGLING = re.compile(r"\b(?:and|but|or|so|then)(?:\s+(?:if|when|that|because)\b.{0,12})?$", re.IGNORECASE)

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|[\n;]+|(?<=[.!?])(?=[A-Z])")
_CLAUSES = re.compile(
    r"(?<=[,:])\s+|(?<!\s)\s+[—–-]+\s+|(?:(?<!\s)\s+)?[()]\s*"
    r"|(?<!\s)\s+(?=(?:but|because|although|though|unless|while|aber|weil|mais|parce que|pero|porque"
    r"|(?:and|plus|so) (?:i|my|we|he|she|it|they|then|that|now|nobody|everyone|there|i'm|it's)"
    r"|and (?:the|our|his|her|their) (?:\S+ ){1,3}(?:is|are|was|were|has|had|have|wants?|keeps?|says?"
    r"|said|thinks?"
    r"|does|did|will|would|can't|won't|doesn't|needs?|comes?|gets?))\b)",
    re.IGNORECASE,
)
# Where a clause that is still too long has another whole one within.
_WITHIN = re.compile(
    r"(?<!\s)\s+(?:and|that|since|so|plus|when|if|after|until|which means)\s+"
    r"(?=(?:i|we|he|she|they|it|nobody|everyone|there|i'm|i've|i'd|we're|it's|he's|she's|they're|my \w+"
    r"|the \w+) )",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"^(?:that|who|which|whose|where)\s+", re.IGNORECASE)
_BESIDE = re.compile(r"(?:(?<!\s)\s+)?\([^()]*\)")
_TAKEN_BACK = re.compile(
    r"^.*\b(?:actually,? no|no,? wait|or rather|scratch that|on second thoughts?|well,? no"
    r"|wait,? no)\b[\s,.:-]*"
    r"(?=.*\w{2})",
    re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so(?! that\b)|well|basically|um+|uh|hmm|yeah|yes|and|but|or|because|oops"
    r"|lol|also"
    r"|anyway|und|et|y)\b"
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
_FEELS = re.compile(
    r"\b(?:afraid|fear\w*|scare[ds]?|scary|worr\w+|hate|hated|love[ds]?|tired|angry|anxious|nervous"
    r"|asham\w+|proud"
    r"|lonely|lost|stuck|overwhelm\w*|invisible|guilt\w*|useless|stupid|hurts?|cry|crying|exhaust\w+|dread\w*"
    r"|bored|frustrat\w+|embarrass\w*|unfair|happy|enjoy\w*|miss|panic\w*|terrified|sick of|fed up|drown\w*"
    r"|drives me|idiot|fool|incompetent|fraud|impost[eo]r|left behind|ashamed|kills? me|traitor|failure"
    r"|respect\w*|trust\w*|dream\w*|awkward|humiliat\w+|jealous|relie\w+"
    r"|behind my back"
    r"|angst|kränkt|müde|peur|miedo)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:want|need|wish|hope|matters?|can'?t|cannot|never|always|keeps?|avoid\w*|because|but|feel\w*|felt"
    r"|honestly|really|instead|would|could|decid\w+|fails?|lose|promis\w+|nobody|no one|without|too much"
    r"|yet|still"
    r"|even though|weil|aber|möchte|will|parce|mais|veux|quiero|porque|pero)\b",
    re.IGNORECASE,
)
_TORN = re.compile(
    r"\b(?:don'?t know (?:if|whether|how)|not sure (?:if|whether|how)|can'?t decide|whether|torn between"
    r"|should i)\b",
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
    r"|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}|^\s*[\w.]+\(.*\);?\s*$"
    r"|^\s*(?:def|import|SELECT|const|var|let) .*[=(;*]",
)
_LOGGED = re.compile(r"\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|\w+(?:Exception|Error))\b")
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
    return (
        _PASTED.search(line) is not None or _is_logged(line) or (len(line) > 24 and letters < 0.6 * len(line))
    )


def _is_logged(line: str) -> bool:
    found = _LOGGED.search(line)
    return found is not None and any(mark in line[found.end() :] for mark in ":[(-")


def is_cursing(text: str) -> bool:
    """Return whether a text swears."""
    return _SWEARS.search(text) is not None


def clause(text: str, longest: int = LONGEST) -> str:
    """Return the part to give back, in one line and without a mark at its end; empty where nothing is."""
    found = list(_candidates(_TAKEN_BACK.sub("", prose(text)), longest))
    return max(found, key=_worth) if found else ""


def beginning(text: str, longest: int) -> str:
    """Return the beginning of a text, up to where a part of it ends."""
    return _bare(_shortened(" ".join(prose(text).split()), longest))


def _candidates(text: str, longest: int) -> Iterator[str]:
    """Yield a short text whole, else what fits of each sentence."""
    flat = " ".join(text.split())
    most = ENOUGH if re.search(r"[.!?] ", flat) else longest
    if len(flat.split()) <= most and "? " not in flat and (whole := _bare(_LEADING.sub("", flat))):
        yield whole
    for sentence in _SENTENCES.split(text):
        said = " ".join(sentence.split())
        yield from _of_sentence(said, longest)
        if len(bare := _BESIDE.sub("", said)) < len(said):
            yield from _of_sentence(bare, longest)


def _of_sentence(sentence: str, longest: int) -> Iterator[str]:
    """Yield the runs of clauses that fit; of a clause too long the clauses within, and its beginning."""
    clauses = [part.strip() for part in _CLAUSES.split(sentence) if part.strip()]
    for start in range(len(clauses)):
        for end in range(start + 1, len(clauses) + 1):
            run = _joined(sentence, clauses[start:end])
            if end > start + 1 and len(run.split()) > longest:
                break
            is_scrap = len(clauses[end - 1].split()) < SCRAP or _DANGLING.search(run.rstrip(" ,:"))
            if start < end - 1 < len(clauses) - 1 and is_scrap:
                continue
            if start and _RELATIVE.match(run):
                run = _RELATIVE.sub("", run) if run.lower().startswith("that ") else ""
            yield from _fitting(_LEADING.sub("", run) or run, longest)


def _fitting(run: str, longest: int) -> Iterator[str]:
    """Yield a run if it fits, else what of it does."""
    parts = [run] if len(run.split()) <= longest else [_shortened(run, CUT), *_WITHIN.split(run)[1:]]
    yield from (fitting for part in parts if len(part.split()) <= longest and (fitting := _bare(part)))


def _joined(sentence: str, clauses: list[str]) -> str:
    """Return a run of clauses as it stands in its sentence."""
    begin = sentence.find(clauses[0])
    end = sentence.find(clauses[-1], begin) + len(clauses[-1])
    return sentence[begin:end]


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
    if words.count("(") != words.count(")"):
        words = words.split("(", maxsplit=1)[0] if ")" not in words else ""
    bare = words.strip(' \t.,;:!?-–—"“”*_>#')
    return bare.replace("?", "") if _WORD.search(bare) or any(map(str.isdigit, bare)) else ""


def _worth(words: str) -> float:
    """Return how much a part says: what it feels and tells of, whether it is their own, whole and short."""
    count = len(words.split())
    feels = min(2, len(set(map(str.lower, _FEELS.findall(words)))))
    tells = min(3, len(set(map(str.lower, _TELLS.findall(words)))))
    whole = 0.0 if words.endswith("…") else 1.5
    scraps = 1.5 if count < 3 else 0.0
    own = _OWN.search(words) is not None
    length = 2 * min(count, ENOUGH) / ENOUGH - 0.1 * max(0, count - ENOUGH)
    torn = 1.5 * (_TORN.search(words) is not None)
    return torn + 1.5 * feels + 0.7 * tells + own + length + whole - scraps - 4 * is_cursing(words)
