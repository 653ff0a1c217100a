"""mixed.py COUNT [ZONE...]: so many calls of Python's own crypt, mktime, localtime and math, mixed, a
line each; after each part of the run it goes to the next ZONE."""

import math
import os
import random
import sys
import time
import warnings

warnings.simplefilter('ignore', DeprecationWarning)
import crypt

random.seed(1)
ONE = ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cbrt', 'ceil', 'cos', 'cosh', 'erf',
       'erfc', 'exp', 'exp2', 'expm1', 'fabs', 'floor', 'frexp', 'gamma', 'lgamma', 'log', 'log10',
       'log1p', 'log2', 'modf', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc', 'ulp']
TWO = ['atan2', 'copysign', 'fmod', 'hypot', 'nextafter', 'pow', 'remainder']
NUMBERS = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.0, 3.7, -3.7, 10.0, 100.25, 710.0, -745.2, 1e10,
           1e-10, 1e308, 5e-324, math.inf, -math.inf, math.nan, math.pi, math.e]
PHRASES = ['', 'a', 'secret', 'a longer phrase than DES looks at', 'äö']
SETTINGS = ['ab', 'xy', '$1$salt$', '$1$pepper$', '$5$rounds=1000$salt$', '*']


def attempt(function, *arguments):
    """The result, or the error: math turns errno and the flags into exceptions."""
    try:
        return repr(function(*arguments))
    except (ValueError, OverflowError, ZeroDivisionError, OSError) as error:
        return f'{type(error).__name__}: {error}'


def number():
    return random.choice(NUMBERS) + random.randrange(8) / 8


def moment():
    return 10**9 + random.randrange(200) * 1234567


def one():
    name, x = random.choice(ONE), number()
    return f'{name} {x} {attempt(getattr(math, name), x)}'


def two():
    name, x, y = random.choice(TWO), number(), number()
    return f'{name} {x} {y} {attempt(getattr(math, name), x, y)}'


def mktime():
    fields = (2010, 1 + random.randrange(12), 1 + random.randrange(4), random.randrange(24),
              15 * random.randrange(4), 0, 0, 0, random.randrange(-1, 2))
    return f'mktime {fields} {time.mktime(fields)}'


def localtime():
    when = moment()
    return f'localtime {when} {time.localtime(when)} {time.localtime(when).tm_gmtoff}'


def strftime():
    return time.strftime('strftime %A %d %B %Y %H:%M:%S %j %U', time.localtime(moment()))


def encrypt():
    phrase, setting = random.choice(PHRASES), random.choice(SETTINGS)
    return f'crypt {phrase} {setting} {attempt(crypt.crypt, phrase, setting)}'


def main(count, *zones):
    count, zones = int(count), list(zones)
    part = count // (len(zones) + 1) + 1
    for i in range(1, count + 1):
        if i % part == 0:
            os.environ['TZ'] = zones.pop(0)
            time.tzset()
            print('zone', os.environ['TZ'], time.tzname)
        print(random.choice((one, two, mktime, localtime, strftime))() if i % 50 else encrypt())


main(*sys.argv[1:])
