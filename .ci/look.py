#!/usr/bin/env python3
"""Looks at what the program wrote, for .ci/real-data: figures, findings, pictures; and says which figures are expected.

Ends with exit code 1 and a line that says what differs."""

import json
import struct
import sys
import xml.etree.ElementTree as xml


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def print_figures(**figures):
    print(*(f"{name}={number}" for name, number in figures.items()))


def organogram(path, name):
    """What the stats of an organogram must say: one role a post, whole reporting lines."""
    known = load(path)["uk-organogram"][name]
    tree = known["tree"]
    print_figures(
        units=known["units"],
        roles=known["posts"],
        top_roles=tree["roots"],
        reporting_lines=known["posts"] - tree["roots"],
        reporting_depth=tree["max_depth"],
        widest_span=tree["max_span"],
        vacant_roles=known["vacant"],
    )


def posts(path, name):
    print(load(path)["uk-organogram"][name]["posts"])


def adventureworks(path):
    known = load(path)["adventureworks"]
    print_figures(people=known["employees"], roles=known["job_titles"])


def kubernetes(path):
    """One unit for the project, for each group and for each subproject."""
    known = load(path)["kubernetes"]["sigs.yaml"]
    groups = known["sigs"] + known["workinggroups"] + known["usergroups"] + known["committees"]
    print_figures(
        units=1 + groups + known["subprojects"],
        people=known["leaders_distinct"],
    )


def figures(path, *expected):
    stats = load(path)
    stats.update(stats.get("key_figures", {}))
    wrong = []
    for pair in expected:
        name, number = pair.split("=")
        if stats.get(name) != int(number):
            wrong.append(f"{name} is {stats.get(name)}, expected {number}")
    if not expected or wrong:
        sys.exit("; ".join(wrong) or "no figure is known")


def findings(path):
    """Each finding says what it is about, and with which words and numbers."""
    found = load(path)["findings"]
    for finding in found:
        for field in ["rule", "severity", "title", "message", "elements", "formula"]:
            if not finding[field]:
                sys.exit(f"{finding.get('rule')}: no {field}")


def svg(labels, *paths):
    """Well-formed, no empty box, no figure that is none, and enough lines of text."""
    for path in paths:
        root = xml.parse(path).getroot()
        width, height = (float(part) for part in root.get("viewBox").split()[2:])
        texts = [element for element in root.iter() if element.tag.endswith("}text")]
        with open(path, encoding="utf-8") as file:
            is_odd = "NaN" in (text := file.read()) or "inf\"" in text
        if width <= 0 or height <= 0 or is_odd:
            sys.exit(f"{path}: {width} × {height}, odd numbers: {is_odd}")
        if len(texts) < int(labels):
            sys.exit(f"{path}: {len(texts)} texts, expected at least {labels}")


def png(*paths):
    for path in paths:
        with open(path, "rb") as file:
            start = file.read(33)
            file.seek(-12, 2)
            end = file.read()
        width, height = struct.unpack(">II", start[16:24])
        if start[:8] != b"\x89PNG\r\n\x1a\n" or b"IEND" not in end or width < 50 or height < 50:
            sys.exit(f"{path}: no whole picture ({width} × {height})")


KINDS = [organogram, posts, adventureworks, kubernetes, figures, findings, svg, png]
{kind.__name__: kind for kind in KINDS}[sys.argv[1]](*sys.argv[2:])
