"""The app as processes that a test can kill: `python app_process.py CLOCK_FILE LEASE [STORAGE]`, in seconds.

Everything is imported, and all word lists and the manifest are read, once; each line on the input then forks
a process that runs the app, and its number is the answer. The settings are in the environment, as for
`waymark run`, and NAME=VALUE in a line goes before.
"""

import asyncio
import gc
import os
import signal
import sys
from pathlib import Path

from sensing.safety import safety
from sensing.triage import triage
from slackapp.bootstrap.foundation import Tempo
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.serving import serve
from slackapp.process import logs, settings
from slackapp.process.clock import Clock


async def served(given: settings.Settings, clock: Clock, tempo: Tempo) -> None:
    """Run the app; SIGUSR1 makes it say where it stands."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, say_where)
    await serve(given, clock, tempo=tempo)


def say_where() -> None:
    """Print what every task waits for."""
    for task in asyncio.all_tasks():
        task.print_stack(file=sys.stderr)


def main() -> None:
    """Start an app for every line that is read."""
    clock, lease, storage = Clock(Path(sys.argv[1])), float(sys.argv[2]), float((*sys.argv, "1")[3])
    tempo = Tempo(beat=0.2, post=0.0, recover=lease, lease=lease, storage=storage)
    safety.read("")
    triage.advise("")
    open_manifest(Path(os.environ["WAYMARK_MANIFEST"]))
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        own = dict(word.split("=", 1) for word in line.split() if "=" in word)
        child = os.fork()
        if child == 0:
            os.environ.update(own)
            given = settings.take(os.environ)
            logs.configure(given.log)
            asyncio.run(served(given, clock, tempo))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
