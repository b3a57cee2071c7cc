"""The two clocks of the program: `wall` is real, `now` is the domain's and can be ahead in the demo."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from slackapp.process.errors import Stop

FARTHEST = timedelta(days=36_525)


class Clock:
    """Tells the time. *offset_file* holds how many seconds now is ahead; without one the two agree."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._seen: tuple[int, int] | None = None
        self._offset = timedelta(0)

    def wall(self) -> datetime:
        """The real time, in UTC: for signatures, leases and what lives for a while."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The time the domain goes by, in UTC."""
        return self.wall() + self.offset()

    def offset(self) -> timedelta:
        """By how much now is ahead. The file is read again only when it was replaced."""
        if self._file is None:
            return timedelta(0)
        try:
            stat = self._file.stat()
            mark = (stat.st_mtime_ns, stat.st_ino)
            if mark != self._seen:
                self._offset = _read(self._file)
                self._seen = mark
        except (FileNotFoundError, NotADirectoryError):
            return timedelta(0)
        return self._offset


def _read(file: Path) -> timedelta:
    try:
        offset = timedelta(seconds=float(file.read_text().strip() or 0))
    except (ValueError, OverflowError):
        offset = timedelta.max
    if abs(offset) > FARTHEST:
        raise Stop(f"{file} does not hold by how many seconds the clock is ahead: delete it.")
    return offset
