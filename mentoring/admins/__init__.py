"""Who steers a workspace, and what they should know of."""
