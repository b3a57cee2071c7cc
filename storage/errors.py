"""Why storage cannot do what it was asked.

StorageError
├── StorageAway        Redis cannot be reached, is full or did not answer in time
├── StorageForeign     a key of ours holds something that is not ours
├── LeaseLost          another worker has taken this card over meanwhile
├── WrongSecret        a token was encrypted under another secret key
└── EmbeddedError      the private server cannot be run; the message is a sentence for people
"""


class StorageError(Exception):
    """Storage cannot do what it was asked."""


class StorageAway(StorageError):
    """Redis cannot be reached, is full or did not answer in time: try again later."""


class StorageForeign(StorageError):
    """A key of ours holds something that is not ours; nothing was written."""


class LeaseLost(StorageError):
    """Another worker has taken this card over meanwhile."""


class WrongSecret(StorageError):
    """A token was encrypted under another secret key."""


class EmbeddedError(StorageError):
    """The private server cannot be run; the message is a sentence for people."""
