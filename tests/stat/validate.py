#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs scenarios/validation of stations alone and compares each row of tests/stat/stations.csv with its closed
form: all intervals hold at once with probability 99 % (Sidak over all rows). Seeds and durations are the
scenarios'. Prints a table; exit status 1 when a closed form is outside its interval, or an interval is too
wide to prove anything.

usage: validate.py [--quick] [-jN] [SCENARIO...]      (in the project's root; BUILD: the build directory)
"""
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile

DTSIM = os.path.join(os.environ.get("BUILD", "build"), "dtsim")
DIR = "scenarios/validation"
EXPECT = {  # of the closed form x: what the metric should be
    "x": lambda x: x, "sqrt": math.sqrt, "1-m": lambda x: x, "1-x/1-m": lambda x: 1 - x,
    "0.3*x": lambda x: 0.3 * x, "0.4*x": lambda x: 0.4 * x, "1.5*x": lambda x: 1.5 * x,
}
ROUNDING = 1e-6  # relative: times are whole nanoseconds, integrals whole microseconds


def rows_of(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def closed_form(forms, row):
    found = [f for f in forms if f["id"] == row["id"] and row["parameters"] in f["parameters"]]
    if len(found) != 1:
        sys.exit(f"closed_forms.csv has {len(found)} rows {row['id']} with {row['parameters']}; wanted: one")
    return float(found[0]["value"])


def shorter(text, key, factor):
    """--set for a duration of the scenario divided by factor."""
    found = re.search(rf"^{key}: (\d+)s$", text, re.M)
    return ["--set", f"{key}={int(found[1]) * 1000 // factor} ms"] if found else []


def simulate(scenario, level, factor, jobs):
    """The metrics of a scenario: {(name, stat, scope): value}."""
    path = f"{DIR}/{scenario}.yaml"
    with open(path, encoding="utf-8") as f:
        text = f.read()
    less = shorter(text, "duration", factor) + shorter(text, "warmup", factor) if factor > 1 else []
    with tempfile.TemporaryDirectory() as to:
        file = f"{to}/{scenario}.h5"
        subprocess.run([DTSIM, "run", path, "-o", file, "--quiet", f"-j{jobs}", "--set",
                        f"level={level:.9f}", *less], check=True)
        out = subprocess.run([DTSIM, "summary", file, "--json"], check=True, stdout=subprocess.PIPE)
    return {(m["name"], m["stat"], frozenset(m["scope"].items())): m
            for m in json.loads(out.stdout)["metrics"]}


def compare(row, exact, metrics, width):
    """(simulated, half-width, what is wrong or "")"""
    scope = dict(s.split("=", 1) for s in row["scope"].split())
    scope["variant"] = row["variant"]
    m = metrics.get((row["metric"], row["stat"], frozenset(scope.items())))
    if not m or m["value"] is None or m["ci"][0] is None:
        return math.nan, math.nan, "NOT THERE"
    value, half = m["value"], (m["ci"][1] - m["ci"][0]) / 2
    if row["expect"].endswith("1-m"):
        value = 1 - value
    if abs(value - exact) > half + ROUNDING * exact:
        return value, half, "OUTSIDE"
    return value, half, "TOO WIDE" if half > width * exact else ""


def main(args):
    quick = "--quick" in args
    jobs = next((a[2:] for a in args if a.startswith("-j")), str(os.cpu_count()))
    wanted = [a for a in args if not a.startswith("-")]
    rows, forms = rows_of("tests/stat/stations.csv"), rows_of("tests/stat/closed_forms.csv")
    level = 0.99 ** (1 / len(rows))
    metrics, bad = {}, 0
    print(f"{'id':21}{'parameters':43}{'closed form':>13}{'simulated':>13}{'half-width':>11}  inside?")
    for row in rows:
        name = row["scenario"]
        if wanted and name not in wanted:
            continue
        if name not in metrics:
            metrics[name] = simulate(name, level, int(row["quick"]) if quick else 1, jobs)
        exact = EXPECT[row["expect"]](closed_form(forms, row))
        width = float(row["quick_width" if quick else "width"])
        value, half, wrong = compare(row, exact, metrics[name], width)
        bad += wrong != ""
        why = "" if quick or half <= 0.01 * exact else f"  (above 1 %: {row['why']})"
        print(f"{row['id']:21}{row['parameters'][:42]:43}{exact:13.6g}{value:13.6g}"
              f"{100 * half / exact:9.3f} %  {wrong or 'yes'}{why}", flush=True)
        if quick:
            print(f"{'not ok' if wrong else 'ok'} - {row['id']} of {name}, variant {row['variant']}")
    print(f"{len(rows)} rows at {100 * level:.5f} % each, so that all hold at once with 99 %; {bad} disagree")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
