"""A hash of a text that is the same in every process, so that tables made of it can be kept."""


def lasting(text: str) -> int:
    """Return a text's hash: 64 bits, well mixed, for tables of our own words; an adversary could make two texts agree.

    Python's own hash of a text differs from process to process; those of numbers do not. A tuple mixes the bits: the
    number's alone are as alike as the ends of words are.
    """
    return hash((int.from_bytes(text.encode()),))
