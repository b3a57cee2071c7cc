"""Why the running program says no. Each becomes one sentence on the terminal, and an exit code.

Stop               the program cannot go on; carries the sentence to print
├── BadSettings    an environment variable is missing or malformed
├── PortTaken      another program listens there
├── SlackRefused   Slack does not accept the token, or cannot be reached
└── AlreadyRunning another process uses this data folder
LearnerFailed      the process that learns came to nothing; carries its last word
SlackSays          a call to Slack did not succeed; carries Slack's own word for it
├── RateLimited    too many calls; carries the seconds to wait
├── SlackAway      Slack cannot be reached or is in trouble: the same call may succeed later
├── MessageGone    the message to change was deleted or is too old
├── TokenRefused   the token is not valid (any more)
└── Undeliverable  Slack will never take this: the person or conversation is gone, a scope is missing …
"""


class Stop(Exception):
    """The program cannot go on. *sentence* says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadSettings(Stop):
    """An environment variable is missing or malformed."""


class PortTaken(Stop):
    """Another program listens there."""


class SlackRefused(Stop):
    """Slack does not accept the token, or cannot be reached."""


class AlreadyRunning(Stop):
    """Another process uses this data folder."""


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


class MessageGone(SlackSays):
    """The message to change was deleted or is too old."""


class TokenRefused(SlackSays):
    """The token is not valid (any more): the app was removed, or installed anew with another one."""


class Undeliverable(SlackSays):
    """Slack will never take this."""
