#!/usr/bin/python3
"""Writes functions of every typed path of the front, each with a twin that no config names.

Usage: generate.py DIRECTORY. Gives DIRECTORY/paths.h, paths.c (the functions) and paths.conf (their
sections, to be put behind one for [*]), and table.c: how main.c calls each by the bits of its
arguments."""

import itertools
import sys

INTS = ['uint64_t', 'int64_t', 'int32_t', 'uint32_t', 'int16_t', 'uint16_t', 'int8_t', 'uint8_t']
RESULTS = INTS + ['double', 'float']


def grid():
    """(argument types, result type) of all numbers of arguments of either bank, mixed orders too."""
    results = itertools.cycle(RESULTS)
    narrow = itertools.cycle(INTS)
    for ints, vectors in itertools.product(range(5), repeat=2):
        if not 1 <= ints + vectors <= 4:
            continue
        yield ['uint64_t'] * ints + ['double'] * vectors, 'double'
        yield ['float'] * vectors + ['int32_t'] * ints, 'float'
        yield ['uint32_t'] * ints + ['double'] * vectors, next(results)
        yield ['int64_t'] * ints + ['float'] * vectors, next(results)
        for _ in range(3):
            yield [next(narrow) for _ in range(ints)] + ['float', 'double', 'float', 'double'][:vectors], next(results)
    for kind in INTS:  # every width on its own, both ways
        yield [kind], 'double'
        yield ['double'], kind
        yield [kind, kind], kind


def function(number, kinds, result):
    name = f'path_{number}'
    declared = ', '.join(f'{kind} a{i}' for i, kind in enumerate(kinds))
    passed = ', '.join(f'a{i}' for i in range(len(kinds)))
    floats = ''.join(f'    real = real * 1.1 + (double)(a{i} * (({kind})1 / ({kind})3));\n' for i, kind in enumerate(kinds)
                     if kind in ('double', 'float'))
    mixed = ''.join(f'    bits = mix(bits, (uint64_t)a{i});\n' for i, kind in enumerate(kinds) if kind in INTS)
    source = f"""__attribute__((noinline)) static {result} body_{number}({declared})
{{
    uint64_t bits = {number};
    double real = 0.1;
{floats}{mixed}    bits = mix(bits, bits_of(real));
    if (bits % 7 == 0) errno = EDOM;
    if (bits % 7 == 1) errno = 0;
    {'return (' + result + ')(real + (double)(bits >> 40));' if result in ('double', 'float') else 'return (' + result + ')bits;'}
}}
{result} {name}({declared}) {{ return body_{number}({passed}); }}
{result} twin_{number}({declared}) {{ return body_{number}({passed}); }}
"""
    # The caller passes whole registers: what is above a narrow integer is anything.
    cast = ', '.join('uint64_t' if kind in INTS else kind for kind in kinds)
    arguments = ', '.join(f'bits[{i}]' if kind in INTS else f'as_{kind}(bits[{i}])' for i, kind in enumerate(kinds))
    call = f"""static uint64_t call_{number}(bool twin, const uint64_t *bits)
{{
    {result} (*function)({cast}) = ({result} (*)({cast}))(twin ? (void *)twin_{number} : (void *){name});
    return bits_{result}(function({arguments}));
}}
"""
    header = f'{result} {name}({declared});\n{result} twin_{number}({declared});\n'
    section = f'[{name}]\nprototype = {result} {name}({declared})\n'
    return source, call, header, section


def main(directory):
    parts = [function(number, kinds, result) for number, (kinds, result) in enumerate(grid())]
    banks = [''.join('f' if kind == 'float' else 'd' if kind == 'double' else 'i' for kind in kinds) for kinds, _ in grid()]
    with open(f'{directory}/paths.c', 'w') as file:
        file.write('#include "paths.h"\n#include <errno.h>\n#include <string.h>\n'
                   'static uint64_t mix(uint64_t bits, uint64_t more)\n{\n'
                   '    bits = (bits ^ more) * 0x9e3779b97f4a7c15;\n    return bits ^ bits >> 29;\n}\n'
                   'static uint64_t bits_of(double real)\n{\n    uint64_t bits;\n'
                   '    memcpy(&bits, &real, 8);\n    return bits;\n}\n')
        file.write(''.join(source for source, _, _, _ in parts))
    with open(f'{directory}/paths.h', 'w') as file:
        file.write('#include <stdint.h>\n' + ''.join(header for _, _, header, _ in parts))
    with open(f'{directory}/paths.conf', 'w') as file:
        file.write(''.join(section for _, _, _, section in parts))
    with open(f'{directory}/table.c', 'w') as file:
        file.write('#include "paths.h"\n#include "front/call.h"\n' + ''.join(call for _, call, _, _ in parts) +
                   'const struct path paths[] = {\n' +
                   ''.join(f'    {{call_{number}, "{bank}"}},\n' for number, bank in enumerate(banks)) +
                   '};\nconst unsigned path_count = sizeof paths / sizeof *paths;\n')


main(sys.argv[1])
