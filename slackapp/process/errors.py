"""Why the running program says no. Each becomes one sentence on the terminal, and an exit code.

Stop               the program cannot go on; carries the sentence to print
├── BadSettings    an environment variable is missing or malformed
├── PortTaken      another program listens there
├── BadFile        a file that was given has mistakes; the exit code is 1
├── SlackRefused   Slack does not accept the token, or cannot be reached
└── AlreadyRunning another process uses this data folder
Malformed          what came in has not the shape that Slack always gives it
UnknownKind        a newer release wrote this entry or card; it is left for one that knows it
Unrecorded         a message stands in Slack, and storage was away too long to write down where
LearnerFailed      the process that learns came to nothing; carries its last word
UnreadableText     a file is no text from a place on
MalformedCsv       a file is no CSV from a cell on
SlackSays          a call to Slack did not succeed; carries Slack's own word for it
├── RateLimited    too many calls; carries the seconds to wait
├── SlackAway      Slack cannot be reached or is in trouble: the same call may succeed later
│   └── AnswerLost Slack may have done what was asked: its answer never came, or was that it is in trouble
├── NotShownYet    the message that this one hangs on is still on its way
├── MessageGone    the message to change was deleted or is too old
├── TokenRefused   the token is not valid (any more)
└── Undeliverable  Slack will never take this: the person or conversation is gone, a scope is missing …
"""


class Stop(Exception):
    """The program cannot go on. *sentence* says what to do, *code* is what the program ends with."""

    code = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadSettings(Stop):
    """An environment variable is missing or malformed."""


class BadFile(Stop):
    """A file that was given has mistakes."""

    code = 1


class PortTaken(Stop):
    """Another program listens there."""


class SlackRefused(Stop):
    """Slack does not accept the token, or cannot be reached."""


class AlreadyRunning(Stop):
    """Another process uses this data folder."""


class MalformedPayload(Exception):
    """What came in has not the shape that Slack always gives it."""


class Unrecorded(Exception):
    """A message stands in Slack, and storage was away too long for writing down where."""


class UnknownKind(Exception):
    """A newer release wrote this kind of entry or card; it is left for one that knows it."""


class LearnerFailed(Exception):
    """The process that learns came to nothing. *code* is the name of its error, or how it ended."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SlackSays(Exception):
    """A call to Slack did not succeed. *code* is Slack's own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RateLimited(SlackSays):
    """Too many calls; *after* is how many seconds to wait."""

    def __init__(self, after: float) -> None:
        super().__init__("ratelimited")
        self.after = after


class SlackAway(SlackSays):
    """Slack cannot be reached or is in trouble: the same call may succeed later."""


class AnswerLost(SlackAway):
    """Slack may have done what was asked: its answer never came, or said that Slack is in trouble.

    *has_ended*: Slack is through with it; else it may still be on its way, and be done later.
    """

    def __init__(self, code: str, *, has_ended: bool = False) -> None:
        super().__init__(code)
        self.has_ended = has_ended


class NotShownYet(SlackSays):
    """The message that this one hangs on is still on its way."""


class MessageGone(SlackSays):
    """The message to change was deleted or is too old."""


class TokenRefused(SlackSays):
    """The token is not valid (any more): the app was removed, or installed anew with another one."""


class Undeliverable(SlackSays):
    """Slack will never take this."""


class UnreadableText(Exception):
    """This is no text from a place on; line and column count from 1."""

    def __init__(self, line: int, column: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.column, self.sentence = line, column, sentence


class MalformedCsv(Exception):
    """This is no CSV from here on."""

    def __init__(self, line: int, cell: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.cell, self.sentence = line, cell, sentence
