"""How Slack's requests come in: HTTP, Socket Mode, installs; checked before anyone reads them."""
