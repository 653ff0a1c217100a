"""What a program notices: never slower, from start to end."""
import json
import os
import shutil
import subprocess

import harness
from harness import (BENCH, LIBRARY, WAYS, columns, config, measured_again, median,
                     progress, ratio, run, scaled, steps)
from report import Row


def distinct():
    """Sums, not medians: what is spent on finding out that caching does not pay counts."""
    milliseconds = scaled(2000)
    for function in ("exp", "log", "sin", "pow", "tgamma", "text"):
        text = "" if function == "text" else f"[{function}]\n"
        memo = config(text)

        def measure():
            progress(f"distinct arguments: {function} ...")
            table = columns(run("distinct", function, milliseconds, steps(20), memo=memo))
            us, original = sum(table["us"]), sum(table["original"])
            count = len(table["us"])
            return us / original, f"{us / count:.2f} / {original / count:.2f} ns"
        value, note = measured_again(measure, 1.02)
        name = "a string of 16 bytes, 20 ns" if function == "text" else function
        yield Row("distinct", function, f"{name}: with us / without", value, at_most=1.02, note=note)


def cell(ns, percent, memo):
    """With us over without; with us over the best of the three that do not choose."""
    table = columns(run("rates", steps(ns), ns, percent, 256, scaled(100), memo=memo))
    count = len(table["us"])
    us, off = sum(table["us"]) / count, sum(table["original"]) / count
    full, front = (median([x for x in table[way] if x >= 0]) for way in ("full", "front"))
    best = min(off, full, front)
    return (us / off, us / best,
            {"original_ns": ns, "percent": percent, "us": us, "off": off, "full": full,
             "front": front, "over_off": us / off, "over_best": us / best})


RATES = range(10, 100, 10)
COSTS = (5, 15, 50, 300, 3000)
_cells = {}


def cells(ns):
    """The nine hit rates of one original; measured once, for the table and for the plot."""
    if ns not in _cells:
        memo = config(WAYS)
        done = []
        for percent in RATES:
            progress(f"hit rates: an original of {ns} ns, {percent} % ...")
            done.append(measured_again(lambda: cell(ns, percent, memo), 1.03)[2])
        _cells[ns] = done
    return _cells[ns]


def worst(ns, key, by):
    found = max(cells(ns), key=lambda each: each[key])
    return found[key], f"at {found['percent']} %: {found['us']:.2f} / {by(found):.2f} ns"


def rates():
    for ns in COSTS:
        value, note = worst(ns, "over_off", lambda found: found["off"])
        yield Row("rates", f"off.{ns}", f"original of {ns} ns: with us / without", value,
                  at_most=1.03, note=note, cells=cells(ns))
    for ns in COSTS:
        value, note = worst(ns, "over_best", lambda found: found["us"] / found["over_best"])
        yield Row("rates", f"best.{ns}",
                  f"original of {ns} ns: with us / best of off, front, front + table", value,
                  at_most=1.1, note=note)


def phases():
    """A second each, by the original's time. What always caches is timed for a tenth of that: it does
    the same all the time, and takes long where nothing repeats."""
    memo = config(WAYS)
    calls = scaled(1000, 20) * 1_000_000 // 50

    def figures(way, count):
        progress(f"phases: {way} ...")
        return [float(x) for x in run("phases", way, steps(50), count, memo=memo).split()]

    def measure():
        off, us = figures("original", calls), figures("us", calls)
        full = figures("full", calls // 10)
        ideal = sum(min(pair) for pair in zip(off, full))
        return (sum(us) / ideal, "with us " + ", ".join(f"{x:.1f}" for x in us) +
                f" ns; off {off[0]:.1f}, {off[1]:.1f}; always {full[0]:.1f}, {full[1]:.1f}")
    value, note = measured_again(measure, 1.1)
    yield Row("phases", "phases", "1 s of 95 % hits, 1 s of none, twice: us / ideal switch",
              value, at_most=1.1, note=note)


def threads():
    progress("two threads ...")
    if os.cpu_count() < 2:
        raise harness.Missing("two threads need two CPUs")
    memo = config("".join(f"[{name}]\nprototype = double {name}(double a)\nadaptive = off\n{more}"
                          for name, more in (("d1_full", ""), ("d1_plain", ""),
                                             ("d1_plain2", "depends = env:BENCH\n"))))
    table = columns(run("threads", scaled(61, 3), scaled(300_000), steps(300), memo=memo))
    ways = (("us", "scaling", "", 0.95), ("flat", "flat", ", a flat front's hits", 0.9),
            ("same", "misses", ", all misses of one slot", None),
            ("apart", "apart", ", all misses of a slot each", None))
    scaling = {name: [two / one for one, two in zip(table[f"{name}1"], table[f"{name}2"])]
               for name in ("empty", *(way[0] for way in ways))}
    for name, key, text, bar in ways:
        yield Row("threads", key, f"two threads / one, calls per second: us / empty calls{text}",
                  ratio(scaling, name, "empty"), at_least=bar,
                  note=f"{median(scaling[name]):.2f} / {median(scaling['empty']):.2f}")


def memory():
    progress("memory ...")
    count = 100_000
    stats = BENCH / "memory.json"
    stats.unlink(missing_ok=True)
    memo = config(maxsize=count, adaptive="off")
    grown = int(run("fill", count, memo=memo, more={"MEMO_STATS": str(stats)}))
    report = json.loads(stats.read_text())
    slot = next(row for row in report["symbols"] if row["symbol"] == "d1_us")
    size = slot["currsize"]
    yield Row("memory", "bytes", "bytes in the report / entries, one double in and out",
              slot["bytes"] / size if size else None, at_most=112,
              note=f"{slot['bytes']} / {size}")
    yield Row("memory", "resident", "bytes that the process grew by / entries",
              grown / size if size else None, note=f"{grown} / {size}")


def start():
    progress("start ...")
    program = shutil.which("true")
    many = BENCH / "thousand.conf"
    many.write_text("".join(f"[bench_function_{n}]\nprototype = double bench_function_{n}(double x)\n"
                            for n in range(1000)))
    table = columns(run("spawn", scaled(1000, 10), program, f"empty={BENCH}/libempty.so",
                        f"us={LIBRARY}", f"thousand={LIBRARY},{many}"))
    for name, text, bar in (("us", "true with us", 1.25),
                            ("thousand", "true with us, 1,000 sections", 3)):
        yield Row("start", name, f"{text} / true with an empty library",
                  ratio(table, name, "empty"), at_most=bar,
                  note=f"{median(table[name]) / 1e3:.0f} / {median(table['empty']) / 1e3:.0f} us; "
                       f"{ratio(table, name + '_cpu', 'empty_cpu'):.3f} of CPU time")


def unconfigured():
    """Alternating processes: calls per second with us over without are nanoseconds the other way."""
    memo = config()
    pairs = []
    turns = scaled(30, 2)
    for turn in range(turns):
        progress(f"functions that are not configured: {turn + 1} of {turns} ...")
        with_us = columns(run("unconfigured", scaled(30, 3), memo=memo))
        without = columns(run("unconfigured", scaled(30, 3)))
        pairs.append({name: (median(without[name]), median(with_us[name])) for name in without})
    for name in ("empty", "exp", "sin"):
        text = "an empty call" if name == "empty" else name
        yield Row("unconfigured", name, f"{text}: calls per second with us / without",
                  median([pair[name][0] / pair[name][1] for pair in pairs]), at_least=0.99,
                  note=f"{median([p[name][0] for p in pairs]):.3f} / "
                       f"{median([p[name][1] for p in pairs]):.3f} ns")
