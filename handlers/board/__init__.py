"""A board in Slack: its window, its forms, the prompt for an empty seat, and its picture in words."""
