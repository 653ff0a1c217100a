#!/usr/bin/python3
"""Makes a C driver from the prototypes of catalogue files: one call of each function, with inputs
chosen by type. Usage: generate.py FILE.conf... >driver.c; see exact.h for what it does.

Reads the config language's words itself (out, inout, string, extents), on purpose: were it to share
the library's parser, it would share its mistakes."""

import re
import sys

CAPACITY = 64  # elements of a buffer whose extent is a parameter

# What a type can't say: arguments for which the original takes too long, or more than it may.
BETWEEN = {('jn', 0): (-40, 40), ('yn', 0): (-40, 40), ('jnf', 0): (-40, 40), ('ynf', 0): (-40, 40)}

TEXTS = {
    'strftime': ['%Y-%m-%d %H:%M:%S', '%C %D %T', '%x %X %p', '%j %U %W %V %G %g', '%%', '', '%a %A %b %B',
                 '%s', '%Ey %Od', '%10Y|%-d|%_H|%^a', '%n%t', '%e %k %l %I %u %w', '%D %F %T %R %r',
                 'plain text', '%C %y %h'],
    None: ['', '0', '-0', '1', 'a', 'abc', '12.5e3', 'inf', 'nan(123)', '0x1.8p-1074', ' 17 tail',
           'The quick brown fox jumps over the lazy dog', '1e400', '-1e-400', '99999999999999999999',
           'UTC', '%Y'],
}
TEXTS['strptime'] = TEXTS['strftime']


def sections(path):
    """(symbol, {key: value}) of an INI file, continuation lines joined."""
    symbol, keys, last = None, {}, None
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            line = re.sub(r'(^|\s)[#;].*', '', line.rstrip('\n'))
            if not line.strip():
                continue
            if line[0] == '[':
                if symbol:
                    yield symbol, keys
                symbol, keys, last = line.strip()[1:-1].strip(), {}, None
            elif line[0].isspace() and last:
                keys[last] += ' ' + line.strip()
            else:
                last, value = (part.strip() for part in line.split('=', 1))
                keys[last] = value
    if symbol:
        yield symbol, keys


class Parameter:
    """One parameter: direction, C type without const, and what kind of input it is."""

    def __init__(self, text, index):
        text = re.sub(r'\b(restrict|extern)\b', '', text)
        words = text.split()
        self.direction = words.pop(0) if words[0] in ('out', 'inout') else None
        self.const = 'const' in words
        text = ' '.join(word for word in words if word != 'const')
        text = re.sub(r'\{[^}]*\}', '', text)
        if text.startswith('string'):
            text = text.replace('string', 'char *', 1)
            self.const = True
        match = re.match(r'^(?P<type>.*?)(?P<stars>[\s*]*)(?P<name>\b[A-Za-z_]\w*)?\s*'
                         r'(?P<extents>(\[[^\]]*\])*)$', text)
        self.type, self.name = match['type'].strip(), match['name']
        if self.name in TYPE_WORDS:  # unnamed: the type's last word was taken for a name
            self.type, self.name = f'{self.type} {self.name}'.strip(), None
        self.stars = match['stars'].count('*')
        self.extents = re.findall(r'\[([^\]]*)\]', match['extents'])
        self.index = index
        self.variable = f'argument_{index}'
        if self.direction is None:
            self.direction = 'in' if self.const else 'inout'

    @property
    def kind(self):
        if self.extents and self.stars == 0:
            return 'text' if self.type == 'char' and self.direction == 'out' else 'array'
        if self.stars == 1 and self.type == 'char' and self.const and not self.extents:
            return 'string'
        if self.stars == 1 and self.type.startswith('struct'):
            return 'record'
        if self.stars == 0 and not self.extents:
            return 'value'
        raise ValueError(f'no rule for {self.type} {"*" * self.stars} {self.name} {self.extents}')

    def declaration(self):
        pointer = '*' if self.kind != 'value' else ''
        return f'{"const " if self.const else ""}{self.type} {pointer}'


TYPE_WORDS = {'double', 'float', 'int', 'long', 'short', 'char', 'unsigned', 'signed', 'bool', 'void'}


class Function:
    def __init__(self, symbol, keys):
        self.name, self.keys = symbol, keys
        text = keys['prototype'].rstrip('; ')
        head, rest = text.split('(', 1)
        match = re.match(r'^(.*?)([\s*]*)(\w+)\s*$', head.replace('extern ', ''))
        self.result_const = 'const' in match[1]
        self.result = match[1].replace('const', '').strip()
        self.result_stars = match[2].count('*')
        listed = rest.rsplit(')', 1)[0].strip()
        parts = [] if listed in ('', 'void') else re.split(r',(?![^{]*\})', listed)
        self.parameters = [Parameter(part.strip(), index) for index, part in enumerate(parts)]
        self.extents = {extent for parameter in self.parameters for extent in parameter.extents
                        if not extent.isdigit()}

    def floating(self):
        return any(word in ('double', 'float')
                   for word in [self.result] + [parameter.type for parameter in self.parameters])

    def capacity(self, parameter):
        size = 1
        for extent in parameter.extents:
            size *= int(extent) if extent.isdigit() else CAPACITY
        return size

    def combinations(self):
        factors = [f'(uint64_t){self.specials(parameter)}' for parameter in self.parameters
                   if parameter.kind == 'value' and not self.bounded(parameter)]
        return ' * '.join(factors) if factors else '0'

    @staticmethod
    def specials(parameter):
        return {'double': 'SPECIAL_DOUBLES', 'float': 'SPECIAL_FLOATS'}.get(
            parameter.type, 'SPECIAL_INTEGERS')

    def bounded(self, parameter):
        """(low, high) for arguments that must not be just any value of their type."""
        if parameter.name and parameter.name in self.extents:
            return (0, CAPACITY)
        return BETWEEN.get((self.name, parameter.index))

    def pick(self, parameter):
        """C statements that declare and choose one argument."""
        variable, type_name = parameter.variable, parameter.type
        if parameter.kind == 'value':
            bounds = self.bounded(parameter)
            if bounds:
                return [f'{type_name} {variable} = ({type_name})pick_between(pick, {bounds[0]}, '
                        f'{bounds[1]});']
            if type_name in ('double', 'float'):
                return [f'{type_name} {variable} = pick_{type_name}(pick);']
            return [f'{type_name} {variable} = ({type_name})pick_integer(pick);']
        if parameter.kind == 'string':
            texts = ', '.join('"' + text + '"' for text in TEXTS.get(self.name, TEXTS[None]))
            return [f'static const char *const texts_{parameter.index}[] = {{{texts}}};',
                    f'const char *{variable} = pick_text(pick, texts_{parameter.index}, '
                    f'sizeof texts_{parameter.index} / sizeof *texts_{parameter.index});']
        if parameter.kind == 'record':
            lines = [f'{type_name} {variable}[1];']
        else:
            lines = [f'{type_name} {variable}[{self.capacity(parameter)}];']
        return lines + self.fill(parameter)

    def fill(self, parameter):
        variable, type_name = parameter.variable, parameter.type
        if parameter.direction == 'out':
            return [f'outcome_fill(outcome, {variable}, sizeof {variable});']
        if type_name == 'struct tm':
            return [f'pick_tm(pick, {variable});']
        if type_name.startswith('struct'):
            return [f'pick_bytes(pick, {variable}, sizeof {variable});']
        chooser = f'pick_{type_name}' if type_name in ('double', 'float') else 'pick_integer'
        return [f'for (size_t i = 0; i < sizeof {variable} / sizeof *{variable}; i++)',
                f'    {variable}[i] = ({type_name}){chooser}(pick);']

    def put(self, parameter):
        variable = parameter.variable
        if parameter.kind in ('value', 'string') or parameter.direction == 'in':
            return []
        if parameter.kind == 'text':
            names = {other.name: other.variable for other in self.parameters}
            extent = names.get(parameter.extents[0], parameter.extents[0])
            return [f'outcome_output_text(outcome, {variable}, (size_t){extent}, sizeof {variable});']
        if parameter.type == 'struct tm':
            return [f'outcome_{"output_" if parameter.direction == "out" else ""}tm(outcome, '
                    f'{variable});']
        # an extent that is a parameter leaves the rest of the buffer alone, rightly
        whole = all(extent.isdigit() for extent in parameter.extents)
        kind = 'output' if parameter.direction == 'out' and whole else 'put'
        return [f'outcome_{kind}(outcome, {variable}, sizeof {variable});']

    def put_result(self):
        returns = self.keys.get('returns', 'value')
        if self.result_stars == 0:
            return [] if self.result == 'void' else ['PUT(outcome, result);']
        named = [parameter for parameter in self.parameters if parameter.name == returns]
        if named:
            return [f'bool returned = result == {named[0].variable};', 'PUT(outcome, returned);',
                    'bool null = result == NULL;', 'PUT(outcome, null);']
        if self.result == 'struct tm':
            return ['outcome_tm(outcome, result);']
        return ['outcome_string(outcome, result);']

    def emit(self):
        stars = '*' * self.result_stars
        const = 'const ' if self.result_const else ''
        types = ', '.join(parameter.declaration() for parameter in self.parameters) or 'void'
        arguments = ', '.join(parameter.variable for parameter in self.parameters)
        keep = '' if self.result == 'void' and not stars else f'{const}{self.result} {stars}result = '
        lines = [line for parameter in self.parameters for line in self.pick(parameter)]
        lines += ['outcome_begin(outcome);', f'{keep}{self.name}({arguments});',
                  'outcome_end(outcome);']
        lines += self.put_result()
        lines += [line for parameter in self.parameters for line in self.put(parameter)]
        body = '\n'.join('    ' + line for line in lines)
        print(f'{const}{self.result} {stars}{self.name}({types});\n#pragma weak {self.name}\n'
              f'static void call_{self.name}(struct pick *pick, struct outcome *outcome)\n'
              f'{{\n    (void)pick;\n{body}\n}}\n')

    def row(self):
        return (f'{{"{self.name}", call_{self.name}, {self.name} != NULL, '
                f'{"true" if self.floating() else "false"}, {self.combinations()}}}')


def main(paths):
    functions = [Function(symbol, keys) for path in paths for symbol, keys in sections(path)
                 if 'prototype' in keys and keys.get('enabled', 'yes') != 'no']
    print('/* Generated by generate.py from the catalogue. */\n#include "exact/exact.h"\n')
    for header in 'ctype complex math stdlib string strings sys/time time wchar wctype'.split():
        print(f'#include <{header}.h>')
    print()
    for function in functions:
        function.emit()
    rows = ',\n    '.join(function.row() for function in functions)
    print('int main(int argc, char **argv)\n{\n    const struct exact_function functions[] = {\n    '
          f'{rows}}};\n    return exact_main(argc, argv, functions, '
          'sizeof functions / sizeof *functions);\n}')


main(sys.argv[1:])
