"""Numbers with what they count, as every sentence and report has them."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun, with what must agree with it: "1 talk", "1,200 talks", "2 people have".

    *one* is how it goes on after a 1; *many* after any other number, by default *one* with an s.
    """
    return f"1 {one}" if number == 1 else f"{number:,} {many or f'{one}s'}"
