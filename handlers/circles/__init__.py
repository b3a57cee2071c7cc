"""How a circle is shown: to each of its people, and in the group conversation that they share."""
