"""Which document a card belongs to: its cards come after it and are dropped with it."""

from collections.abc import Mapping

# What is drawn of no document: it goes with its reader, who may not have been met yet.
OF_READER = frozenset({"away", "home"})
# Things that are drawn from a document of another kind. What is numbered ends in `.<number>`, and what has
# parts in `/<number>`.
DRAWN_FROM: Mapping[str, str] = {
    "cue": "talk",
    "enrolled": "person",
    "peer-turn": "session",
    "post": "request",
    "profile-invite": "person",
    "sprint-nudge": "sprint",
    "sprint-partner": "sprint",
    "turn": "talk",
    "unchanged": "session",
    "two-weeks-nudge": "two-weeks",
}
NUMBERED, IN_PARTS = frozenset({"peer-turn", "turn"}), frozenset({"said"})


def owner_of(thing: str, to: str) -> str:
    """Return `<kind>:<id>` of the document that a card of *thing*, shown to *to*, belongs to."""
    kind, _, id = thing.partition(":")
    if kind in OF_READER:
        return f"person:{to}"
    if kind in NUMBERED:
        id = id.rpartition(".")[0]
    return f"{DRAWN_FROM.get(kind, kind)}:{id.partition('/')[0] if kind in IN_PARTS else id}"


def outlives_its_owner(thing: str) -> bool:
    """Return whether a card may be there without its document, as a Home tab of someone not met yet."""
    return thing.partition(":")[0] in OF_READER
