"""What somebody's words are about, where that calls for another question than the usual one. Pure."""

from enum import StrEnum

from coaching.language.numbers import one_of


class Theme(StrEnum):
    """What words are about; of several the first counts."""

    TORN = "torn"
    FEAR = "fear"
    WORN = "worn"
    BARRED = "barred"
    WISH = "wish"


_SHOWN = {
    Theme.TORN: one_of(
        r"\b(?:whether|torn|decide|decision|deciding|choose|choice|yes or no|stay or|leave or|or not)\b"
        r"|\b(?:should|shall) i\b|\bif i should\b|\bdon'?t know (?:if|whether)\b",
    ),
    Theme.FEAR: one_of(
        r"\b(?:afraid|scared|scares|scary|fear\w*|worried|worry|worries|nervous|anxious|terrified"
        r"|panic\w*|dread\w*"
        r"|frightened|lose (?:my|the|his|her|their) \w+)\b",
    ),
    Theme.WORN: one_of(
        r"\b(?:tired|exhausted|exhausting|drained|no energy|worn out|burnt out|burned out|wired|too much"
        r"|overload\w*"
        r"|overwhelm\w*|no time|drowning|sleep badly|can'?t sleep|haven'?t slept)\b",
    ),
    Theme.BARRED: one_of(
        r"\b(?:tried|nothing (?:stuck|worked|works|helped|helps|changed|changes)|didn'?t (?:work|help"
        r"|answer|reply|change)"
        r"|hasn'?t (?:answered|replied|changed)|got told off|said no|refused|turned (?:me|it) down)\b",
    ),
    Theme.WISH: one_of(
        r"\b(?:want|wish|would like|like|hope|need|trying|try|learn|wants|love|wanna) to\b|\bi'?d (?:like"
        r"|love) to\b"
        r"|^\W*(?:get|be|become|stop|start|read|write|sleep|learn|drink|eat|leave|take|exercise|quit|say)\b"
        r"|\bi (?:want|wish)\b|\bwanna\b",
    ),
}


def themes(text: str) -> tuple[Theme, ...]:
    """Return what a text is about, by the first that counts."""
    said = text.replace("’", "'")
    return tuple(theme for theme, shape in _SHOWN.items() if shape.search(said))
