"""Compare regions.csv and region_changes.csv with the summary of the data set areacodes.

    git clone https://github.com/yescallop/areacodes
    python seed/compare_regions.py areacodes/result.csv

Prints what differs: a code in force on one side only, another name, another year of beginning or
end, a successor that is not among those of the data set. Leaves with 1 then.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
NATION = "000000"


def read(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def differences(theirs: list[dict[str, str]]) -> Iterator[str]:
    """A sentence for each thing that differs."""
    ours = {row["code"]: row for row in read(HERE / "regions.csv")}
    changes = {row["code"]: row for row in read(HERE / "region_changes.csv")}
    names = {code: row["name"] for code, row in ours.items()}
    names |= {code: row["name"] for code, row in changes.items()}
    ended = {code: row for code, row in changes.items() if row["abolished_on"]}
    there = {row["代码"]: row for row in theirs if row["状态"] == "在用"}
    for code in sorted(there.keys() ^ (names.keys() - ended.keys() - {NATION})):
        yield f"{code} {names.get(code) or there[code]['名称']} is in force on one side only"
    for code, row in there.items():
        if code in names and names[code] != row["名称"]:
            yield f"{code} is called {names[code]} here and {row['名称']} there"
        begun = changes.get(code, {}).get("from_on", "")[:4]
        if begun and begun != row["启用时间"]:
            yield f"{code} {names[code]} begins in {begun} here and in {row['启用时间']} there"
    for row in theirs:
        here = ended.get(row["代码"])
        if here is None or row["状态"] == "在用" or row["变更/弃用时间"] < "2020":
            continue
        if here["abolished_on"][:4] != row["变更/弃用时间"]:
            yield f"{here['code']} {here['name']} ends in {row['变更/弃用时间']} there"
        if here["into"] not in re.sub(r"\[\d+\]", "", row["新代码"]).split(";"):
            yield f"{here['code']} {here['name']} is followed by {row['新代码']} there"


def main() -> None:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("summary", type=Path, help="result.csv of the data set")
    found = list(differences(read(parser.parse_args().summary)))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
