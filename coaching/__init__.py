"""What people work out for themselves: guided talks, plans, sprints. It knows neither Slack nor Redis."""
