"""Documents that outlive the process: one sqlite table, written through at every change.

With no folder nothing is kept, which is what most tests want.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playground.foundation.errors import Damaged

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
  kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Records:
    """A table of JSON documents by kind and key. A killed process loses nothing that was put."""

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else folder / "playground.sqlite3"
        with self.reading():
            self._db = None if self._file is None else _open(self._file)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn whatever cannot be read inside into Damaged."""
        try:
            yield
        except (sqlite3.Error, LookupError, TypeError, ValueError) as error:
            why = str(error) if isinstance(error, sqlite3.Error) else "it does not hold what was kept there"
            raise Damaged(
                f"{self._file} cannot be read: {why}. Move it away to begin with an empty workspace."
            ) from error

    def put(self, kind: str, key: str, body: str) -> None:
        """Keep *body*, a JSON text, in the place of what was there."""
        if self._db is not None:
            self._db.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (kind, key, body))

    def drop(self, kind: str, key: str) -> None:
        """Forget one document; forgetting what is not there changes nothing."""
        if self._db is not None:
            self._db.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> Iterator[tuple[str, str]]:
        """The keys and bodies of a kind, ordered by key."""
        if self._db is None:
            return iter(())
        return iter(
            self._db.execute("SELECT key, body FROM record WHERE kind = ? ORDER BY key", (kind,)).fetchall()
        )

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = sqlite3.connect(file, isolation_level=None)
    # NORMAL loses nothing when the process is killed, only the last moments in a power cut.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(SCHEMA)
    return database
