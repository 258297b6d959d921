#!/usr/bin/env python3
"""Cuts the excerpts of this folder out of the full logs and counts their figures: `python3 make.py FOLDER`, where FOLDER
holds patients.csv, LoanApp_simplified_train.csv.gz, LoanApp_simplified.bpmn and PurchasingExample.csv.gz.

The figures are counted with Python's standard library alone, by the definitions that stand in figures() below."""

import collections
import csv
import datetime
import gzip
import json
import pathlib
import sys
import xml.sax.saxutils as xml

folder, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent


def rows(name):
    opened = gzip.open if name.endswith(".gz") else open
    with opened(folder / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, rows):
    with open(here / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def time(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def rounded(number):
    return round(number, 3)


def figures(instances):
    """Of (case, activity, resource, start, end, enabled): sorted in a case by start, end, place. Times are seconds.
    wait: start less the end of the instance before it in its case; its total counts what is above 0. queue: start less
    enabled."""
    cases = collections.defaultdict(list)
    for instance in instances:
        cases[instance[0]].append(instance)
    for case in cases.values():
        case.sort(key=lambda instance: (instance[3], instance[4]))
    seconds = lambda span: span.total_seconds()
    activity = {}
    for name in sorted({instance[1] for instance in instances}):
        own = [instance for instance in instances if instance[1] == name]
        waits = [seconds(b[3] - a[4]) for case in cases.values() for a, b in zip(case, case[1:]) if b[1] == name]
        entry = {
            "count": len(own),
            "cases": len({instance[0] for instance in own}),
            "resources": len({instance[2] for instance in own}),
            "service_mean_s": rounded(sum(seconds(i[4] - i[3]) for i in own) / len(own)),
            "wait_mean_s": rounded(sum(waits) / len(waits)) if waits else None,
            "wait_total_s": rounded(sum(wait for wait in waits if wait > 0)),
        }
        if own[0][5] is not None:
            entry["queue_mean_s"] = rounded(sum(seconds(i[3] - i[5]) for i in own) / len(own))
        activity[name] = entry
    pairs = [(a, b) for case in cases.values() for a, b in zip(case, case[1:])]
    follows = collections.defaultdict(list)
    for a, b in pairs:
        follows[a[1], b[1]].append(seconds(b[3] - a[4]))
    between = collections.Counter((a[2], b[2]) for a, b in pairs if a[2] != b[2])
    same = sum(1 for a, b in pairs if a[2] == b[2])
    resource = {}
    for name in sorted({instance[2] for instance in instances}):
        own = [instance for instance in instances if instance[2] == name]
        resource[name] = {
            "count": len(own),
            "activities": len({instance[1] for instance in own}),
            "cases": len({instance[0] for instance in own}),
            "service_total_s": rounded(sum(seconds(i[4] - i[3]) for i in own)),
        }
    starts = sorted(case[0][3] for case in cases.values())
    return {
        "cases": len(cases),
        "activity_instances": len(instances),
        "activities": len(activity),
        "resources": len(resource),
        "activity": activity,
        "follows": [[a, b, len(gaps), rounded(sum(gaps) / len(gaps))] for (a, b), gaps in sorted(follows.items())],
        "handovers": {
            "pairs_total": len(pairs),
            "same_resource": same,
            "between_two": len(pairs) - same,
            "top": [[a, b, count] for (a, b), count in sorted(between.items())],
        },
        "resource": resource,
        "pm4py": {"case_arrival_average_s": rounded(seconds(starts[-1] - starts[0]) / (len(starts) - 1))},
    }


def patients():
    kept = [row for row in rows("patients.csv") if int(row["patient"]) <= 20]
    write("patients.csv", kept)
    whole = collections.defaultdict(dict)
    for row in kept:
        whole[row["handling_id"], row["handling"]].update({row["registration_type"]: time(row["time"]), "row": row})
    return [(i["row"]["patient"], i["row"]["handling"], i["row"]["employee"], i["start"], i["complete"], None)
            for i in whole.values()]


def loans():
    kept = [row for row in rows("LoanApp_simplified_train.csv.gz") if int(row["case_id"]) < 25]
    write("loans.csv", kept)
    (here / "loans.bpmn").write_bytes((folder / "LoanApp_simplified.bpmn").read_bytes())
    return [(row["case_id"], row["activity"], row["resource"], time(row["start_time"]), time(row["end_time"]),
             time(row["enabled_time"])) for row in kept]


def purchases():
    kept = [row for row in rows("PurchasingExample.csv.gz") if int(row["case_id"]) <= 12]
    cases = collections.defaultdict(list)
    for row in kept:
        cases[row["case_id"]].append(row)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xes.version="1.0" xmlns="http://www.xes-standard.org/">']
    quoted = lambda key, value: f'<string key="{key}" value={xml.quoteattr(value)}/>'
    for case, events in cases.items():
        lines += ["  <trace>", "    " + quoted("concept:name", case)]
        for row in events:
            lines.append("    <event>" + quoted("concept:name", row["activity"]) + quoted("org:resource", row["resource"])
                         + f'<date key="start_timestamp" value="{row["start_time"]}"/>'
                         + f'<date key="time:timestamp" value="{row["end_time"]}"/></event>')
        lines.append("  </trace>")
    text = "\n".join(lines + ["</log>", ""])
    (here / "purchases.xes.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    return [(row["case_id"], row["activity"], row["resource"], time(row["start_time"]), time(row["end_time"]), None)
            for row in kept]


for name, made in (("patients", patients()), ("loans", loans()), ("purchases", purchases())):
    text = json.dumps(figures(made), indent=1, ensure_ascii=False, sort_keys=True)
    (here / f"{name}.json").write_text(text + "\n", encoding="utf-8")
