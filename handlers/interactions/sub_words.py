"""The words after a command: each with what answers it, its line in the help, and its other names."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from handlers.interactions.command_call import Call
from kernel.features import once


@dataclass(frozen=True, slots=True, kw_only=True)
class SubWord:
    """A word after a command, its line in the help, and what answers it, given the rest of the line.

    Without *takes_rest* it is one only where nothing follows. After `/ask-mentor` the rest may have *most*
    words; a longer line is a question. Where it *asks*, the rest is a question itself, of any length, and its
    name may be two words. After `/coach-me` a word that *takes_goal* is one where a goal follows, too.
    *also* are other words for it. Without *help* another's line names it.
    """

    help: str = ""
    answer: Callable[[Call, str], Awaitable[None]]
    takes_rest: bool = False
    takes_goal: bool = False
    most: int = 3
    asks: bool = False
    also: tuple[str, ...] = ()


class SubWords:
    """The sub-words of a command; raises Undeclared where two go by the same name, or by one that is *taken*.

    *names* are those that are shown and suggested, in the order in which they were declared.
    """

    def __init__(self, command: str, words: Iterable[tuple[str, SubWord]], taken: Iterable[str] = ()) -> None:
        declared = list(words)
        self.names = tuple(name for name, _ in declared)
        self.help = tuple(word.help for _, word in declared if word.help)
        every = [(it, name) for name, word in declared for it in (name, *word.also)]
        self._names = once(f"word of {command}", [*((it, it) for it in taken), *every])
        self._words = dict(declared)

    def named(self, typed: str) -> str:
        """The sub-word that goes by a name, in any case of its letters; nothing where none does."""
        name = self._names.get(typed.casefold(), "")
        return name if name in self._words else ""

    def __getitem__(self, name: str) -> SubWord:
        return self._words[name]


NO_WORDS = SubWords("", ())
