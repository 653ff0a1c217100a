#!/usr/bin/python3
"""Writes traces of calls that a front serves in part, and what functools.lru_cache makes of each.

Usage: traces.py DIRECTORY. Gives DIRECTORY/NAME.trace, unsigned longs in native order, and
DIRECTORY/expected, one line per (trace, maxsize): TRACE MAXSIZE HITS MISSES CURRSIZE. A front's
lines are 16 to 64 at first, and up to 8192."""

import array
import functools
import random
import sys

CALLS = 60_000


def hot_and_cold(chooser, hot, cold, share):
    return [chooser.randrange(hot) if chooser.random() < share else hot + chooser.randrange(cold)
            for _ in range(CALLS)]


def loop(length):
    return [index % length for index in range(CALLS)]


def moving(chooser, width):
    """A working set that wanders."""
    return [index // 20 + chooser.randrange(width) for index in range(CALLS)]


def bursts(chooser, keys):
    """Each key some times in a row: the second and later ones are the front's."""
    trace = []
    while len(trace) < CALLS:
        trace += [chooser.randrange(keys)] * chooser.randrange(1, 9)
    return trace[:CALLS]


def stack(chooser, keys):
    """Near uses are likelier: all distances of reuse."""
    order, trace = list(range(keys)), []
    for _ in range(CALLS):
        key = order.pop(min(int(chooser.expovariate(8 / keys)), keys - 1))
        order.insert(0, key)
        trace.append(key)
    return trace


def tests(chooser):
    yield 'hot10', hot_and_cold(chooser, 10, 300, 0.9), [8, 11, 100]
    yield 'hot200', hot_and_cold(chooser, 200, 5000, 0.8), [150, 210, 1000]
    yield 'hot5000', hot_and_cold(chooser, 5000, 100000, 0.9), [4000, 6000]
    for length in (10, 65, 600, 5000):
        yield f'loop{length}', loop(length), [length - 1, length]
    yield 'moving', moving(chooser, 100), [60, 130]
    yield 'bursts', bursts(chooser, 500), [2, 300]
    yield 'stack', stack(chooser, 2000), [50, 700]


def main(directory):
    chooser = random.Random(20240301)
    with open(f'{directory}/expected', 'w') as expected:
        for name, trace, maxsizes in tests(chooser):
            with open(f'{directory}/{name}.trace', 'wb') as output:
                array.array('L', trace).tofile(output)
            for maxsize in maxsizes:
                cached = functools.lru_cache(maxsize)(lambda key: key)
                for key in trace:
                    cached(key)
                info = cached.cache_info()
                print(name, maxsize, info.hits, info.misses, info.currsize, file=expected)


main(sys.argv[1])
