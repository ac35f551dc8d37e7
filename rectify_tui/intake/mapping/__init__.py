"""Which column is which field.

`synonyms.toml` has the headings that offices use, `synonyms` reads it and the office's own file,
`guess` holds the headings of a table against them, `fields` tells which fields there are, and
`files` reads and writes maps: which column is which, said by a person.
"""

from rectify_tui.intake.mapping.fields import FIELDS
from rectify_tui.intake.mapping.files import (
    MapFile,
    read_map,
    read_map_file,
    remember,
    remembered,
    signature,
)
from rectify_tui.intake.mapping.model import Certainty, Mapping
from rectify_tui.intake.mapping.synonyms import Synonyms, read_synonyms

__all__ = [
    "FIELDS",
    "Certainty",
    "MapFile",
    "Mapping",
    "Synonyms",
    "read_map",
    "read_map_file",
    "read_synonyms",
    "remember",
    "remembered",
    "signature",
]
