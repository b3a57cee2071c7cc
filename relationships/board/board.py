"""What somebody says of their board themselves, and what they were asked about it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self, TypeAlias, get_args

from pydantic import AwareDatetime, Field

from kernel.desk import Role
from kernel.errors import Invalid, NotFound
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.policy import Section
from kernel.values import Document, Kept, PersonId, TopicId, Value

BOARDS = ListName("board-of")
ON_BOARDS = ListName("on-boards-of")
BOARD_LOOK = AgendaKind("board_look", "relationships.board.prompts.look")
BOARD_PICTURE = AgendaKind("board_picture", "slackapp.delivery.board_pictures.BoardPictures.send")
BOARD_GAP = CardKind("board-gap", "board")
BOARD_IN_WORDS = CardKind("board-in-words", "board")

ROLES: tuple[Role, ...] = get_args(Role)
Arena = Literal["team", "function", "site"]
ARENAS: tuple[Arena, ...] = get_args(Arena)
# What is missing: a role that nobody fills, or people from another corner.
Gap: TypeAlias = Literal["arena"] | Role
Whose = Literal["own", "other", "outside"]

MOST_MARKS, LONGEST_INITIALS, CLOSEST = 60, 4, 5
UNHEEDED = 2  # questions in a row; then none follow
FIRST_AFTER = timedelta(days=14)
ALIKE = 0.6  # share of one arena from which on people count as much alike


class BoardRules(Value):
    """What admins choose about boards."""

    advice_topics: tuple[TopicId, ...] = Field(
        default=tuple(TopicId(it) for it in ("people-skills", "career", "onboarding", "well-being-at-work")),
        description="a talk about these, or what is below them, is advice; about anything else it is craft",
    )
    ask_every_days: int = Field(
        default=91,
        ge=0,
        le=366,
        description="how often an empty seat is brought up at most: once a quarter. 0: never",
    )


RULES = Section("board", BoardRules, "who stands for somebody in which role, for their eyes only")


class Mark(Kept):
    """What the owner says of one person: a colleague, or somebody outside by initials.

    *roles* and *closeness* are none where they are as what happened says. *is_off*: not on the board.
    """

    person_id: PersonId | None = None
    initials: str = ""
    roles: tuple[Role, ...] | None = None
    closeness: int | None = None
    last_at: AwareDatetime | None = None
    is_off: bool = False


class BoardReading(Kept):
    """What a board amounts to: how many people, and how many in effect.

    *alike* is the effective number of teams, functions or sites, whichever *arena* says most; *biggest* is
    how many share one, and *whose* that is. *roles* is the effective number of roles, *filled* those that
    somebody fills. *size* is Burt's effective size, where the owner has said who knows whom, in *pairs*.
    """

    people: int = 0
    arena: Arena | None = None
    alike: float = 0.0
    biggest: int = 0
    whose: Whose = "own"
    roles: float = 0.0
    filled: tuple[Role, ...] = ()
    pairs: int = 0
    size: float = 0.0

    @property
    def is_alike(self) -> bool:
        """Whether most of them share one arena."""
        return self.people > 1 and self.biggest >= ALIKE * self.people and self.arena is not None


class Prompt(Kept):
    """That an empty seat was brought up: which, when, and what the owner did: took it up, or not now."""

    number: int
    gap: Gap
    at: AwareDatetime
    answer: Literal["taken", "not_now"] | None = None


class Board(Document):
    """The document under a person's id: their own marks, and whether the rest fills itself.

    *marks* are by the person's id, or `out-<number>` outside. *knows* are pairs of these who know each other,
    in order. *unheeded* counts the prompts in a row without an answer.
    """

    kind: ClassVar[str] = "board"
    id: PersonId
    begun_at: AwareDatetime
    fills: bool = True
    marks: Mapping[str, Mark] = Field(default_factory=dict)
    knows: tuple[tuple[str, str], ...] = ()
    outsiders: int = 0
    reading: BoardReading = BoardReading()
    prompt: Prompt | None = None
    next_prompt_at: AwareDatetime | None = None
    unheeded: int = 0
    pictures: int = 0

    def lists(self) -> Mapping[str, datetime]:
        """The person's own, so that it is read with the Home tab, and of each colleague it names."""
        others = {ON_BOARDS.of(it): self.begun_at for it in self.named}
        return {BOARDS.of(self.id): self.begun_at, **others}

    @property
    def named(self) -> list[PersonId]:
        """The colleagues whom the owner said something of."""
        return [it.person_id for it in self.marks.values() if it.person_id]

    @property
    def is_hushed(self) -> bool:
        """Whether no prompt comes any more, since the last ones got no answer."""
        return self.unheeded >= UNHEEDED

    def add(self, mark: Mark) -> tuple[Self, str]:
        """Add somebody by hand; return the board and their key. Whoever was taken off comes back."""
        if len(self.marks) >= MOST_MARKS and mark.person_id not in self.marks:
            raise Invalid("colleague", "too_many", limit=MOST_MARKS)
        number = self.outsiders + (mark.person_id is None)
        key = str(mark.person_id or f"out-{number}")
        return self._with({**self.marks, key: mark}).model_copy(update={"outsiders": number}), key

    def change(self, key: str, mark: Mark, knows: Iterable[str]) -> Self:
        """Say something else of somebody, and whom of the others they know."""
        if len(self.marks) >= MOST_MARKS and key not in self.marks:
            raise Invalid("colleague", "too_many", limit=MOST_MARKS)
        others = tuple(pair for pair in self.knows if key not in pair)
        pairs = {(min(key, it), max(key, it)) for it in knows if it != key}
        marked = self._with({**self.marks, key: mark})
        return marked.model_copy(update={"knows": tuple(sorted({*others, *pairs}))})

    def take_off(self, key: str) -> Self:
        """Take somebody off: a colleague stays off, whatever happens; of somebody outside nothing is kept."""
        if not key.startswith("out-"):
            off = Mark(person_id=PersonId(key), is_off=True)
            return self.change(key, off, ())
        if key not in self.marks:
            raise NotFound("seat", key)
        return self.without(key)

    def without(self, key: str) -> Self:
        """Keep nothing of somebody."""
        kept = {it: mark for it, mark in self.marks.items() if it != key}
        pairs = tuple(pair for pair in self.knows if key not in pair)
        return self._with(kept).model_copy(update={"knows": pairs})

    def fill(self, fills: bool) -> Self:
        """Have it fill itself from what happens here, or not."""
        return self.model_copy(update={"fills": fills})

    def heed(self, now: datetime, every_days: int) -> Self:
        """Note that its owner has done something with it: prompts come as planned."""
        begins_anew = self.is_hushed or self.next_prompt_at is None
        after = FIRST_AFTER if self.prompt is None else timedelta(days=every_days)
        at = now + after if begins_anew else self.next_prompt_at
        return self.model_copy(update={"unheeded": 0, "next_prompt_at": at})

    def bring_up(self, gap: Gap, now: datetime, every_days: int) -> Self:
        """Note that an empty seat is brought up, and when the next may be."""
        number = self.prompt.number + 1 if self.prompt else 1
        prompt, unheeded = Prompt(number=number, gap=gap, at=now), self.unheeded + 1
        next_at = None if unheeded >= UNHEEDED else now + timedelta(days=every_days)
        return self.model_copy(update={"prompt": prompt, "unheeded": unheeded, "next_prompt_at": next_at})

    def answer(self, number: int, answer: Literal["taken", "not_now"]) -> Self:
        """Note what became of the latest prompt; the first tap to fill the seat stays."""
        if self.prompt is None or self.prompt.number != number or self.prompt.answer == "taken":
            return self
        return self.model_copy(update={"prompt": self.prompt.model_copy(update={"answer": answer})})

    def read_as(self, reading: BoardReading) -> Self:
        """Note what it amounts to."""
        return self.model_copy(update={"reading": reading})

    def draw(self) -> Self:
        """Count one more picture of it."""
        return self.model_copy(update={"pictures": self.pictures + 1})

    def _with(self, marks: Mapping[str, Mark]) -> Self:
        return self.model_copy(update={"marks": dict(marks)})


def checked_initials(text: str) -> str:
    """Initials without blanks and dots, in capitals; refuse what may be a name."""
    letters = "".join(it for it in text if not it.isspace() and it not in ".-").upper()
    if not letters.isalpha() or len(letters) > LONGEST_INITIALS:
        raise Invalid("initials", "no_initials", limit=LONGEST_INITIALS)
    return letters
