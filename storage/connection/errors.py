"""Why storage cannot do what it was asked.

StorageError
├── StorageAway        Redis cannot be reached, is full or did not answer in time
├── StorageForeign     a key of ours holds something that is not ours
├── LeaseLost          another worker has taken this card over meanwhile
├── InstalledSince     the app was installed again after it was removed
├── WrongSecret        no secret key of ours opens a token
└── EmbeddedError      the private server cannot be run; the message is a sentence for people
"""

from storage.connection.troubles import Trouble


class StorageError(Exception):
    """Storage cannot do what it was asked."""


class StorageAway(StorageError):
    """Redis cannot be reached, is full or did not answer in time: try again later. *trouble* is why."""

    def __init__(self, text: str, trouble: Trouble = Trouble.SILENT) -> None:
        super().__init__(text)
        self.trouble = trouble


class StorageForeign(StorageError):
    """A key of ours holds something that is not ours; nothing was written."""


class LeaseLost(StorageError):
    """Another worker has taken this card over meanwhile. *may_double*: its message may stand there twice."""

    def __init__(self, to: str, thing: str, *, may_double: bool = False) -> None:
        super().__init__(to, thing)
        self.may_double = may_double


class InstalledSince(StorageError):
    """The app was installed again after it was removed; nothing was changed."""


class WrongSecret(StorageError):
    """No secret key of ours opens this token."""


class EmbeddedError(StorageError):
    """The private server cannot be run; the message is a sentence for people."""
