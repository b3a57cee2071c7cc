"""Growth plans in Slack: one window, small forms, two questions, a frozen copy for one reader, an export."""
