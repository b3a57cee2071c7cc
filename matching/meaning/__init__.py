"""What short texts mean, as directions: near in meaning, near in direction. Knows of no topics."""
