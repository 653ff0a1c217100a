"""Maths, dates and text in python."""

import cmath
import datetime
import json
import math
import random
import re
import statistics
import struct
import sys
import time

random.seed(42)


def heading(text):
    print(f'\n== {text} ==')


def attempt(function, *arguments):
    """The result, or the error: math turns errno and the flags into exceptions."""
    try:
        return repr(function(*arguments))
    except (ValueError, OverflowError, ZeroDivisionError, OSError) as error:
        return f'{type(error).__name__}: {error}'


ONE = ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cbrt', 'ceil', 'cos', 'cosh', 'erf',
       'erfc', 'exp', 'exp2', 'expm1', 'fabs', 'floor', 'frexp', 'gamma', 'lgamma', 'log', 'log10',
       'log1p', 'log2', 'modf', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc', 'ulp']
TWO = ['atan2', 'copysign', 'fmod', 'hypot', 'nextafter', 'pow', 'remainder']
VALUES = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.0, 3.7, -3.7, 10.0, 100.25, 710.0, -745.2, 1e10,
          1e-10, 1e308, 5e-324, math.inf, -math.inf, math.nan, math.pi, math.e]

heading('one argument')
for _ in range(3):
    for name in ONE:
        print(name, [attempt(getattr(math, name), value) for value in VALUES])

heading('two arguments')
for _ in range(2):
    for name in TWO:
        for left in VALUES:
            print(name, left, [attempt(getattr(math, name), left, right) for right in VALUES])
print([attempt(math.ldexp, value, exponent) for value in VALUES for exponent in (-1074, -1, 0, 2000)])

heading('whole numbers')
print(math.factorial(60), math.comb(50, 25), math.perm(20, 7), math.gcd(2**40, 6**20),
      math.isqrt(10**40), math.lcm(*range(1, 30)))
print([pow(base, exponent, 1000007) for base in range(2, 12) for exponent in (3, 1000, 12345)])

heading('complex')
for _ in range(2):
    for name in ('sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'tanh'):
        print(name, [attempt(getattr(cmath, name), complex(x, y)) for x in (-2.5, 0.0, 1.0)
                     for y in (-1.0, 0.0, 3.5)])

heading('float formatting')
print([f'{value:.17g} {value!r} {value:e}' for value in VALUES])
print([float(text) for text in ('1e400', '-0', '0x10'[:1], '3.141592653589793238', '1e-400', 'nan')])

heading('dates')
for index in range(300):
    moment = 1690000000 + index % 60 * 123457
    print(time.strftime('%Y-%m-%d %H:%M:%S %Z %j', time.localtime(moment)), time.ctime(moment),
          time.asctime(time.gmtime(moment)), time.localtime(moment).tm_gmtoff)
for index in range(200):
    print(time.mktime((2023, 1 + index % 12, 1 + index % 28, index % 24, 30, 0, 0, 0, -1)))
for _ in range(2):
    print(datetime.datetime.fromtimestamp(1698543000), datetime.datetime.fromtimestamp(1698539400),
          datetime.datetime(2023, 10, 29, 2, 30).timestamp(),
          datetime.datetime(2023, 10, 29, 2, 30, fold=1).timestamp(),
          datetime.date(2024, 2, 29) + datetime.timedelta(days=366))
print(attempt(time.localtime, 2**60), attempt(time.mktime, (10**9, 1, 1, 0, 0, 0, 0, 0, 0)))
print(time.tzname, time.timezone, time.daylight)

heading('statistics')
sample = [random.randrange(64) / 8 for _ in range(1000)]
print(statistics.mean(sample), statistics.stdev(sample), statistics.median(sample),
      statistics.geometric_mean([value + 1 for value in sample]), statistics.quantiles(sample))
normal = statistics.NormalDist(3, 2)
print([normal.cdf(value) for value in sample[:50]], normal.inv_cdf(0.3))
print([random.gauss(0, 1) for _ in range(50)], [random.gammavariate(2, 3) for _ in range(50)],
      [random.vonmisesvariate(1, 2) for _ in range(50)])
print(math.fsum(math.sin(index % 100) * math.exp(-(index % 100) / 10) for index in range(20000)))
print(math.dist((1, 2, 3), (4, 5, 6.5)), math.prod(sample[:10]), math.isclose(1e9, 1e9 + 1))

heading('text')
words = 'the quick brown fox jumps over the lazy dog and the cat sleeps'.split()
counts = {}
for index in range(2000):
    word = words[index * 7 % len(words)]
    counts[word] = counts.get(word, 0) + len(re.sub('[aeiou]', lambda found: found[0] * 2, word))
print(json.dumps(counts, sort_keys=True), sorted(words, key=lambda word: (len(word), word[::-1])))
print(struct.pack('>idq8s', 1, math.pi, -5, b'packed').hex(), hash((1.5, 2)), hash(0.1))

print('last words', file=sys.stderr)
sys.exit(7)
