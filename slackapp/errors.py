"""Why the running program says no. Each becomes one sentence on the terminal, and an exit code.

Stop               the program cannot go on; carries the sentence to print
├── BadSettings    an environment variable is missing or malformed
├── PortTaken      another program listens there
├── SlackRefused   Slack does not accept the token, or cannot be reached
└── AlreadyRunning another process uses this data folder
Undeliverable      Slack will never take this: the person or conversation is gone, or a block is wrong
NotInstalled       the app is not (or no longer) installed in this workspace
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


class Undeliverable(Exception):
    """Slack will never take this message. *code* is Slack's own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotInstalled(Exception):
    """The app is not (or no longer) installed in this workspace."""

    def __init__(self, workspace: str) -> None:
        super().__init__(workspace)
        self.workspace = workspace
