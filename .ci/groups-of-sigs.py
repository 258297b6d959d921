#!/usr/bin/env python3
"""Makes a table that Remit imports of Kubernetes' sigs.yaml: groups, their subprojects, chairs and technical leads.

    groups-of-sigs.py sigs.yaml OUT.csv
"""

import csv
import sys

import yaml

KINDS = {"sigs": "SIG", "workinggroups": "Working group", "usergroups": "User group", "committees": "Committee"}
LEADERS = {"chairs": "Chair", "tech_leads": "Tech lead"}

with open(sys.argv[1], encoding="utf-8") as file:
    groups = yaml.safe_load(file)
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    table = csv.writer(file)
    table.writerow(["Unit", "Unit type", "Parent unit", "Role", "Person ID", "Holder"])
    table.writerow(["Kubernetes", "Project", "", "", "", ""])
    for key, kind in KINDS.items():
        for group in groups.get(key) or []:
            unit = f"{kind} {group['name']}"
            table.writerow([unit, kind, "Kubernetes", "", "", ""])
            for list_name, role in LEADERS.items():
                for person in group["leadership"].get(list_name) or []:
                    table.writerow([unit, kind, "Kubernetes", role, person["github"].lower(), person["name"]])
            for subproject in group.get("subprojects") or []:
                table.writerow([f"{group['name']}: {subproject['name']}", "Subproject", unit, "", "", ""])
