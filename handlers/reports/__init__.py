"""*Something is wrong*: the way to the admins from every card on which people are joined."""
