"""What goes on without being asked: the heartbeat, the queues, learning at night."""
