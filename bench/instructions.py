"""Instructions per hit, as callgrind counts them: no noise, but no caches and no waiting either."""
import re

import harness
from harness import BENCH, config, progress, run, tool
from report import Row

NAMES = {
    "d1": "double", "d2": "two doubles", "d3": "three doubles", "d4": "four doubles",
    "f1": "float", "f2": "two floats", "i1": "long", "i2": "two longs", "i3": "long, int, long",
    "i4": "four ints", "id": "int and double", "t1": "string of 16 bytes",
    "o1": "double, one double out", "o2": "double, two doubles out",
    "table": "double, in the table (16k keys)",
}


def counts(*arguments, **defaults):
    """{(name, way): instructions per call}: each dump's total, the longer loop less the shorter."""
    for old in BENCH.glob("callgrind.out*"):
        old.unlink()
    valgrind = tool("valgrind", "valgrind")
    run("instructions", *arguments, memo=config(adaptive="off", **defaults),
        wrapper=(valgrind, "--tool=callgrind", f"--callgrind-out-file={BENCH}/callgrind.out"))
    totals = {}
    for path in BENCH.glob("callgrind.out.*"):
        text = path.read_text()
        name = re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.M)
        total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
        if name and total:
            symbol, way, calls = name.group(1).split()
            totals[symbol, way, int(calls)] = int(total.group(1))
    return {(symbol, way): (totals[symbol, way, 3000] - totals[symbol, way, 1000]) / 2000
            for symbol, way, calls in totals if calls == 1000}


def instructions():
    progress("instructions ...")
    if not (BENCH / "instructions").exists():
        raise harness.Missing("valgrind's headers are not installed "
                              "(Debian: valgrind; scripts/install-packages bench)")
    found = counts()
    progress("instructions, in the table ...")
    found.update(counts("table", maxsize=65536))
    for symbol, text in NAMES.items():
        us, empty = found[symbol, "us"], found[symbol, "empty"]
        yield Row("instructions", symbol, text, us,
                  note=f"{us - empty:.1f} more than the empty call's {empty:.1f}")
