"""lru_cache.py KEYS ROUNDS: nanoseconds per hit of functools.lru_cache, one round a line, as Python
sees it: the loop around the call is Python's and part of the figure, as the loop in C is of the
other figures."""
import functools
import math
import random
import sys
import time

keys, rounds = int(sys.argv[1]), int(sys.argv[2])
cached = functools.lru_cache(maxsize=max(4096, keys))(math.lgamma)
draw = random.Random(1)
pool = [1 + i / 1000 for i in range(keys)]
arguments = draw.choices(pool, k=max(2048, 4 * keys))
for key in pool:
    cached(key)


def one_round():
    begin = time.thread_time_ns()
    for argument in arguments:
        cached(argument)
    return (time.thread_time_ns() - begin) / len(arguments)


print("lru_cache")
for _ in range(rounds):
    print(one_round())
