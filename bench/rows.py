"""What a hit costs: all ways in one process, in alternating rounds; several processes, because where
the kernel puts a process's memory is worth some percent."""
import functools
import statistics

from harness import ROOT, columns, config, median, progress, ratio, run, scaled, steps
from report import Row

PROCESSES = 5
PYTHON = "/usr/bin/python3"


def merged(tables):
    return {name: sum((table[name] for table in tables), []) for name in tables[0]}


@functools.lru_cache(maxsize=None)
def hits(signature, keys, rounds=60, maxsize=4096):
    """Columns of nanoseconds; original costs 300, so that caching is right whatever a hit costs."""
    progress(f"hits: {signature}, {keys} keys ...")
    memo = config(maxsize=maxsize)
    return merged([columns(run("hits", signature, keys, scaled(rounds, 3), steps(300), memo=memo))
                   for _ in range(scaled(PROCESSES))])


def over(table, this, by):
    return f"{median(table[this]):.2f} / {median(table[by]):.2f} ns"


def noise():
    progress("noise ...")
    table = columns(run("hits", "noise", 64, scaled(100, 3), steps(50)))
    quartiles = statistics.quantiles([a / b for a, b in zip(table["again"], table["original"])])
    yield Row("noise", "noise", "an original / the same code under another name",
              ratio(table, "again", "original"),
              note=f"{over(table, 'again', 'original')}, half of the rounds "
                   f"{quartiles[0]:.3f} to {quartiles[2]:.3f}")


def lru_cache(keys):
    """Rounds of Python's, alternating with rounds of ours: each in a process of its own."""
    pairs = []
    memo = config()
    turns = scaled(PROCESSES)
    for turn in range(turns):
        progress(f"lru_cache: {turn + 1} of {turns} ...")
        ours = columns(run("hits", "d1", keys, scaled(20, 3), steps(300), memo=memo))
        theirs = columns(run(PYTHON, ROOT / "bench/peers/lru_cache.py", keys, scaled(40, 3)))
        pairs.append((median(theirs["lru_cache"]), median(ours["us"])))
    return (median([a / b for a, b in pairs]),
            f"{median([a for a, _ in pairs]):.2f} / {median([b for _, b in pairs]):.2f} ns")


def front():
    for keys in (16, 64, 256):
        table = hits("d1", keys)
        yield Row("front", f"empty.{keys}", f"a hit, {keys} keys / an empty library call",
                  ratio(table, "us", "empty"), at_most=1.6, aim=1.3, note=over(table, "us", "empty"))
    for keys in (16, 64, 256):
        table = hits("d1", keys)
        yield Row("front", f"recipe.{keys}", f"the usual recipe / a hit, {keys} keys",
                  ratio(table, "recipe", "us"), at_least=6, note=over(table, "recipe", "us"))
    for keys in (16, 64, 256):
        table = hits("d1", keys)
        yield Row("front", f"if_memo.{keys}", f"a hit, {keys} keys / the If-memo-style table",
                  ratio(table, "us", "if_memo"), at_most=1.4, aim=1.1,
                  note=over(table, "us", "if_memo"))
    value, note = lru_cache(64)
    yield Row("front", "lru_cache", "functools.lru_cache / a hit, 64 keys", value, at_least=15,
              note=note)
    table = hits("d1", 64)
    if "kyoto" in table:
        yield Row("front", "kyoto", "Kyoto Cabinet's CacheDB / a hit, 64 keys",
                  ratio(table, "kyoto", "us"), note=over(table, "kyoto", "us"))
    else:
        yield Row("front", "kyoto", "Kyoto Cabinet's CacheDB / a hit, 64 keys",
                  note="libkyotocabinet-dev is not installed (scripts/install-packages bench)")
    figures = hits("original", 64, 10)
    yield Row("front", "original", "an original of 300 ns / a hit, 64 keys",
              ratio(figures, "original", "us"), note=over(figures, "original", "us"))


def signatures():
    for signature, text, bar in (("d2", "two doubles", 2.0), ("i4", "four ints", 2.0),
                                 ("t1", "a string of 16 bytes", 5.0)):
        table = hits(signature, 64)
        yield Row("signatures", signature, f"a hit, {text} / its empty library call",
                  ratio(table, "us", "empty"), at_most=bar, note=over(table, "us", "empty"))


def table():
    keys = 16384
    figures = hits("d1", keys, 20, 4 * keys)
    yield Row("table", "recipe", "the usual recipe / a hit, 16k keys", ratio(figures, "recipe", "us"),
              at_least=1.5, note=over(figures, "recipe", "us"))
    yield Row("table", "if_memo", "a hit, 16k keys / the If-memo-style table",
              ratio(figures, "us", "if_memo"), note=over(figures, "us", "if_memo"))


def outputs():
    """Of misses what they cost beyond the original; the copy is hot, as is what is copied by a hit."""
    memo = config(adaptive="off", maxsize=256)
    for kind, text in (("text", "a text of 16 bytes in a buffer of 8 KiB"),
                       ("bytes", "8 KiB of bytes"), ("doubles", "8 KiB of doubles")):
        progress(f"outputs: {kind} ...")
        table = columns(run("outputs", kind, scaled(40, 3), memo=memo))
        beyond = [miss - plain for miss, plain in zip(table["miss"], table["plain"])]
        table["beyond"] = beyond
        yield Row("outputs", f"hit.{kind}", f"a hit, {text} / copying 8 KiB",
                  ratio(table, "hit", "copy"), note=over(table, "hit", "copy"))
        yield Row("outputs", f"miss.{kind}", f"a miss less its original, {text} / copying 8 KiB",
                  ratio(table, "beyond", "copy"), note=over(table, "beyond", "copy"))
