"""When the next call may be made: a message a second into a conversation, and none while Slack says wait.

Times are seconds of a monotonic clock that the caller reads.
"""

KEPT = 4096


class Pacer:
    """Hands out moments per key. *every* is the least time between two of them, in seconds."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._free_at: dict[str, float] = {}

    def wait(self, key: str, now: float) -> float:
        """In how many seconds *key* is free, without taking it."""
        return max(self._free_at.get(key, now) - now, 0.0)

    def take(self, key: str, now: float) -> float:
        """Take the next free moment of *key* and return in how many seconds it comes."""
        wait = self.wait(key, now)
        self._set(key, now + wait + self._every, now)
        return wait

    def close(self, key: str, seconds: float, now: float) -> None:
        """Let nothing through for *key* for so many seconds from now."""
        self._set(key, max(now + seconds, self._free_at.get(key, now)), now)

    def _set(self, key: str, at: float, now: float) -> None:
        if len(self._free_at) >= KEPT:
            self._free_at = {known: free for known, free in self._free_at.items() if free > now}
        self._free_at[key] = at
