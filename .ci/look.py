#!/usr/bin/env python3
"""Looks at what the program wrote, for .ci/real-data: figures, findings, pictures; and says which figures are expected.

Ends with exit code 1 and a line that says what differs."""

import json
import re
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


COUNTED = 'tasks gateways events subprocesses named_nodes conditional_flows default_flows'.split()
UNCOUNTED = ['file', 'status', 'bytes', 'exporter', 'dangling_refs'] + COUNTED


def bpmn(manifest, name, report, project):
    """A model is imported as another reader counted it, and every shape and edge of its drawing has its place."""
    with open(manifest, encoding="utf-8") as file:
        heads, *rows = (line.rstrip("\n").split("\t") for line in file)
    row = dict(zip(heads, next(row for row in rows if row[0] == name)))
    with open(report, encoding="utf-8") as file:
        told = file.read()
    counts = {word: int(number) for number, word in re.findall(r"^ +(\d+)  (\w+)$", told, re.M)}
    wanted = {head: int(cell) for head, cell in row.items() if head not in UNCOUNTED and int(cell)}
    wrong = [f"{head} is {counts.get(head, 0)}, expected {number}" for head, number in wanted.items()
             if counts.get(head, 0) != number]
    with open(project, encoding="utf-8") as file:
        text = file.read()
    drawn = len(re.findall(r"^ +\(of: .*\bat: \(", text, re.M)) + len(re.findall(r"^ +\(who: .*\bframe: \(", text, re.M))
    lines = len(re.findall(r"^ +\(of: .*\bbends: \[\(", text, re.M))
    if drawn < int(row["shapes"]) or lines < int(row["edges"]):
        wrong.append(f"{drawn} boxes and {lines} lines are drawn, expected {row['shapes']} and {row['edges']}")
    if int(row["dangling_refs"]) == 0 and "left out" in told:
        wrong.append("something was left out")
    if wrong:
        sys.exit(f"{name}: " + "; ".join(wrong))
    print(drawn, lines)


def log(reference, printed):
    """What `remit import --format json` prints of a log has the counts and times of another program."""
    expected, found = load(reference), load(printed)
    assert (found["cases"], found["work_items"]) == (expected["cases"], expected["activity_instances"])
    overs = expected["handovers"]
    assert [found["hand_overs"][name] for name in ("neighbours", "same", "handed_over")] == \
        [overs[name] for name in ("pairs_total", "same_resource", "between_two")]
    for activity in found["activities"]:
        own = expected["activity"][activity["name"]]
        assert (activity["times"], activity["cases"]) == (own["count"], own["cases"]), activity["name"]
        pairs = [("work_minutes", "service_mean_s"), ("gap_minutes", "wait_mean_s")]
        for field, name in pairs + ([("wait_minutes", "queue_mean_s")] if "queue_mean_s" in own else []):
            if own[name] is not None:
                # Four decimal places of minutes.
                assert abs(activity[field]["mean"] * 60 - own[name]) < 0.01, (activity["name"], field)


def hostile(folder):
    """Writes files that are broken or meant to take all memory or time."""
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
    foot = "</process></definitions>"
    box = '<BPMNShape bpmnElement="t"><Bounds x="1" y="1" width="1" height="1"/></BPMNShape>'
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    files = {
        "deep": head + "<subProcess>" * 100_000,
        "deep-lanes": head + "<laneSet><lane><childLaneSet>" * 50_000,
        "bomb": f'<!DOCTYPE d [<!ENTITY e0 "boom">{bomb}]>' + head + "&e11;" + foot,
        "shapes": head + "</process><BPMNDiagram><BPMNPlane>" + box * 1_200_000,
        "attributes": head + "<task " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>" + foot,
        "cut": head + '<task id="t" name="',
        "other": "<html><body/></html>",
        "nothing": "",
    }
    for name, text in files.items():
        with open(f"{folder}/{name}.bpmn", "w", encoding="utf-8") as file:
            file.write(text)


KINDS = [bpmn, hostile, log, organogram, posts, adventureworks, kubernetes, figures, findings, svg, png]
{kind.__name__: kind for kind in KINDS}[sys.argv[1]](*sys.argv[2:])
