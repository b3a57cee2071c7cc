"""The guard against leaning on one person: "another angle?", said to the asker alone, once."""
