#!/usr/bin/python3
"""What functools.lru_cache makes of the recursive functions of library.c: one line per case,
CASE MAXSIZE HITS MISSES CURRSIZE RESULT, for the calls that twins.c makes of them."""

import functools

MAXSIZES = [0, 1, 2, 3, 10, 128, None]


def fibonacci(maxsize):
    @functools.lru_cache(maxsize)
    def number(n):
        return n if n < 2 else number(n - 1) + number(n - 2)

    result = number(20) + number(15) + number(20)
    return number.cache_info(), result


def refill(maxsize):
    """A miss whose original makes the same call once more (bpo-35780)."""
    once = True

    @functools.lru_cache(maxsize)
    def again(key):
        nonlocal once
        if key == 20 and once:
            once = False
            return again(key)
        return 3 * key + 1

    result = sum(again(key) for key in range(15))
    result += again(20) + again(20) + again(14) + again(0)
    return again.cache_info(), result


def collatz(maxsize):
    @functools.lru_cache(maxsize)
    def steps(n):
        return 0 if n == 1 else 1 + steps(3 * n + 1 if n % 2 else n // 2)

    result = sum(steps(n) for n in range(1, 2000))
    return steps.cache_info(), result


for case in fibonacci, refill, collatz:
    for limit in MAXSIZES:
        info, answer = case(limit)
        size = 'unlimited' if limit is None else limit
        print(case.__name__, size, info.hits, info.misses, info.currsize, answer)
