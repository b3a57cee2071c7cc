"""The command `waymark`, which `python -m slackapp` is, too."""

import gc
import signal
from importlib import import_module


def main() -> None:
    """Do what the command line says. Ctrl-C while the program is still being read just ends it."""
    # Nearly all that a start makes stays: looking through it for garbage 700 times took a third of the start.
    gc.set_threshold(50_000, 10, 10)
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    commands = import_module("slackapp.commands.cli").main
    signal.signal(signal.SIGINT, before)
    commands(prog_name="waymark")


if __name__ == "__main__":
    main()
