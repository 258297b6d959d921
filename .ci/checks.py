#!/usr/bin/env python3
"""Counts what the rules find in the models and organisations beside the project, for docs/checks.md.

`.ci/checks.py BINARY [DATA] [SAMPLE]`: one row a rule, findings and files; with SAMPLE, so many findings of each rule to look at.
"""

import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

binary = pathlib.Path(sys.argv[1]).resolve()
here = pathlib.Path(__file__).resolve().parent
data = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else here / "../../shared/data").resolve()
sample = int(sys.argv[3]) if len(sys.argv) > 3 else 0


def imports(work):
    """Sources of each project: name of the collection, arguments of the import."""
    for line in (data / "bpmn/manifest.tsv").read_text().splitlines()[1:]:
        yield "process models", [data / line.split("\t")[0]]
    for senior in sorted((data / "org/uk-organogram").glob("*-senior.csv")):
        yield "organisations", [senior, str(senior).replace("-senior", "-junior")]
    mapping = "person id=#1,holder=#3,role=#6,level=#5"
    yield "organisations", [data / "org/adventureworks/Employee.csv", "--map", mapping]
    groups = work / "groups.csv"
    subprocess.run([sys.executable, here / "groups-of-sigs.py", data / "org/kubernetes/sigs.yaml", groups], check=True)
    yield "organisations", [groups]
    folder = data / "decision-rights"
    for table in sorted([*folder.glob("raci/*"), *folder.glob("authority/*.csv"), *folder.glob("hmcts-civil/*.csv")]):
        yield "tables of rights", [table]


def check(project):
    run = subprocess.run([binary, "check", project, "--format", "json", "--profile", "audit"], capture_output=True, text=True)
    return json.loads(run.stdout)["findings"]


projects, findings = collections.Counter(), collections.defaultdict(list)
with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    for number, (kind, arguments) in enumerate(imports(work)):
        project = work / f"{number}.ron"
        subprocess.run([binary, "import", *map(str, arguments), "-o", project], capture_output=True, check=True)
        projects[kind] += 1
        for finding in check(project):
            assert " failed" not in finding["message"], finding
            findings[kind, finding["rule"]].append((number, pathlib.Path(arguments[0]).name, finding))
for kind, count in projects.items():
    print(f"{kind}: {count}")
    for (of, rule), found in sorted(findings.items()):
        if of == kind:
            files = len({number for number, _, _ in found})
            print(f"{rule}\t{len(found)}\t{files}\t{100 * files / count:.0f} %")
random.seed(1)
for (_, rule), found in sorted(findings.items()):
    for _, name, finding in random.sample(found, min(sample, len(found))):
        print(f"{rule} {finding['severity']} {name}: {finding['message']}")
