"""What tells a process to stop."""

import asyncio
import signal
from contextlib import suppress


class StopSignal:
    """Ctrl-C or SIGTERM. While the app starts it ends the start, and afterwards *told* is set."""

    def __init__(self) -> None:
        self.told, self._hurried = asyncio.Event(), asyncio.Event()
        self._starting = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._hear, number)

    def started(self) -> None:
        """Let the signal end nothing by itself any more."""
        self._starting = None

    async def patience(self, seconds: float) -> None:
        """Wait so long after SIGTERM; a second signal ends that, and nobody waits after Ctrl-C."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurried.wait()

    def _hear(self, number: int) -> None:
        if self.told.is_set() or number == signal.SIGINT:
            self._hurried.set()
        self.told.set()
        if self._starting is not None:
            self._starting.cancel()
