"""The app as processes that a test can kill: `python tests/app_process.py CLOCK_FILE`.

Everything is imported once; each line on the input then forks a process that runs the app, and its number is
the answer. The settings are in the environment, as for `waymark run`.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from slackapp import logs, settings
from slackapp.clock import Clock
from slackapp.serving import serve
from slackapp.wiring import Tempo

TEMPO = Tempo(beat=0.2, post=0.0, recover=1.0, lease=1.0)


def main() -> None:
    """Start an app for every line that is read."""
    given, clock = settings.take(os.environ), Clock(Path(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            logs.configure(given.log)
            asyncio.run(serve(given, clock, tempo=TEMPO))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
