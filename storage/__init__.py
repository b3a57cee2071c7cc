"""Redis: atomic commits of documents, the agenda, notices, the directory, installations and a private server.

It knows the domain's values and its port, and none of its rules. Everything public is imported from here.
"""

from storage.agenda import Agenda, backoff
from storage.condition import Condition, conditions, try_write
from storage.dead_letters import DeadLetter
from storage.directory import Directory, Roster, WorkspaceDirectory
from storage.errors import (
    EmbeddedError,
    InstalledSince,
    LeaseLost,
    StorageAway,
    StorageError,
    StorageForeign,
    WrongSecret,
)
from storage.installations import Installation, Installations, Seal, Stored, keys_in
from storage.notices import Card, Lease, Notice, Notices
from storage.store import RedisStore
from storage.stores import Stores
from storage.troubles import Trouble
from storage.wake import Wake
from storage.wire import is_address

__all__ = [
    "Agenda",
    "Card",
    "Condition",
    "DeadLetter",
    "Directory",
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
