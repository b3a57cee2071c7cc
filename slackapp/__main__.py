"""`python -m slackapp`: the same as the command `waymark`."""

from slackapp.commands.cli import main

if __name__ == "__main__":
    main()
