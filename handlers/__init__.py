"""What Slack sends and shows: front doors here, and a folder for each feature with its words and views."""
