"""What the stand-in refuses.

PlaygroundError
├── SlackError    the Web API's {"ok": false, "error": code, …}
│   └── RateLimited   the same with status 429 and Retry-After
├── Damaged       what was kept cannot be read any more
└── NotPossible   what Slack's own client would not let a person do, as a sentence
ServerFailure     a broken Slack is played: the answer is a bare 500
"""

from typing import Any


class PlaygroundError(Exception):
    """Anything that the playground refuses on purpose."""


class SlackError(PlaygroundError):
    """An error answer of the Web API: *code* is Slack's own word, *facts* go beside it."""

    def __init__(self, code: str, *messages: str, **facts: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages
        self.facts = facts

    def payload(self) -> dict[str, Any]:
        """The JSON body that the Web API answers."""
        details = {"response_metadata": {"messages": list(self.messages)}} if self.messages else {}
        return {"ok": False, "error": self.code, **self.facts, **details}


class TooManyCalls(SlackError):
    """Too many calls of one method; *retry_after* in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class Damaged(PlaygroundError):
    """A file does not hold what was written there. The message says which, and what to do."""


class NotPossible(PlaygroundError):
    """Something that Slack's own client would not let a person do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ServerFailure(Exception):
    """The stand-in plays a broken Slack: the answer is a bare 500."""
