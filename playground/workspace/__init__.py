"""The state of the workspace: people, conversations, messages, views."""
