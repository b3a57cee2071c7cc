"""What speaks for a pair and against it, why somebody has no mentor, and who moves: in words.

Names and labels come as they are to be shown: escaped where Slack shows them, plain in a terminal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handlers.block_kit.counts import counted
from matching.pairing.moves import Move
from matching.pairing.values import (
    TEAM,
    TOPICS,
    BadPin,
    Bind,
    Ground,
    GroundKind,
    Obstacle,
    Pair,
    Pairing,
    Priority,
    Trait,
    Unpaired,
)

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
DEPTHS = {1: "knows the basics of {}", 2: "knows {} well", 3: "knows {} in depth"}
PLACES = (TEAM, "function", "site")
TOLD = 2  # grounds of a move: the strongest say why
A_LITTLE, CLEARLY = 2.0, 6.0  # points: the step from one wish to the next, and three of them
RULED_OUT: Mapping[Obstacle, str] = {
    Obstacle.ONESELF: "{} the same person",
    Obstacle.LINE: "{} above or below in the line of managers",
    Obstacle.NEVER: "{} not to be paired with, by their own wish or the mentor's",
    Obstacle.BANNED: "{} banned by an admin",
    Obstacle.THEIR_NEEDS: "{} asking for something else in a mentee",
}
UNTOLD = frozenset({Obstacle.LINE, Obstacle.NEVER})
APART = "{} not to be matched with them"
PIN_OUT: Mapping[Obstacle, str] = {
    Obstacle.LINE: "{mentee} and {mentor} can't be pinned: one is above the other in the line of managers.",
    Obstacle.NEVER: "{mentee} and {mentor} can't be pinned: one asked never to be paired with the other.",
    Obstacle.BANNED: "{mentee} and {mentor} are both pinned and banned: remove both, then choose one.",
    Obstacle.ONESELF: "{mentee} can't be pinned to themselves: remove the pin.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words for one cohort. *name* says what a person is called by their id, *topic* what a topic is.

    *value* says what stands in a column, as a team. Where it *keeps_quiet*, nobody is told whether two are
    kept apart by a wish or by the line of managers.
    """

    name: Callable[[str], str]
    topic: Callable[[str], str]
    priority: Priority = Priority.MOST_PAIRED
    keeps_quiet: bool = False
    value: Callable[[str], str] = str

    def speaks_for(self, pair: Pair) -> list[str]:
        """What speaks for a pair, the strongest first."""
        return [self.ground(it, pair.mentee_id, pair.mentor_id) for it in pair.grounds if it.is_for]

    def speaks_against(self, pair: Pair) -> list[str]:
        """What speaks against a pair, the strongest first."""
        return [self.ground(it, pair.mentee_id, pair.mentor_id) for it in pair.grounds if not it.is_for]

    def ground(self, ground: Ground, mentee_id: str, mentor_id: str) -> str:
        """One ground, to be read beside the two names."""
        mentee, mentor, kind = self.name(mentee_id), self.name(mentor_id), GroundKind
        has = self.trait(ground.trait) if ground.trait else ""
        is_place = ground.trait is not None and ground.trait.column in PLACES
        lacks, fits = ("isn't in", "is in it") if is_place else ("doesn't have", "has it")
        levels = counted(ground.amount, "level")
        return {
            kind.WISH: lambda: f"{mentee}'s {_nth(ground.amount)} wish",
            kind.THEIR_WISH: lambda: f"{mentor}'s {_nth(ground.amount)} wish",
            kind.NO_WISH: lambda: f"not among {mentee}'s wishes",
            kind.NEED: lambda: f"{mentor} {self._knows(ground)}, as {mentee} needs",
            kind.NO_NEED: lambda: f"{mentee} needs {has}, which {mentor} {lacks}",
            kind.THEIR_NEED: lambda: f"{mentor} needs {has} in a mentee, and {mentee} {fits}",
            kind.THEIR_NO_NEED: lambda: f"{mentor} needs {has} in a mentee, which {mentee} {lacks}",
            kind.WANT: lambda: f"{mentor} {self._knows(ground)}, as {mentee} would like",
            kind.NO_WANT: lambda: f"{mentee} would like {has}, which {mentor} {lacks}",
            kind.THEIR_WANT: lambda: f"{mentor} would like {has} in a mentee, and {mentee} {fits}",
            kind.THEIR_NO_WANT: lambda: f"{mentor} would like {has} in a mentee, which {mentee} {lacks}",
            kind.ABOVE: lambda: f"{levels} above {mentee}",
            kind.BELOW: lambda: f"{levels} below {mentee}",
            kind.SAME_TEAM: lambda: f"same team ({self.value(ground.trait.value) if ground.trait else ''})",
        }[ground.kind]()

    def trait(self, trait: Trait) -> str:
        """A topic by its label, anything else with its column."""
        return (
            self.topic(trait.value)
            if trait.column == TOPICS
            else f"{self.value(trait.value)} ({trait.column})"
        )

    def why_unpaired(self, alone: Unpaired) -> str:
        """In one or two sentences why somebody has no mentor."""
        has = _and([self.trait(trait) for trait in alone.traits])
        match alone.bind:
            case Bind.NOBODY_HAS:
                return f"No mentor has {'both ' if len(alone.traits) == 2 else ''}{has}."
            case Bind.RULED_OUT:
                return self._ruled_out(alone, f" with {has}" if has else "")
            case Bind.FEW_PLACES:
                return self._few_places(alone, has)
            case Bind.SMALL_CIRCLE:
                return f"Their circle would have had fewer than {alone.people} people."
            case Bind.NOTHING_FOR:
                return "For every mentor they could have, the reasons against outweigh the reasons for."
            case Bind.OTHERS_FIRST:
                return "Giving them a place would cost others more than it would help them."

    def move(self, move: Move) -> str:
        """Who somebody has now instead of whom, and what that means for the two."""
        who, old, new = self.name(move.mentee_id), move.before, move.after
        if old is None:
            return f"{who}: now with {self.name(new or '')}"
        if new is None:
            return f"{who}: no longer with {self.name(old)}, and with nobody now"
        lost = [self.ground(it, move.mentee_id, old) for it in move.lost if it.is_for][:TOLD]
        won = [self.ground(it, move.mentee_id, new) for it in move.won if it.is_for][:TOLD]
        said = [f"was: {'; '.join(lost)}"] * bool(lost) + [f"now: {'; '.join(won)}"] * bool(won)
        return f"{who}: from {self.name(old)} to {self.name(new)}, {_by_how_much(move.gained)}" + (
            f" ({' — '.join(said)})" if said else ""
        )

    def proof(self, pairing: Pairing, mentees: int, *, is_decided: bool = False) -> str:
        """How many are paired, and how sure it is that no other pairing is better.

        *is_decided*: pins or bans hold, and others may be better without them.
        """
        paired = f"{len(pairing.pairs)} of {counted(mentees, 'mentee')} paired"
        if pairing.more:
            more = counted(pairing.more, "more", "more")
            return f"{paired}. At most {more} could be."
        if pairing.slack:
            steps = max(1, round(pairing.slack / A_LITTLE))
            worth = counted(steps, "step")
            return f"{paired}. That's within {worth} of the best there can be; one wish up or down is a step."
        if self.priority is Priority.MOST_PAIRED and len(pairing.pairs) < mentees:
            lead = ". With your pins and bans, nobody" if is_decided else ": nobody"
            return f"{paired}{lead} more can be, and no other such pairing fits better."
        lead = "With your pins and bans, no" if is_decided else "No"
        return f"{paired}. {lead} other pairing fits better."

    def bad_pin(self, no: BadPin) -> str:
        """Why two can't be pinned, and what to do."""
        mentee, mentor = self.name(no.two.mentee_id), self.name(no.two.mentor_id)
        if self.keeps_quiet and no.obstacle in UNTOLD:
            return f"{mentee} and {mentor} can't be matched, so they can't be pinned."
        if no.obstacle:
            return PIN_OUT[no.obstacle].format(mentee=mentee, mentor=mentor)
        if no.fewest:
            circle = f"a circle that would have {no.pinned} and needs {no.fewest}"
            return f"{mentee} is pinned to {mentor} in {circle}: remove the pin."
        if no.pinned:
            few = f"{_places(no.places)} and {no.pinned} pinned mentees"
            return f"{mentor} has {few}: give {mentor} more places, or remove a pin."
        return f"{mentee} is pinned to several mentors: remove all but one."

    def _knows(self, ground: Ground) -> str:
        trait = ground.trait or Trait("", "")
        if trait.column == TOPICS:
            return DEPTHS[ground.amount].format(self.topic(trait.value))
        return f"{'is in' if trait.column in PLACES else 'has'} {self.trait(trait)}"

    def _ruled_out(self, alone: Unpaired, having: str) -> str:
        count = sum(alone.obstacles.values())
        everyone = {1: f"The only mentor{having} is", 2: f"Both mentors{having} are"}
        who = everyone.get(count, f"All {count} mentors{having} are")
        reasons: Counter[str] = Counter()
        for obstacle, number in alone.obstacles.items():
            reasons[APART if self.keeps_quiet and obstacle in UNTOLD else RULED_OUT[obstacle]] += number
        out = [said.format("" if len(reasons) == 1 else number) for said, number in reasons.items()]
        return f"{who} ruled out: {_and([it.strip() for it in out])}."

    def _few_places(self, alone: Unpaired, has: str) -> str:
        places = _places(alone.places)
        if has:
            there = "there is" if alone.places == 1 else "there are"
            return f"{alone.people} people need {has}, and {there} {places} for it."
        if alone.mentors:
            names = _or([self.name(id) for id in alone.mentors])
            with_whom = "can only go to" if self.priority is Priority.MOST_PAIRED else "fit only"
            return f"{alone.people} people {with_whom} {names}: {places}."
        return f"{alone.people} people for {places}."


def _places(count: int) -> str:
    return counted(count, "place")


def _by_how_much(gained: float) -> str:
    if gained == 0:
        return "as good as before"
    size = "a little " if abs(gained) <= A_LITTLE else "" if abs(gained) <= CLEARLY else "much "
    return f"{size}{'better' if gained > 0 else 'worse'}"


def _nth(place: int) -> str:
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}th"


def _and(words: Iterable[str]) -> str:
    return _joined(list(words), "and")


def _or(words: Iterable[str]) -> str:
    return _joined(list(words), "or")


def _joined(words: list[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
