"""Runs the programs of build/bench, with us and without, and takes medians of what they print."""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("O", ROOT / "build")).absolute()
BENCH = BUILD / "bench"
LIBRARY = BUILD / "libmemo.so"
QUICK = False

# How the ways that are compared with each other are configured.
WAYS = """
[d1_full]
prototype = double d1_full(double a)
adaptive = off
[d1_front]
prototype = double d1_front(double a)
adaptive = front
"""


class Missing(Exception):
    """A measurement can't be made: something isn't installed, or failed. The text says what to do."""


def progress(text):
    """One line on stderr that is written over, or on a log a line each."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)


def results():
    """Where figures go: those of --quick do not replace true ones."""
    directory = BENCH / "quick" if QUICK else BENCH
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def scaled(number, least=1):
    """So many rounds or milliseconds; a hundredth when it should be quick."""
    return max(least, number // 100) if QUICK else number


def tool(name, package):
    path = shutil.which(name)
    if not path:
        raise Missing(f"{name} is not installed (Debian: {package}; scripts/install-packages bench)")
    return path


def config(text="", **defaults):
    """A config file with everything in bench/originals.conf; text is added, defaults go to [*]. What
    was last asked for stays in build/bench."""
    lines = [f"{key} = {value}\n" for key, value in defaults.items()]
    path = BENCH / ("-".join(["bench", *map(str, defaults.values()), *re.findall(r"\w+", text)[:1]]) +
                    ".conf")
    path.write_text("[*]\n" + "".join(lines) + (ROOT / "bench/originals.conf").read_text() + text)
    path.chmod(0o644)
    return str(path)


def run(program, *arguments, memo=None, more=None, wrapper=()):
    """The output of a program of build/bench, under us if `memo` is a config file."""
    path = BENCH / program
    if not path.exists():
        raise Missing(f"{path} is not built: make bench-programs")
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": "/nonexistent",
                   "LC_ALL": "C", **(more or {})}
    if memo:
        environment.update(LD_PRELOAD=str(LIBRARY), MEMO_CONFIG=memo)
    done = subprocess.run([*wrapper, path, *map(str, arguments)], env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0 or (done.stderr and not wrapper):
        raise Missing(f"{path.name} {' '.join(map(str, arguments))}: status {done.returncode}; "
                      + " ".join(done.stderr.split())[:200])
    return done.stdout


def columns(text):
    """A table with a header line, as {name: [figures]}; -1 stands for a figure not measured."""
    lines = [line.split("\t") for line in text.splitlines()]
    return {name: [float(line[k]) for line in lines[1:]] for k, name in enumerate(lines[0])}


def ratio(table, this, by):
    """Median over the rounds of one way's figure over another's of the same round: what disturbs a
    round for long disturbs both."""
    return statistics.median(a / b for a, b in zip(table[this], table[by]))


def median(figures):
    return statistics.median(figures)


def measured_again(measure, bar):
    """A figure near its bar, on the wrong side, is measured twice more; the middle one counts. A
    maximum over many cells would else be the largest disturbance."""
    first = measure()
    if QUICK or not bar < first[0] < 1.3 * bar:
        return first
    return sorted([first, measure(), measure()], key=lambda cell: cell[0])[1]


_steps = {}


def steps(ns):
    """How many steps of the original take so many nanoseconds, when nothing disturbs it: the most that
    five tries find."""
    for _ in range(0 if _steps else scaled(5)):
        for line in run("calibrate", 5, 15, 20, 50, 300, 3000).splitlines():
            cost, count, _ = line.split("\t")
            _steps[int(cost)] = max(int(count), _steps.get(int(cost), 0))
    return _steps[ns]
