"""The port to a language model: a question of a closed shape, an answer of that shape or why there is none.

Nothing here knows a provider. What implements it is loaded only where an admin has configured a model.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr

from kernel.values import Kept, Value

S = TypeVar("S", bound=Value)
R = TypeVar("R")
VERSION = 2  # of what people agree to: raise it when more, or something else, is sent


class Terms(Kept):
    """What a person agrees to: which version of the text, and where their words go."""

    provider: str
    host: str
    model: str
    version: int = VERSION

    @property
    def seal(self) -> str:
        """A short word that is another one as soon as anything in them is."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=6).hexdigest()


class Access(Value):
    """Where a model is, how it is reached, and how many *seconds* a turn may take."""

    provider: str
    model: str
    url: str
    key: SecretStr = SecretStr("")
    seconds: float = 8.0

    @property
    def secret(self) -> str:
        """The key as it is sent; local models take any."""
        return self.key.get_secret_value() or "none"

    @property
    def terms(self) -> Terms:
        """What people agree to before their words go there."""
        return Terms(provider=self.provider, host=urlsplit(self.url).netloc, model=self.model)


class Unfit(ValueError):
    """An answer that is of the right shape, and yet must not be shown; says why, for the model to hear."""


@dataclass(frozen=True, slots=True)
class ModelQuestion(Generic[S, R]):
    """What a model is asked: *data* is all that leaves; *fit* makes use of the answer, or raises Unfit."""

    instructions: str
    data: str
    shape: type[S]
    fit: Callable[[S], R]


@dataclass(frozen=True, slots=True)
class Given(Generic[R]):
    """What came of a question. *sent* is every request as it left; *why* says what was wrong.

    That is `busy` where too many are under way, `late`, `unfit` where no answer could be shown, `status` with
    the number that the provider answered with, or the kind of error.
    """

    answer: R | None
    sent: tuple[str, ...] = ()
    why: str = ""


class LanguageModel(Protocol):
    """A language model somewhere else. It is given no tools, and never raises: whatever fails is a Given."""

    @property
    def terms(self) -> Terms:
        """What people agree to before their words go there."""

    async def ask(self, question: ModelQuestion[S, R], /) -> Given[R]:
        """Its answer, checked, within the seconds that a turn may take."""
