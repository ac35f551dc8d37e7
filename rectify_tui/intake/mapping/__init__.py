"""Which column is which field.

`synonyms.toml` has the headings that offices use, `synonyms` reads it and the office's own file,
`guess` holds the headings of a table against them, `fields` tells which fields there are, and
`files` reads and writes maps: which column is which, said by a person; `values` has what words in
cells mean.
"""

from rectify_tui.intake.mapping.fields import FIELDS
from rectify_tui.intake.mapping.files import (
    MapFile,
    map_name,
    read_map,
    read_map_file,
    remember,
    remembered,
    signature,
)
from rectify_tui.intake.mapping.model import Certainty, Mapping
from rectify_tui.intake.mapping.rules import ColumnRule, read_column_rule, with_rules
from rectify_tui.intake.mapping.synonyms import Synonyms, read_synonyms
from rectify_tui.intake.mapping.values import ValueRule, read_value_rule, values_by_field

__all__ = [
    "FIELDS",
    "Certainty",
    "ColumnRule",
    "MapFile",
    "Mapping",
    "Synonyms",
    "ValueRule",
    "map_name",
    "read_column_rule",
    "read_map",
    "read_map_file",
    "read_synonyms",
    "read_value_rule",
    "remember",
    "remembered",
    "signature",
    "values_by_field",
    "with_rules",
]
