"""Rows of figures: the table for people and the JSON for programs."""
import dataclasses
import datetime
import json
import os
import platform
import subprocess

import harness


@dataclasses.dataclass
class Row:
    group: str                # what bench/run calls it
    key: str                  # unique within the group
    text: str                 # what is divided by what
    value: float = None       # None: not measured
    at_most: float = None     # the bar, one of the two or none
    at_least: float = None
    aim: float = None
    note: str = ""            # the figures behind it
    cells: list = None        # where one row sums up many: all of them, for the JSON

    def met(self):
        if self.value is None or (self.at_most is None and self.at_least is None):
            return None
        return self.value <= self.at_most if self.at_most is not None else self.value >= self.at_least

    def bar(self):
        sign, number = ("<=", self.at_most) if self.at_most is not None else (">=", self.at_least)
        if number is None:
            return ""
        return f"{sign} {number:g}" + (f" ({self.aim:g})" if self.aim else "")


def figure(value):
    if value is None:
        return "-"
    return f"{value:.3f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


TITLES = {
    "noise": "How far figures can be trusted",
    "front": "Hits of double f(double), argument in the front",
    "signatures": "Hits of other signatures",
    "table": "Hits in the table",
    "outputs": "Large outputs",
    "distinct": "Arguments that never repeat",
    "rates": "Some arguments repeat: 10, 20 ... 90 % of 256 keys; the worst of the nine",
    "phases": "A program whose habits change",
    "threads": "Two threads, one slot",
    "memory": "Memory",
    "start": "Start",
    "unconfigured": "Functions that are not configured",
    "instructions": "Instructions of a hit, loop and call included",
    "plot": "Plot",
}


def show(rows):
    """Aligned: the row, its figure, its bar (and aim), whether it is met, the figures behind it."""
    width = max(len(row.text) for row in rows)
    line = f"  {{:{width}}}  {{:>8}}  {{:13}} {{:4}} {{}}"
    print(line.format("", "figure", "bar (aim)", "met", "behind it"))
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            print(TITLES[group])
        met = {True: "yes", False: "no", None: ""}[row.met()]
        print(line.format(row.text, figure(row.value), row.bar(), met, row.note).rstrip())
    judged = [row.met() for row in rows if row.met() is not None]
    print(f"{sum(judged)} of {len(judged)} bars met")


def commit():
    """What was measured; empty outside of a repository."""
    try:
        return subprocess.run(["git", "-C", harness.ROOT, "describe", "--always", "--dirty"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.strip()
    except FileNotFoundError:
        return ""


def machine():
    model = "unknown"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith(("model name", "CPU part")):
                model = line.split(":", 1)[1].strip()
                break
    return {"cpu": model, "cpus": os.cpu_count(), "machine": platform.machine(),
            "libc": " ".join(platform.libc_ver()), "kernel": platform.release(),
            "commit": commit(), "quick": harness.QUICK,
            "time": datetime.datetime.now().isoformat(timespec="seconds")}


def write(rows, path):
    done = [{**dataclasses.asdict(row), "met": row.met()} for row in rows]
    temporary = path.with_suffix(".json.new")
    temporary.write_text(json.dumps({"machine": machine(), "rows": done}, indent=1) + "\n")
    temporary.replace(path)
