"""The command `waymark`, which is also `python -m slackapp`."""

import gc

# Nearly all that a start makes stays: looking through it for garbage 700 times took a third of the start.
gc.set_threshold(50_000, 10, 10)

from slackapp.commands.cli import main  # noqa: E402  # importing is most of what a start makes

if __name__ == "__main__":
    main()
