"""Who wrote what the guide says, as every message of coaching tells it: the script, or a model."""

SCRIPTED = "Scripted guide, no AI model used"


def footer(by: str) -> str:
    """Who is speaking, as every coaching message says it."""
    return SCRIPTED if by == "guide" else f"Written by an AI model ({by}); it can be wrong"
