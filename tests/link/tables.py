# What /usr/bin/python3 calls through: canonical PLT entries in a lazy non-PIE program, ctypes.
import ctypes, math

values = [i % 10 / 16 for i in range(1000)]
print(sum(map(math.acos, values)), sum(map(math.sin, values)), sum(map(math.cbrt, values)))


def call(library, name):
    function = getattr(library, name)
    function.restype, function.argtypes = ctypes.c_double, [ctypes.c_double]
    return sum(function(x) for x in values)


print(call(ctypes.CDLL("libm.so.6"), "tanh"), call(ctypes.CDLL(None), "erf"))
try:
    ctypes.CDLL(None).no_such_symbol
except AttributeError as error:
    print(error)
