"""GBK text that lost one byte, as whoever decoded it shows it: the forward model of the damage (DOMAIN: the Beijing text)."""

from __future__ import annotations


def slipped(original: str) -> str:
    """What a decoder shows of the original after its first byte is lost."""
    data = original.encode("gbk")[1:]
    shown, position = "", 0
    while position < len(data):
        if data[position] < 0x80:
            shown += chr(data[position])
            position += 1
        else:
            shown += data[position : position + 2].decode("gbk", "ignore")
            position += 2
    return shown


def slipped_run(original: str) -> tuple[str, int] | None:
    """What is shown up to the character that is back in step, and how many characters of the original that is."""
    for length, character in enumerate(original, 1):
        code = character.encode("gbk")
        if len(code) == 2 and code[1] < 0x80 and length > 1:
            return slipped(original[:length]), length
        if len(code) == 1:
            return None
    return None
