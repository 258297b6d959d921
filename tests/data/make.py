#!/usr/bin/env python3
"""Makes the tables of this folder from the folder of test data given as the only argument; see SOURCES.md."""

import csv
import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).parent
DATA = pathlib.Path(sys.argv[1]) / "org"


def write(name, heading, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(heading)
        table.writerows(rows)


def organogram():
    source = DATA / "uk-organogram/her_majestys_revenue_and_customs-2011-03-31-senior.csv"
    keep = ["Post Unique Reference", "Name", "Job Title", "Parent Department", "Organisation", "Unit",
            "Reports to Senior Post", "FTE"]
    with open(source, encoding="utf-8", newline="") as file:
        write("hmrc-senior-posts.csv", keep, [[row[name] for name in keep] for row in csv.DictReader(file)])
    tate = (DATA / "uk-organogram/tate-2011-09-30-senior.csv").read_bytes()
    (HERE / "tate-senior-posts.csv").write_bytes(tate)


def hierarchy_path(text):
    """The path of a hierarchyid in hexadecimal: ordinals up to 79, which is all that the table has."""
    bits = "".join(f"{int(digit, 16):04b}" for digit in text)
    path = []
    while "1" in bits:
        if bits.startswith("01"):
            path.append(int(bits[2:4], 2))
            bits = bits[5:]
        elif bits.startswith("100"):
            path.append(4 + int(bits[3:5], 2))
            bits = bits[6:]
        elif bits.startswith("101"):
            path.append(8 + int(bits[3:6], 2))
            bits = bits[7:]
        else:
            path.append(16 + int(bits[3:5] + bits[6] + bits[8:11], 2))
            bits = bits[12:]
    return tuple(path)


def adventureworks():
    def table(name):
        with open(DATA / "adventureworks" / name, encoding="utf-8", newline="") as file:
            return list(csv.reader(file, delimiter="\t"))

    departments = {row[0]: row[1] for row in table("Department.csv")}
    present = {row[0]: departments[row[1]] for row in table("EmployeeDepartmentHistory.csv") if not row[4]}
    employees = table("Employee.csv")
    by_path = {hierarchy_path(row[3]): row[0] for row in employees}
    rows = []
    for row in employees:
        path = hierarchy_path(row[3])
        manager = by_path[path[:-1]] if path else ""
        login = row[2].split("\\")[1]
        rows.append([row[0], login, row[5], present[row[0]], manager, row[4] or "0"])
    write("adventureworks.csv", ["Employee ID", "Name", "Job Title", "Department", "Manager ID", "Level"], rows)


def kubernetes():
    groups = yaml.safe_load((DATA / "kubernetes/sigs.yaml").read_text(encoding="utf-8"))
    kinds = {"sigs": "Special interest group", "workinggroups": "Working group", "committees": "Committee"}
    rows = []
    for key, kind in kinds.items():
        for group in groups[key]:
            for list_name, role in {"chairs": "Chair", "tech_leads": "Tech lead"}.items():
                for person in group["leadership"].get(list_name) or []:
                    unit = f"{kind} {group['name']}" if key != "sigs" else f"SIG {group['name']}"
                    above = "Kubernetes"
                    rows.append([unit, kind, above, role, person["github"].lower(), person["name"], person.get("company") or ""])
    heading = ["Group", "Unit type", "Parent", "Role", "Person ID", "Name", "Company"]
    write("kubernetes-groups.csv", heading, rows)


organogram()
adventureworks()
kubernetes()
