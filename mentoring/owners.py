"""Which document a card belongs to: its cards come after it and are dropped with it."""

from collections.abc import Mapping

HOME = "home"
# Things that are drawn from a document of another kind; those numbered end in `.<number>`.
DRAWN_FROM: Mapping[str, str] = {
    "cue": "talk",
    "peer-turn": "session",
    "post": "request",
    "profile-invite": "person",
    "sprint-nudge": "sprint",
    "sprint-partner": "sprint",
    "turn": "talk",
    "two-weeks-nudge": "two-weeks",
}
NUMBERED = frozenset({"peer-turn", "turn"})


def owner_of(thing: str, to: str) -> str:
    """Return `<kind>:<id>` of the document that a card of *thing*, shown to *to*, belongs to."""
    if thing == HOME:
        return f"person:{to}"
    kind, _, id = thing.partition(":")
    return f"{DRAWN_FROM.get(kind, kind)}:{id.rpartition('.')[0] if kind in NUMBERED else id}"


def outlives_its_owner(thing: str) -> bool:
    """Return whether a card may be there without its document: a Home tab, of someone not met yet."""
    return thing == HOME
