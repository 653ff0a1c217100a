#!/usr/bin/python3
"""Makes a C driver from what libmemo understood of the catalogue: one call of each function, with
inputs chosen by type. Usage: memoize check --json -c FILE | generate.py HEADER... >driver.c; see
exact.h for what the driver does."""

import json
import re
import sys

ELEMENTS, BYTES, WORKSPACE = 64, 300, 1024  # of a buffer whose extent is a parameter

# What a type can't say: arguments for which the original takes too long, or forever, and those that
# only few values make sense of.
BETWEEN = {
    **{(name, 'n'): (-40, 40) for name in 'jn jnf jnl yn ynf ynl'.split()},
    ('crc32_combine', 'length'): (0, 2**62),  # zlib loops while it is below 0
    ('fnmatch', 'flags'): (0, 63),
    ('getprotobynumber', 'number'): (-1, 260), ('getprotobynumber_r', 'number'): (-1, 260),
    **{(f'{prefix}{kind}', 'base'): (-1, 37)
       for prefix in ('strto', 'wcsto') for kind in 'l ul ll ull imax umax'.split()},
}
CHOSEN = {
    **{(name, 'family'): 'pick_of(pick, (const char[8]){2, 10, 2, 10, 2, 10, 0, 7})'
       for name in ('inet_pton', 'inet_ntop')},
    **{(f'get{kind}{suffix}', kind[2:]): 'pick_small(pick, 110)'
       for kind in ('pwuid', 'grgid') for suffix in ('', '_r')},
    **{(name, 'port'): 'htons((uint16_t)pick_small(pick, 130))'
       for name in ('getservbyport', 'getservbyport_r')},
}

# Extents that depend on other arguments: in C, and at most.
EXTENTS = {(name, 'address'): ('argument_0 == 2 ? 4 : argument_0 == 10 ? 16 : 0', 16)
           for name in ('inet_pton', 'inet_ntop')}

# Where no buffer at all may be given.
NULLABLE = {('crc32', 'buffer'), ('crc32_z', 'buffer'), ('adler32', 'buffer'),
            ('adler32_z', 'buffer')} | {
                (f'{prefix}{kind}', 'end') for prefix in ('strto', 'wcsto')
                for kind in 'd f ld l ul ll ull imax umax'.split()} | {
                    (f'getservby{what}', 'protocol') for what in ('name', 'port', 'name_r', 'port_r')}

TEXTS = {'strftime': 'FORMAT', 'inet_addr': 'ADDRESS', 'inet_network': 'ADDRESS',
         'inet_aton': 'ADDRESS', 'inet_pton': 'EITHER', 'atof': 'NUMBER', ('fnmatch', 'pattern'): 'PATTERN',
         ('fnmatch', 'name'): 'NAME', ('crypt', 'phrase'): 'PHRASE',
         ('crypt', 'setting'): 'SETTING', 'getpwnam': 'USER', 'getpwnam_r': 'USER',
         'getgrnam': 'GROUP', 'getgrnam_r': 'GROUP', ('getservbyname', 'name'): 'SERVICE',
         ('getservbyname_r', 'name'): 'SERVICE',
         **{f'getprotobyname{suffix}': 'PROTOCOL' for suffix in ('', '_r')},
         **{(f'getservby{what}', 'protocol'): 'TRANSPORT'
            for what in ('name', 'port', 'name_r', 'port_r')},
         **{f'{prefix}{kind}': 'NUMBER' for prefix in ('strto', 'wcsto')
            for kind in 'd f ld l ul ll ull imax umax'.split()}}

# Whose result is its sign alone, and where: in some locales these are strcmp() and wcscmp(), whose
# amounts may come from where the texts lie, and from what lies behind them.
SIGNS = {'strcoll': 'defined __aarch64__', 'wcscoll': '1'}

# Structs that strings hang on: an output of one is only looked at, and the call kept, if another output
# points to it.
WITH_STRINGS = {'passwd', 'group', 'servent', 'protoent'}

FLOATING = re.compile(r'\b(float|double)\b')
INTEGER = re.compile(r'^u?int\d+_t$|^bool$')


def c_type(words):
    return 'void *' if words == 'pointer' else words.replace('complex', '_Complex')


def chooser(words):
    """The function that picks a number of a type."""
    if INTEGER.match(words):
        return 'pick_integer'
    if FLOATING.search(words):
        return 'pick_' + words.replace(' ', '_')
    if words.startswith('struct '):
        return 'pick_' + words.split()[1]
    raise ValueError(f'no rule for a value of type {words}')


class Parameter:
    def __init__(self, function, described, index):
        self.__dict__.update(described)  # name, type, passing, direction, extent
        self.key = (function, self.name)
        self.variable = f'argument_{index}'
        self.record = self.type.split()[1] if self.type.startswith('struct ') else None
        self.text = TEXTS.get(self.key, TEXTS.get(function, 'WORDS'))
        self.nullable = self.key in NULLABLE
        self.wide = self.passing in ('string', 'text') and self.type != 'int8_t'

    def capacity(self):
        if self.key in EXTENTS:
            return EXTENTS[self.key][1]
        if isinstance(self.extent, int):
            return self.extent
        if self.direction == 'scratch':
            return WORKSPACE
        return BYTES if self.type == 'uint8_t' and self.passing == 'array' else ELEMENTS

    def special_count(self):
        """Factor of the number of combinations of special values; None if it has none."""
        if self.passing == 'string':
            return 'SPECIAL_TEXTS'
        one = self.passing == 'array' and self.extent == 1 and self.direction in ('in', 'inout')
        if self.record or not (self.passing == 'value' or one):
            return None
        if not FLOATING.search(self.type):
            return 'SPECIAL_INTEGERS'
        return 'SPECIAL_NUMBERS' + (' * SPECIAL_NUMBERS' if 'complex' in self.type else '')

    def passed(self):
        if self.passing == 'value':
            return self.variable
        return f'{self.variable}_null ? NULL : (void *){self.variable}' if self.nullable else \
            f'(void *){self.variable}'


class Function:
    def __init__(self, section):
        self.name = section['symbol']
        self.result, self.returns = section['result_type'], section['options']['returns']['value']
        writes = section['options']['writes']['value']
        self.globals = [] if writes == 'none' else re.findall(r'(\w+)(?:\[\w*\])?\s*(?:,|$)', writes)
        self.parameters = [Parameter(self.name, described, index)
                           for index, described in enumerate(section['parameters'])]
        self.named = {parameter.name: parameter for parameter in self.parameters}
        self.extents = {parameter.extent: parameter.capacity() for parameter in self.parameters
                        if isinstance(parameter.extent, str)}

    def watched(self):
        """Globals to look at, and how: signgam also where the catalogue doesn't say that it is written."""
        undeclared = {'signgam'} - set(self.globals) if self.floating() else set()
        return [(name, 'output') for name in self.globals] + [(name, 'put') for name in undeclared]

    def floating(self):
        return any(FLOATING.search(words)
                   for words in [self.result] + [parameter.type for parameter in self.parameters])

    def bounds(self, parameter):
        """(low, high) for arguments that must not be just any value of their type."""
        if parameter.name in self.extents:
            return (0, self.extents[parameter.name])
        return BETWEEN.get(parameter.key)

    def combinations(self):
        factors = [parameter.special_count() for parameter in self.parameters
                   if not self.bounds(parameter) and parameter.key not in CHOSEN]
        factors = [f'(uint64_t){factor}' for factor in factors if factor]
        return ' * '.join(factors) if factors else '0'

    def choose(self, parameter):
        """C statements that declare and choose one argument."""
        variable, kind = parameter.variable, c_type(parameter.type)
        bounds = self.bounds(parameter)
        lines = [f'bool {variable}_null = pick_null(pick);'] if parameter.nullable else []
        if parameter.passing == 'string':
            wide = 'wide_' if parameter.wide else ''
            return lines + [f'struct {wide}room room_{variable};',
                            f'const {"wchar_t" if wide else "char"} *{variable} = '
                            f'pick_{wide}text(pick, TEXT_{parameter.text}, &room_{variable});']
        if parameter.key in CHOSEN:
            return [f'{kind} {variable} = ({kind}){CHOSEN[parameter.key]};']
        if parameter.passing == 'value' and bounds:
            return [f'{kind} {variable} = ({kind})pick_between(pick, {bounds[0]}, {bounds[1]});']
        if parameter.passing == 'value' and parameter.record:
            return [f'{kind} {variable};', f'{chooser(parameter.type)}(pick, &{variable});']
        if parameter.passing == 'value':
            return [f'{kind} {variable} = ({kind}){chooser(parameter.type)}(pick);']
        if parameter.passing == 'text':
            kind = 'wchar_t' if parameter.wide else 'char'
        elif parameter.passing != 'array':
            raise ValueError(f'{self.name}: no rule for {parameter.passing} {parameter.name}')
        return lines + [f'{kind} {variable}[{parameter.capacity()}];'] + self.fill(parameter)

    def fill(self, parameter):
        variable, kind = parameter.variable, c_type(parameter.type)
        if parameter.direction in ('out', 'scratch'):
            return [f'outcome_fill(outcome, {variable}, sizeof {variable});']
        if parameter.record:
            return [f'{chooser(parameter.type)}(pick, {variable});']
        if parameter.type == 'uint8_t':
            return [f'pick_bytes(pick, {variable}, sizeof {variable});'] + (
                [f'pick_zeros(pick, {variable}, sizeof {variable});'] * (parameter.key in EXTENTS))
        return [f'for (size_t i = 0; i < sizeof {variable} / sizeof *{variable}; i++)',
                f'    {variable}[i] = ({kind}){chooser(parameter.type)}(pick);']

    def put(self, parameter):
        variable = parameter.variable
        if parameter.direction not in ('out', 'inout'):
            return []
        if parameter.passing == 'text':
            extent = parameter.extent if isinstance(parameter.extent, int) else \
                self.named[parameter.extent].variable
            return [f'outcome_output_{"wide_" if parameter.wide else ""}text(outcome, {variable}, '
                    f'(size_t){extent}, sizeof {variable} / sizeof *{variable});']
        if parameter.key in EXTENTS:
            return [f'outcome_output(outcome, {variable}, {EXTENTS[parameter.key][0]});']
        # an extent that is a parameter leaves the rest of the buffer alone, rightly
        whole = parameter.direction == 'out' and isinstance(parameter.extent, int)
        kind = 'output' if whole else 'put'
        if parameter.type == 'pointer' and any(other.record in WITH_STRINGS
                                               for other in self.parameters):
            return [f'outcome_output_pointer(outcome, *{variable}, &regions);',
                    f'if (!*{variable}) outcome->unstored = true;']
        if parameter.record and parameter.direction == 'out':
            line = f'outcome_output_{parameter.record}(outcome, {variable}, &regions);'
        elif parameter.record:
            line = f'outcome_{parameter.record}(outcome, {variable});'
        elif parameter.type == 'pointer':
            line = f'outcome_output_pointer(outcome, *{variable}, &regions);'
        elif parameter.type == 'long double':
            line = (f'outcome_{kind}_long_double(outcome, {variable}, '
                    f'sizeof {variable} / sizeof *{variable});')
        else:
            line = f'outcome_{kind}(outcome, {variable}, sizeof {variable});'
        return [f'if (!{variable}_null) {line}' if parameter.nullable else line]

    def declare_result(self):
        """Its type, with a blank or star at the end."""
        if self.returns == 'value':
            return c_type(self.result) + ' '
        return 'const char *' if self.result == 'text' else \
            f'const {self.result} *' if self.result != 'pointer' else 'const void *'

    def put_result(self):
        if self.returns == 'value' and self.result == 'void':
            return []
        if self.returns == 'value' and self.result.startswith('long double'):
            return [f'outcome_put_long_double(outcome, (const long double *)&result, '
                    f'{2 if "complex" in self.result else 1});']
        if self.name in SIGNS:
            return [f'#if {SIGNS[self.name]}', 'result = (result > 0) - (result < 0);', '#endif',
                    'PUT(outcome, result);']
        if self.returns == 'value':
            return ['PUT(outcome, result);']
        if self.result == 'pointer':
            return ['outcome_pointer(outcome, result, &regions);']
        return [f'outcome_{"string" if self.result == "text" else self.result.split()[1]}'
                '(outcome, result);']

    def list_regions(self):
        items = []
        for parameter in self.parameters:
            if parameter.passing == 'string':
                length = (f'4 * (wcslen({parameter.variable}) + 1)' if parameter.wide else
                          f'strlen({parameter.variable}) + 1')
                items.append(f'{{{parameter.variable}, {length}}}')
            elif parameter.passing != 'value':
                items.append(f'{{{parameter.variable}, sizeof {parameter.variable}}}')
        return (f'const struct regions regions = {{{len(items)}, {{{", ".join(items)}}}}};'
                if items else 'const struct regions regions = {0};')

    def emit(self):
        arguments = ', '.join(parameter.passed() for parameter in self.parameters)
        void = self.returns == 'value' and self.result == 'void'
        keep = '' if void else self.declare_result() + 'result = '
        lines = [line for parameter in self.parameters for line in self.choose(parameter)]
        # zlib's adler32() reads its buffer, be there one or not, where the length is 1
        lines += [f'if ({parameter.variable}_null) {self.named[parameter.extent].variable} = 0;'
                  for parameter in self.parameters
                  if parameter.nullable and isinstance(parameter.extent, str)]
        lines += [self.list_regions()]
        lines += [f'outcome_fill(outcome, &{name}, sizeof {name});' for name, _ in self.watched()]
        lines += ['(void)regions;', 'outcome_begin(outcome);']
        lines += [f'FRESH({parameter.variable});' for parameter in self.parameters]
        lines += [f'{keep}({self.name})({arguments});'] + ([] if void else ['USED(result);'])
        lines += ['outcome_end(outcome);'] + self.put_result()
        lines += [f'outcome_{how}(outcome, &{name}, sizeof {name});' for name, how in self.watched()]
        lines += [line for parameter in self.parameters for line in self.put(parameter)]
        body = '\n'.join(line if line[0] == '#' else '    ' + line for line in lines)
        print(f'#pragma weak {self.name}\n'
              f'static void call_{self.name}(struct pick *pick, struct outcome *outcome)\n'
              f'{{\n    (void)pick;\n{body}\n}}\n')

    def row(self):
        return (f'{{"{self.name}", call_{self.name}, {self.name} != NULL, '
                f'{"true" if self.floating() else "false"}, {self.combinations()}}}')


def main(headers):
    functions = [Function(section) for section in json.load(sys.stdin)['sections']]
    print('/* Generated by generate.py from the catalogue. */\n#include "exact/exact.h"\n')
    for header in headers:
        print(f'#include <{header}>')
    print('#include <math.h>\n#include <string.h>\n#include <wchar.h>\n')
    for function in functions:
        function.emit()
    rows = ',\n    '.join(function.row() for function in functions)
    print('int main(int argc, char **argv)\n{\n    const struct exact_function functions[] = {\n    '
          f'{rows}}};\n    return exact_main(argc, argv, functions, '
          'sizeof functions / sizeof *functions);\n}')


main(sys.argv[1:])
