#!/usr/bin/python3
"""Writes traces of calls and what functools.lru_cache makes of each.

Usage: traces.py DIRECTORY. Gives DIRECTORY/NAME.trace, unsigned longs in native order, and
DIRECTORY/expected, one line per (trace, maxsize): TRACE MAXSIZE HITS MISSES CURRSIZE."""

import array
import bisect
import functools
import itertools
import random
import sys

CALLS = 100_000
MAXSIZES = [0, 1, 2, 3, 128, 1000, None]
SEED = 20240229


def uniform(chooser):
    return [chooser.randrange(1500) for _ in range(CALLS)]


def zipf(chooser, keys=10_000, exponent=0.99):
    cumulated = list(itertools.accumulate(1 / rank**exponent for rank in range(1, keys + 1)))
    names = list(range(keys))
    chooser.shuffle(names)
    return [names[bisect.bisect_left(cumulated, chooser.random() * cumulated[-1], 0, keys - 1)]
            for _ in range(CALLS)]


def loop(length):
    return [index % length for index in range(CALLS)]


def scan_with_hot_set(chooser):
    scanned = itertools.count(1000)
    return [chooser.randrange(40) if chooser.random() < 0.7 else next(scanned)
            for _ in range(CALLS)]


def measure(trace, maxsize):
    cached = functools.lru_cache(maxsize)(lambda key: key)
    for key in trace:
        cached(key)
    return cached.cache_info()


def main(directory):
    chooser = random.Random(SEED)
    fixed = {'uniform': uniform(chooser), 'zipf': zipf(chooser), 'scan': scan_with_hot_set(chooser)}
    traces = [(name, trace, maxsize) for name, trace in fixed.items() for maxsize in MAXSIZES]
    traces += [(f'loop{maxsize or 0}', loop((1000 if maxsize is None else maxsize) + 1), maxsize)
               for maxsize in MAXSIZES if maxsize is not None]
    traces.append(('loopall', loop(1001), None))
    with open(f'{directory}/expected', 'w') as expected:
        for name, trace, maxsize in traces:
            with open(f'{directory}/{name}.trace', 'wb') as output:
                array.array('L', trace).tofile(output)
            info = measure(trace, maxsize)
            size = 'unlimited' if maxsize is None else maxsize
            print(name, size, info.hits, info.misses, info.currsize, file=expected)


main(sys.argv[1])
