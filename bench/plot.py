"""build/bench/ratio.svg: by working set, hits over empty calls; by hit rate, with us over without."""
import subprocess

import harness
import programs
from harness import ROOT, progress, ratio, results, tool
from report import Row
from rows import hits

SIZES = (16, 64, 256, 1024, 4096, 16384, 65536)
WAYS = ("us", "if_memo", "recipe", "kyoto")


def by_size():
    lines = []
    for keys in SIZES[:4] if harness.QUICK else SIZES:
        table = hits("d1", keys) if keys <= 256 else hits("d1", keys, 20, 65536)
        figures = [f"{ratio(table, way, 'empty'):.3f}" if way in table else "nan" for way in WAYS]
        lines.append(" ".join([str(keys), *figures]))
    return "\n".join(["keys " + " ".join(WAYS), *lines]) + "\n"


def by_rate():
    lines = [f"{percent} " + " ".join(f"{programs.cells(ns)[k]['over_off']:.4f}"
                                      for ns in programs.COSTS)
             for k, percent in enumerate(programs.RATES)]
    return "\n".join(["percent " + " ".join(map(str, programs.COSTS)), *lines]) + "\n"


def plot():
    gnuplot = tool("gnuplot", "gnuplot-nox")
    (results() / "size.data").write_text(by_size())
    (results() / "rate.data").write_text(by_rate())
    progress("plot ...")
    subprocess.run([gnuplot, ROOT / "bench/ratio.gnuplot"], cwd=results(), check=True)
    yield Row("plot", "plot", "ratio by working set and by hit rate", note=f"{results() / 'ratio.svg'}")
