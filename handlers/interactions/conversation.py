"""How a feature appears in Slack: its listeners, cards, rows of the Home tab, commands and their words."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.command_call import Call
from handlers.interactions.ports import App
from handlers.interactions.sub_words import NO_WORDS, SubWord, SubWords
from handlers.interactions.threads import Thread
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.features import Feature
from kernel.kinds import ListName
from kernel.store import D, Key, Snapshot
from kernel.values import Document, PersonId
from kernel.working_hours import local_day
from mentoring.admins.reports import Bond
from mentoring.model.load import Load
from mentoring.model.person import Person

# Answers a slash command: what was sent, and what Slack says of it. Its parameters bear these names.
Command = Callable[[Call, dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Adds what a feature knows to another's card, read in the same round trip as that.

    *beside* names what is read with the card; *seen* returns, of that, what makes a picture of the picture.
    """

    beside: Callable[["Reader"], Iterable[Key]]
    seen: Callable[[Snapshot, "Reader"], Callable[[Picture], Picture]]


def unchanged(picture: Picture) -> Picture:
    """A card as it was drawn."""
    return picture


@dataclass(frozen=True, slots=True)
class AlertWords:
    """How admins read of an alert: a *title* of its facts, in mrkdwn, and that its cause has *gone*."""

    title: Callable[[Mapping[str, Any]], str]
    gone: str = ""


def _name(it: Any, who: PersonId, name: str) -> str:
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonded:
    """How *Something is wrong* stands on the *cards* on which people are joined, by kind, and what it says.

    *what* they have together, as "a mentorship", stands in what admins read; *told* says who was who in it,
    in mrkdwn. *end* is what ends it at once, at most 75 characters, and *follows* what follows from a report.
    Where there are several whom it may be about, *label* is what one of them is called, made of their name.
    """

    bond: Bond[Any]
    cards: tuple[str, ...] = ()
    what: str
    end: str
    follows: str
    told: Callable[[Any], str]
    label: Callable[[Any, PersonId, str], str] = _name


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a card: *id* is that of the thing, with the number of its turn where it has one.

    *ask_words* are what can be typed after `/ask-mentor`; *overlay* is what another feature adds to the card;
    *alerts* say what an alert is about, *bonds* what a report is.
    """

    desk: Desk
    id: str
    to: PersonId
    now: datetime
    ask_words: SubWords = NO_WORDS
    overlay: Overlay | None = None
    alerts: Mapping[str, AlertWords] = field(default_factory=dict)
    bonds: Mapping[str, Bonded] = field(default_factory=dict)

    @property
    def beside(self) -> list[Key]:
        """What is read for the overlay."""
        return list(self.overlay.beside(self)) if self.overlay else []

    def over(self, read: Snapshot) -> Callable[[Picture], Picture]:
        """What the overlay makes of the card's picture."""
        return self.overlay.seen(read, self) if self.overlay else unchanged

    @property
    def numbered(self) -> tuple[str, int]:
        """The id of the document behind `<id>.<number>`, and the number."""
        id, _, number = self.id.rpartition(".")
        return id, int(number)


# Draws a card as things stand now; None where there is nothing to show.
Painter = Callable[[Reader], Awaitable[Picture | None]]


def _alone(reader: Reader) -> Iterable[Key]:
    return ()


def drawn(
    type: type[D],
    draw: Callable[[D, Snapshot, Reader], Picture | None],
    beside: Callable[[Reader], Iterable[Key]] = _alone,
) -> Painter:
    """The painter of a card that is drawn of one document, and of others read at the same moment.

    What the card's id names of these, *beside*, is read with it in one round trip.
    """

    async def paint(reader: Reader) -> Picture | None:
        def view(read: Snapshot) -> Picture | None:
            found = read.find(type, reader.id)
            picture = draw(found, read, reader) if found is not None else None
            return reader.over(read)(picture) if picture else None

        load = [Key(type, reader.id), *beside(reader), *reader.beside]
        return await reader.desk.store.look(view, load=load)

    return paint


def drawn_aside(type: type[D], draw: Callable[[D, Reader], Picture | None]) -> Painter:
    """The painter of a card that is drawn of one document in a thread, since that takes a while."""

    async def paint(reader: Reader) -> Picture | None:
        found = await reader.desk.find(type, reader.id)
        return await asyncio.to_thread(draw, found, reader) if found is not None else None

    return paint


@dataclass(frozen=True, slots=True)
class Overview:
    """What a person's Home tab is made of, all read at one moment: documents by list, newest first.

    *totals* are the lengths of whole lists; *related* is what a part of the tab read besides, by its name.
    *alerts* say what an alert is about, *bonds* what a report is.
    """

    me: PersonId
    person: Person | None
    desk: Desk
    now: datetime
    documents: Mapping[ListName, Sequence[Document]] = field(default_factory=dict)
    totals: Mapping[ListName, int] = field(default_factory=dict)
    related: Mapping[str, Any] = field(default_factory=dict)
    load: Load | None = None
    alerts: Mapping[str, AlertWords] = field(default_factory=dict)
    bonds: Mapping[str, Bonded] = field(default_factory=dict)

    def of(self, name: ListName, type: type[D]) -> Sequence[D]:
        """The documents of a list."""
        return [it for it in self.documents.get(name, ()) if isinstance(it, type)]

    def total(self, name: ListName) -> int:
        """How long a list is, whatever is shown of it."""
        return self.totals.get(name, 0)

    @property
    def today(self) -> date:
        """Which day it is where the person is."""
        return local_day(self.now, self.person.zone if self.person else "UTC")


def _nothing(overview: Overview) -> list[Block]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePart:
    """A part of the Home tab: what of *lists* is *waiting* for the person, and what stands in a *section*.

    Of each list the newest are read; *most* says how many. *counts* are lists whose whole length is wanted;
    of those in *waits_in* it is said how many more there are. *also* reads what belongs to the documents of
    its lists, at the same moment; what it surely reads, *beside*, comes in the same round trip. Parts stand
    in order of *waits_at* and *stands_at*; a newcomer sees the sections that *greet* alone.
    """

    name: str
    lists: Mapping[ListName, type[Document]] = field(default_factory=dict)
    most: int = 5
    counts: tuple[ListName, ...] = ()
    waits_in: tuple[ListName, ...] = ()
    beside: tuple[Key, ...] = ()
    also: Callable[[Snapshot, Mapping[ListName, Sequence[Document]]], Any] = lambda read, documents: None
    waiting: Callable[[Overview], list[Block]] = _nothing
    waits_at: int = 100
    section: Callable[[Overview], list[Block]] = _nothing
    stands_at: int = 100
    greets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One feature in Slack. A new one is declared in its own folder, and named once in `conversations.py`.

    *listen* registers its buttons and forms. *painters* draw its cards, by kind of document or card;
    *overlays* add to those of other features, as far as these draw them with `drawn` or ask their reader.
    *coach_words* and *ask_words* may follow `/coach-me` and `/ask-mentor`; *commands* are its own, each with
    its slash. *threads* say who gets what is written below a card, by the kind of its document. *refusals*
    say in words, as mrkdwn, what the feature refuses, and *field_refusals* what is wrong with a field, by its
    name and the problem. *alerts* say what admins are told, by what an alert is about. *bonds* join people,
    so that what is wrong between them can be reported. Forms of *answers_itself* say themselves whom to turn
    to where a text speaks of distress.
    """

    feature: Feature
    listen: tuple[Callable[[App], None], ...] = ()
    painters: Mapping[str, Painter] = field(default_factory=dict)
    overlays: Mapping[str, Overlay] = field(default_factory=dict)
    home: tuple[HomePart, ...] = ()
    coach_words: Mapping[str, SubWord] = field(default_factory=dict)
    ask_words: Mapping[str, SubWord] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    threads: Mapping[str, Thread] = field(default_factory=dict)
    refusals: Mapping[type[Refusal], Callable[[Any], str]] = field(default_factory=dict)
    field_refusals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    alerts: Mapping[str, AlertWords] = field(default_factory=dict)
    bonds: tuple[Bonded, ...] = ()
    answers_itself: frozenset[str] = frozenset()
