"""One person's growth plan: up to three goals, what served them, next steps, looks back, who may see it."""
