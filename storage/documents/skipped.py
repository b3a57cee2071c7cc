"""Documents of a newer release that were left out when read: counted, and each named once in the log."""

import logging

from kernel.store import Key
from kernel.values import WorkspaceId

NAMED = 1000
log = logging.getLogger(__name__)


class Skipped:
    """What this process has left out so far; its length is how many documents, up to *NAMED*."""

    def __init__(self) -> None:
        self._names: set[tuple[WorkspaceId, Key]] = set()

    def __len__(self) -> int:
        return len(self._names)

    def add(self, workspace: WorkspaceId, key: Key) -> None:
        """Count a document, and name it in the log the first time."""
        if (workspace, key) not in self._names and len(self) < NAMED:
            self._names.add((workspace, key))
            log.warning(f"left out, since a newer release wrote it: {key.type.kind}:{key.id} of {workspace}")
