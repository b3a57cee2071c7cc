"""The app with every connection that it opens written down: `python guarded_app.py CLOCK_FILE LOG_FILE`.

Each line of the log is a kind and an address: what the process really asked the system for, whoever asked.
"""

import asyncio
import gc
import os
import sys
from pathlib import Path
from typing import Any

LOG = Path(sys.argv[2]).open("a", buffering=1)  # noqa: SIM115  # open as long as the process is


def hook(event: str, args: tuple[Any, ...]) -> None:
    """Write down connections and look-ups of names."""
    if event == "socket.connect":
        address = args[1]
        LOG.write(
            f"connect {address if isinstance(address, str | bytes) else ':'.join(map(str, address[:2]))}\n"
        )
    elif event == "socket.getaddrinfo":
        LOG.write(f"look-up {args[0]}\n")


sys.addaudithook(hook)
gc.set_threshold(50_000, 10, 10)  # as the program does

from slackapp.bootstrap.foundation import Tempo  # noqa: E402
from slackapp.bootstrap.serving import serve  # noqa: E402
from slackapp.process import logs, settings  # noqa: E402  # what importing opens is written down, too
from slackapp.process.clock import Clock  # noqa: E402

LIBRARIES = ("pydantic_ai", "openai", "anthropic", "httpx2")


def main() -> None:
    """Run the app until the process is told to stop, then write down which model libraries it loaded."""
    given = settings.take(os.environ)
    logs.configure(given.log)
    asyncio.run(serve(given, Clock(Path(sys.argv[1])), tempo=Tempo(beat=0.2, post=0.0)))
    for name in LIBRARIES:
        if name in sys.modules:
            LOG.write(f"module {name}\n")


if __name__ == "__main__":
    main()
