"""How what is due to be shown reaches Slack."""
