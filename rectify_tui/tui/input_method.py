"""Keys as an input method for Chinese sends them, which mean what the plain ones do.

With it on, letters and digits come full-width, signs as Chinese ones, or whole characters come,
which no key stands for.
"""

from __future__ import annotations

import unicodedata

from textual import events

from rectify_tui.tui.textual_private import key_name

_SIGNS = {
    "、": "/", "。": ".", "，": ",", "；": ";", "【": "[", "】": "]", "「": "{", "」": "}",
    "『": "{", "』": "}", "《": "<", "》": ">", "〈": "<", "〉": ">", "·": "`", "￥": "$",
    "—": "_", "…": "^", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "*", "〔": "[", "〕": "]",
}  # fmt: skip
"""What stands on a key of a Chinese layout, by what it types with the input method on."""


def plain_sign(character: str) -> str | None:
    """The sign of the same key without the input method, None where there is none."""
    plain = _SIGNS.get(character) or unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() and plain.isprintable() else None


def plain_key(key: events.Key) -> events.Key | None:
    """The key that was meant: itself, or its plain form; None for a character that has no key."""
    character = key.character
    if character is None or len(character) != 1 or character.isascii():
        return key
    plain = plain_sign(character)
    if plain is None:
        return None if character.isprintable() else key
    meant = events.Key("space" if plain == " " else key_name(plain), plain)
    meant.time = key.time
    return meant
