"""How a mentorship begins: the wish for a mentor, who could be one, keeping on after a talk, handing over."""
