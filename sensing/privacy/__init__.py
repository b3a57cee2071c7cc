"""What must not leave the workspace."""
