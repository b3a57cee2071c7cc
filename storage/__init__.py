"""Redis: atomic commits of documents, the agenda, notices, the directory, installations and a private server.

It knows the domain's values and its port, and none of its rules. Everything public is imported from here.
"""

from storage.connection.errors import (
    EmbeddedError,
    InstalledSince,
    LeaseLost,
    StorageAway,
    StorageError,
    StorageForeign,
    WrongSecret,
)
from storage.connection.troubles import Trouble
from storage.connection.wire import is_address
from storage.documents.directory import Directories, Roster, WorkspaceDirectory
from storage.documents.installations import Installation, Installations, Seal, Stored, keys_in
from storage.documents.store import RedisStore
from storage.queues.agenda import Agenda, backoff
from storage.queues.dead_letters import DeadLetter
from storage.queues.notices import Card, Lease, Notice, Notices
from storage.queues.wakeup import Wake
from storage.server.condition import Condition, conditions, try_write
from storage.stores import Stores

__all__ = [
    "Agenda",
    "Card",
    "Condition",
    "DeadLetter",
    "Directories",
    "EmbeddedError",
    "Installation",
    "Installations",
    "InstalledSince",
    "Lease",
    "LeaseLost",
    "Notice",
    "Notices",
    "RedisStore",
    "Roster",
    "Seal",
    "StorageAway",
    "StorageError",
    "StorageForeign",
    "Stored",
    "Stores",
    "Trouble",
    "Wake",
    "WorkspaceDirectory",
    "WrongSecret",
    "backoff",
    "conditions",
    "is_address",
    "keys_in",
    "try_write",
]
