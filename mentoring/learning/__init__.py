"""What a workspace's own past teaches."""
