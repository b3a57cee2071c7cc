"""The demo: a playground workspace and the app in one command, with people and a past."""
