"""Compares matrices that Remit imported and wrote as CSV with what other programs read in the same tables.

`rights.py reference LONG.csv TABLE OUT.csv`: every row, column and letter of a table, as counted elsewhere.
`rights.py crud TABLE.csv OUT.csv` and `rights.py permissions TABLE.csv OUT.csv`: lists, read here by themselves.
"""

import csv
import sys
from collections import Counter

FIXED = 4  # Kind, Area, Name, Frequency


def cells(path):
    """(area, name, column, letters) of each cell that Remit wrote."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        heading, *rows = csv.reader(file)
    for row in rows:
        for column, text in zip(heading[FIXED:], row[FIXED:]):
            if text:
                yield row[1], row[2], column, [part.split()[0] for part in text.split("; ")]


def compare(wanted, found):
    for what, rest in (("missing", wanted - found), ("too much", found - wanted)):
        for entry in sorted(rest)[:5]:
            print(what, entry)
    print(len(found), "agree" if wanted == found else "differ")
    sys.exit(wanted != found)


def reference(path, table, out):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["table"] == table]
    wanted = {(row["activity"], row["role"], row["letter"]) for row in rows}
    if "openshift" not in table:
        return compare(wanted, {(name, column, letter) for _, name, column, all in cells(out) for letter in all})
    # Crossings are rows of their own there, in the area of their row; what all share is one entry here.
    found = {(area, name, column) for area, name, column, letters in cells(out) if "S" not in letters}
    found |= {(area, name, "Shared") for area, name, _, letters in cells(out) if "S" in letters}
    return compare(wanted, found)


def crud(path, out):
    with open(path, newline="", encoding="utf-8") as file:
        wanted = {(row["event"], row["role"], letter) for row in csv.DictReader(file) for letter in row["crud"]}
    compare(wanted, {(name, column, letter) for _, name, column, letters in cells(out) for letter in letters})


def counts(entries):
    """How many letters each pair has."""
    return {(*pair, count) for pair, count in Counter(entry[:2] for entry in entries).items()}


def permissions(path, out):
    wanted = set()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for task in (row["Task Type"] or "Every task type").split(";"):
                wanted |= {(task, row["Name"], right) for right in row["Value"].split(",")}
    # Letters are short forms: as many different ones in the same cells.
    found = {(name, column, letter) for _, name, column, letters in cells(out) for letter in letters}
    if len({right for *_, right in wanted}) != len({letter for *_, letter in found}):
        print("other letters than rights")
        sys.exit(1)
    compare(counts(wanted), counts(found))


if __name__ == "__main__":
    {"reference": reference, "crud": crud, "permissions": permissions}[sys.argv[1]](*sys.argv[2:])
