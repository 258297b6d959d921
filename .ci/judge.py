#!/usr/bin/env python3
"""Judges painted pictures without knowing how they were made.

    judge.py PICTURES.jsonl [--dot] [--strict] [--each]

PICTURES.jsonl: what `measure picture` prints, one view a line. Counted are boxes that overlap, lines through boxes that
are none of their ends, lines that do not end at their boxes, crossings, stretches that two lines share, labels on boxes
or on each other, and nodes outside of their lanes. With --dot the same boxes and lines are laid out by dot (Graphviz),
once without lanes (dot) and once with the outermost ones as clusters (dot_pools), and its crossings are counted the same
way. With --strict the exit code is 1 where a box overlaps, a node
is outside of its lane, or more than 1 % of the lines run through boxes. A box encloses what stands inside it; an event
on a border may overlap its step; frames (groups) are no boxes.
"""
import json
import subprocess
import sys

NEAR = 14.0  # as in the meter for generated graphs: lines that meet at a box do not cross beside it
EPS = 0.75


def shrunk(r, by):
    return (r[0] + by, r[1] + by, r[2] - by, r[3] - by)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def meets_box(p, q, r):
    """Whether the segment p–q meets the inside of a box (Liang–Barsky)."""
    t0, t1 = 0.0, 1.0
    dx, dy = q[0] - p[0], q[1] - p[1]
    for d, lo, hi in ((dx, r[0] - p[0], r[2] - p[0]), (dy, r[1] - p[1], r[3] - p[1])):
        if abs(d) < 1e-9:
            if lo >= 0 or hi <= 0:
                return False
            continue
        a, b = (lo / d, hi / d) if d > 0 else (hi / d, lo / d)
        t0, t1 = max(t0, a), min(t1, b)
        if t0 >= t1 - 1e-9:
            return False
    return t0 < t1


def crossing(p, q, a, b):
    """The point in which two segments properly cross, if they do."""
    d1, d2 = (q[0] - p[0], q[1] - p[1]), (b[0] - a[0], b[1] - a[1])
    den = d1[0] * d2[1] - d1[1] * d2[0]
    if abs(den) < 1e-9:
        return None
    s = ((a[0] - p[0]) * d2[1] - (a[1] - p[1]) * d2[0]) / den
    t = ((a[0] - p[0]) * d1[1] - (a[1] - p[1]) * d1[0]) / den
    if not (-1e-9 <= s <= 1 + 1e-9 and -1e-9 <= t <= 1 + 1e-9):
        return None
    return (p[0] + s * d1[0], p[1] + s * d1[1], s, t)


def near(point, box, by):
    return box[0] - by <= point[0] <= box[2] + by and box[1] - by <= point[1] <= box[3] + by


def box_of(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def crossings_of(lines):
    """Pairs of (ends, points, boxes of the ends): number of crossings, each meeting of two lines in one place once."""
    boxes = [box_of(points) for _, points, _ in lines]
    count = 0
    for i, (ends, points, at) in enumerate(lines):
        for j in range(i + 1, len(lines)):
            other_ends, other, other_at = lines[j]
            a, b = boxes[i], boxes[j]
            if a[0] > b[2] + 1 or b[0] > a[2] + 1 or a[1] > b[3] + 1 or b[1] > a[3] + 1:
                continue
            shared = [at[k] for k in at if k in other_at]
            found = []
            for p, q in zip(points, points[1:]):
                for u, v in zip(other, other[1:]):
                    hit = crossing(p, q, u, v)
                    if hit is None:
                        continue
                    x, y, s, t = hit
                    # A touch at a bend is no crossing unless the line goes on to the other side.
                    if min(s, 1 - s) < 1e-6 or min(t, 1 - t) < 1e-6:
                        if not passes(points, other, (x, y)):
                            continue
                    if any(near((x, y), box, NEAR) for box in shared):
                        continue
                    if all(abs(x - fx) + abs(y - fy) > 1 for fx, fy in found):
                        found.append((x, y))
            count += len(found)
    return count


def passes(points, other, at):
    """Whether two lines that touch in a point at a bend of one of them change sides there."""
    import math

    def around(line):
        out = []
        for p, q in zip(line, line[1:]):
            d = math.hypot(q[0] - p[0], q[1] - p[1])
            if d < 1e-9:
                continue
            t = ((at[0] - p[0]) * (q[0] - p[0]) + (at[1] - p[1]) * (q[1] - p[1])) / (d * d)
            x, y = p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])
            if -1e-6 <= t <= 1 + 1e-6 and math.hypot(x - at[0], y - at[1]) < 1e-3:
                if t > 1e-6:
                    out.append(math.atan2(p[1] - at[1], p[0] - at[0]))
                if t < 1 - 1e-6:
                    out.append(math.atan2(q[1] - at[1], q[0] - at[0]))
        return sorted(set(round(a, 6) for a in out))

    mine, theirs = around(points), around(other)
    if len(mine) != 2 or len(theirs) != 2 or set(mine) & set(theirs):
        return False
    inside = sum(mine[0] < a < mine[1] for a in theirs)
    return inside == 1


def shared_stretches(lines):
    count = 0
    for i, (ends, points, _) in enumerate(lines):
        for other_ends, other, _ in lines[i + 1:]:
            if set(ends) & set(other_ends):
                continue
            for p, q in zip(points, points[1:]):
                for u, v in zip(other, other[1:]):
                    for along, across in ((0, 1), (1, 0)):
                        if abs(p[across] - q[across]) < 1e-6 and abs(u[across] - v[across]) < 1e-6:
                            if abs(p[across] - u[across]) < EPS:
                                lo = max(min(p[along], q[along]), min(u[along], v[along]))
                                hi = min(max(p[along], q[along]), max(u[along], v[along]))
                                count += hi - lo > 4
    return count


def judge(picture):
    nodes = {n["key"]: n for n in picture["nodes"]}
    boxes = {k: n for k, n in nodes.items() if not (n["kind"] == "note" and "Frame" in n["form"])}

    def around(key):
        seen = set()
        while key in nodes and key not in seen:
            seen.add(key)
            yield key
            key = nodes[key]["inside"]

    # What takes no part in the flow stands in the sub-flow whose box holds it.
    open_boxes = {n["inside"] for n in picture["nodes"] if n["inside"] in nodes}
    for node in picture["nodes"]:
        if node["kind"] not in ("step", "gateway", "event"):
            holding = [k for k in open_boxes if holds(nodes[k]["rect"], node["rect"])]
            node["inside"] = min(holding, key=lambda k: nodes[k]["rect"][2] - nodes[k]["rect"][0], default=None)
    above = {k: set(around(k)) for k in nodes}
    # A line may end at a line: it may enter the sub-flows that this one stands in.
    for edge in picture["edges"]:
        above[edge["key"]] = set(around(edge["from"])) & set(around(edge["to"]))
    figures = dict(nodes=len(nodes), edges=len(picture["edges"]), overlaps=0, through=0, loose=0, crossings=0,
                   shared=0, labels=0, lanes=0)
    details = []
    keys = sorted(boxes, key=lambda k: boxes[k]["rect"][0])
    for i, a in enumerate(keys):
        ra = shrunk(boxes[a]["rect"], EPS)
        for b in keys[i + 1:]:
            if boxes[b]["rect"][0] >= ra[2]:
                break
            if a in above[b] or b in above[a] or boxes[a]["attached"] == b or boxes[b]["attached"] == a:
                continue
            # An event on the border of a step may reach into what encloses that step.
            if boxes[a]["attached"] in above[b] or boxes[b]["attached"] in above[a]:
                continue
            if overlap(ra, shrunk(boxes[b]["rect"], EPS)):
                figures["overlaps"] += 1
                details.append(f"overlap: {a} and {b}")
    lines = []
    for edge in picture["edges"]:
        points = edge["points"]
        if len(points) < 2:
            continue
        ends = (edge["from"], edge["to"])
        own = set().union(*(above.get(end, set()) for end in ends))
        lines.append((ends, points, {end: boxes[end]["rect"] for end in ends if end in boxes}))
        bounds = box_of(points)
        hit = False
        for key, node in boxes.items():
            if key in own:
                continue
            inner = shrunk(node["rect"], EPS)
            if not overlap((bounds[0] - 1, bounds[1] - 1, bounds[2] + 1, bounds[3] + 1), inner):
                continue
            if any(meets_box(p, q, inner) for p, q in zip(points, points[1:])):
                hit = True
                details.append(f"through: {edge['key']} ({ends[0]} to {ends[1]}) meets {key}")
        figures["through"] += hit
        for end, point in zip(ends, (points[0], points[-1])):
            if end in boxes:
                r = boxes[end]["rect"]
                if not near(point, r, 2.0):
                    figures["loose"] += 1
                    details.append(f"loose: {edge['key']} ends at {point}, not at {end} {r}")
    figures["crossings"] = crossings_of(lines)
    figures["shared"] = shared_stretches(lines)
    labels = [e["label"] for e in picture["edges"] if e["label"]]
    for i, label in enumerate(labels):
        inner = shrunk(label, EPS)
        on_box = any(overlap(inner, shrunk(n["rect"], EPS)) and not holds(n["rect"], label) for n in boxes.values())
        on_label = any(overlap(inner, shrunk(other, EPS)) for other in labels[i + 1:])
        figures["labels"] += on_box or on_label
    lanes = {lane["actor"]: lane["rect"] for lane in picture["lanes"]}
    for key, node in nodes.items():
        lane = lanes.get(node["lane"])
        if lane and node["kind"] in ("step", "gateway", "event"):
            r = node["rect"]
            if not (lane[0] - 1 <= r[0] and r[2] <= lane[2] + 1 and lane[1] - 1 <= r[1] and r[3] <= lane[3] + 1):
                # An event on the lower border of a step may stick out of the lane a little.
                if node["attached"] is None:
                    figures["lanes"] += 1
                    details.append(f"lane: {key} is outside of {node['lane']}")
    return figures, details


def holds(outer, inner):
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def dot_crossings(picture, pools=False):
    """Crossings of the same boxes and lines laid out by dot from left to right.

    Every line that is counted for the picture is given to dot: a pool at which lines end is a box there, and a line at
    which another one ends runs through a point. With `pools` the nodes of each outermost lane are a cluster."""
    nodes = {n["key"]: n for n in picture["nodes"]}
    lines = {e["key"]: e for e in picture["edges"]}
    lanes = {lane["actor"]: lane["rect"] for lane in picture["lanes"]}
    met = {end for e in picture["edges"] for end in (e["from"], e["to"])}
    number = {k: i for i, k in enumerate(k for k in (*nodes, *lanes, *lines) if k in nodes or k in met)}
    out = ["digraph g { rankdir=LR; nodesep=0.4; ranksep=0.55; node [shape=box fixedsize=true label=\"\"];"]
    for k, i in number.items():
        r = nodes[k]["rect"] if k in nodes else (0, 0, 80, 60) if k in lanes else (0, 0, 1, 1)
        out.append(f"n{i} [width={(r[2]-r[0])/72:.4f} height={(r[3]-r[1])/72:.4f}];")
    if pools:
        outermost = {k: r for k, r in lanes.items()
                     if not any(other is not r and holds(other, r) for other in lanes.values())}
        for at, rect in enumerate(outermost.values()):
            inside = [k for k in number if k in nodes and holds(rect, nodes[k]["rect"])]
            inside += [k for k in number if k in lanes and holds(rect, lanes[k])]
            if inside:
                out.append(f"subgraph cluster{at} {{ {' '.join(f'n{number[k]};' for k in inside)} }}")
    for e in picture["edges"]:
        if e["from"] in number and e["to"] in number and e["from"] != e["to"]:
            way = [e["from"], e["key"], e["to"]] if e["key"] in number else [e["from"], e["to"]]
            out += [f"n{number[a]} -> n{number[b]} [dir=none];" for a, b in zip(way, way[1:])]
    out.append("}")
    text = subprocess.run(["dot", "-Tplain"], input="\n".join(out), capture_output=True, text=True, check=True).stdout
    at, lines = {}, []
    for row in text.replace("\\\n", "").splitlines():
        part = row.split()
        if part[0] == "node":
            x, y, w, h = (float(v) * 72 for v in part[2:6])
            at[part[1]] = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        elif part[0] == "edge":
            n = int(part[3])
            control = [(float(part[4 + 2 * i]) * 72, float(part[5 + 2 * i]) * 72) for i in range(n)]
            points = [control[0]]
            for i in range(0, n - 1, 3):
                c = control[i:i + 4]
                for s in range(1, 9):
                    t = s / 8
                    u = 1 - t
                    points.append(tuple(u**3 * c[0][d] + 3 * u * u * t * c[1][d] + 3 * u * t * t * c[2][d]
                                        + t**3 * c[3][d] for d in (0, 1)))
            lines.append(((part[1], part[2]), points))
    return crossings_of([(ends, points, {e: at[e] for e in ends}) for ends, points in lines])


def main():
    paths = [a for a in sys.argv[1:] if not a.startswith("--")]
    total, worse = {}, 0
    for path in paths:
        for line in open(path, encoding="utf-8"):
            picture = json.loads(line)
            figures, details = judge(picture)
            nested = any(n["inside"] for n in picture["nodes"])
            if "--dot" in sys.argv and not nested and picture["edges"]:
                figures["compared"] = figures["crossings"]
                figures["dot"] = dot_crossings(picture)
                figures["dot_pools"] = dot_crossings(picture, pools=True)
                worse += figures["compared"] > figures["dot"]
            for key, value in figures.items():
                total[key] = total.get(key, 0) + value
            bad = {k: figures[k] for k in ("overlaps", "through", "loose", "labels", "lanes") if figures[k]}
            if "--each" in sys.argv or bad:
                print(picture["file"], picture["view"], " ".join(f"{k}={v}" for k, v in figures.items()))
                for detail in details[:6]:
                    print("   ", detail)
    print("total", " ".join(f"{k}={v}" for k, v in total.items()), f"worse_than_dot={worse}")
    bad = total.get("overlaps", 0) or total.get("lanes", 0) or total.get("through", 0) > 0.01 * total.get("edges", 0)
    if "--strict" in sys.argv and bad:
        sys.exit(1)


if __name__ == "__main__":
    main()
