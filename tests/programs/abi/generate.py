#!/usr/bin/python3
"""Random prototypes: a library of functions that have them, a driver's calls, and libmemo's config.

generate.py --count N --seed S --output DIR [--features LIST] writes to DIR
  types.h types.c        structs and unions, and tables of them
  library_K.c            the functions, each under a second name, direct_NAME, too
  driver_K.c, table.c    a call of each, see abi.h
  abi.conf               the prototypes and sections that libmemo reads
  coverage               `WHAT N` for all that the prototypes were to contain

A feature is switched off by its name with a minus before it: --features all,-scratch. What libmemo
says about types, sizes and places is not asked: tables are made by the C compiler."""

import argparse
import os
import random

FEATURES = '''bool longdouble complex int128 enum typedef handle string array extent text
struct structpointer structvalue structresult union structstring reads scratch addresses returnspointer
returnsstatic returnsmalloc returnsparameter writes partly many'''.split()
PER_FILE = 250
MOST_PARAMETERS = 20


class Scalar:
    def __init__(self, c, size, kind='DATA', signed=False, feature=None, alignment=None):
        self.c, self.size, self.kind, self.signed, self.feature = c, size, kind, signed, feature
        self.alignment = alignment or size
        self.table = 'type_' + c.replace(' ', '_').replace('*', 'p')
        self.padded = 'long double' in c
        self.integer = kind in ('DATA', 'BOOL')
        self.strings = kind == 'STRING'
        self.config = c
        self.eightbytes = 1 if size <= 8 else 2
        self.record = False

    def declare(self, name):
        return f'{self.c} {name}'

    def define(self):
        if self.kind == 'COMPLEX':
            part = 'type_' + self.c.replace(' _Complex', '').replace(' ', '_')
            return (f'static const struct abi_field parts_{self.table}[] = '
                    f'{{{{&{part}, 0, 2}}}};\n'
                    f'const struct abi_type {self.table} = {{ABI_RECORD, sizeof({self.c}), 0, false, '
                    f'1, parts_{self.table}}};\n')
        data = 'ABI_LONG_DOUBLE' if self.c == 'long double' else f'sizeof({self.c})'
        return (f'const struct abi_type {self.table} = {{ABI_{self.kind}, sizeof({self.c}), {data}, '
                f'{"true" if self.signed else "false"}, 0, NULL}};\n')


class Pointer(Scalar):
    """A field that is a string, or a pointer kept by its address."""

    def __init__(self, c, config, kind, table):
        super().__init__(c, 8, kind)
        self.table, self.config = table, config
        self.integer = True


def scalars():
    found = [Scalar('char', 1, signed=True), Scalar('signed char', 1, signed=True),
             Scalar('unsigned char', 1), Scalar('short', 2, signed=True),
             Scalar('unsigned short', 2), Scalar('int', 4, signed=True), Scalar('unsigned', 4),
             Scalar('long', 8, signed=True), Scalar('unsigned long', 8),
             Scalar('long long', 8, signed=True), Scalar('unsigned long long', 8),
             Scalar('float', 4, 'FLOAT'), Scalar('double', 8, 'FLOAT'),
             Scalar('_Bool', 1, 'BOOL', feature='bool'),
             Scalar('long double', 16, 'FLOAT', feature='longdouble'),
             Scalar('float _Complex', 8, 'COMPLEX', feature='complex', alignment=4),
             Scalar('double _Complex', 16, 'COMPLEX', feature='complex', alignment=8),
             Scalar('long double _Complex', 32, 'COMPLEX', feature='complex', alignment=16),
             Scalar('__int128', 16, signed=True, feature='int128'),
             Scalar('unsigned __int128', 16, feature='int128'),
             Scalar('enum shade', 4, signed=False, feature='enum')]
    for name in 'int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t'.split():
        size = int(''.join(filter(str.isdigit, name))) // 8
        found.append(Scalar(name, size, signed=name[0] == 'i', feature='typedef'))
    found += [Scalar('size_t', 8, feature='typedef'), Scalar('time_t', 8, signed=True,
                                                             feature='typedef')]
    return found


STRING = Pointer('const char *', 'string', 'STRING', 'type_string')
HANDLE = Pointer('const void *', 'handle', 'DATA', 'type_handle')
ADDRESS = Pointer('char *', 'char *', 'POINTER', 'type_address')


class Record:
    """Fields (type, name, dimensions), laid out as both our ABIs do."""
    integer = False
    record = True

    def __init__(self, name, fields, union=False):
        self.name, self.fields, self.union = name, fields, union
        self.c = ('union ' if union else 'struct ') + name
        self.config = self.c
        self.table = 'type_' + name
        size, self.alignment, used = 0, 1, 0
        for kind, _, dimensions in fields:
            count = product(dimensions)
            start = 0 if union else -(-size // kind.alignment) * kind.alignment
            size = max(size, start + count * kind.size)
            used += count * kind.size
            self.alignment = max(self.alignment, kind.alignment)
        self.size = -(-size // self.alignment) * self.alignment
        largest = max(fields, key=lambda field: field[0].size * product(field[2]))
        self.padded = (largest[0].padded or largest[0].size * product(largest[2]) != self.size
                       if union else used != self.size or any(f[0].padded for f in fields))
        self.strings = any(f[0].strings for f in fields)
        self.eightbytes = 2 if self.size <= 16 else 0
        self.all_integer = all(f[0].all_integer if f[0].record else f[0].integer for f in fields)

    def declare(self, name):
        return f'{self.c} {name}'

    def fields_text(self, config):
        texts = []
        for kind, name, dimensions in self.fields:
            c = kind.config if config else kind.c
            texts.append(f'{c} {name}' + ''.join(f'[{d}]' for d in dimensions))
        return texts

    def declare_type(self):
        return (f'{self.c} {{\n    ' + ';\n    '.join(self.fields_text(False)) + ';\n};\n'
                f'_Static_assert(sizeof({self.c}) == {self.size}, "generate.py");\n')

    def define(self):
        if self.union:
            return (f'const struct abi_type {self.table} = {{ABI_DATA, sizeof({self.c}), '
                    f'sizeof({self.c}), false, 0, NULL}};\n')
        fields = ', '.join(f'{{&{kind.table}, offsetof({self.c}, {name}), {product(dimensions)}}}'
                           for kind, name, dimensions in self.fields)
        return (f'static const struct abi_field fields_{self.name}[] = {{{fields}}};\n'
                f'const struct abi_type {self.table} = {{ABI_RECORD, sizeof({self.c}), 0, false, '
                f'{len(self.fields)}, fields_{self.name}}};\n')

    def section(self):
        return f'[{self.c}]\nfields = ' + ', '.join(self.fields_text(True)) + '\n'


def product(numbers):
    result = 1
    for number in numbers:
        result *= number
    return result


class Types:
    """All types that a set of prototypes draws from."""

    def __init__(self, rng, features):
        self.rng, self.features = rng, features
        self.scalars = [s for s in scalars() if s.feature is None or s.feature in features]
        self.records = []
        if 'struct' in features:
            self.make_records()
        self.plain = [r for r in self.records if not r.strings]

    def palette(self):
        rng = self.rng
        names = rng.choice([['float'], ['double'], ['float', 'double'], ['long double'], ['int'],
                            ['char'], ['int', 'float'], ['long', 'double'], ['short', 'float'],
                            ['char', 'double'], ['float _Complex'], ['double _Complex', 'double'],
                            ['long double _Complex'], ['__int128'], ['_Bool', 'int'],
                            ['unsigned char', 'float'], ['int', 'double'], ['char', 'long double'],
                            None, None, None])
        found = [s for s in self.scalars if names is None or s.c in names]
        return found or self.scalars

    def field(self, palette, room, number):
        rng = self.rng
        small = [r for r in self.records if r.size <= room and not r.strings]
        if small and rng.random() < 0.2:
            kind = rng.choice(small)
        else:
            kinds = [s for s in palette if s.size <= room] or [s for s in self.scalars
                                                              if s.size == 1]
            kind = rng.choice(kinds)
        most = min(room // kind.size, 6)
        dimensions = []
        if most > 1 and rng.random() < 0.35:
            dimensions = [rng.randint(2, most)]
            if dimensions[0] == 4 and rng.random() < 0.5:
                dimensions = [2, 2]
        return kind, f'f{number}', dimensions

    def struct(self, size):
        """One of exactly this size; padding comes by itself."""
        for attempt in range(60):
            palette, fields = self.palette() if attempt < 40 else self.scalars, []
            while len(fields) < 12:
                used = Record('', fields).size if fields else 0
                if used >= size:
                    break
                fields.append(self.field(palette, size - used, len(fields)))
            if Record('', fields).size == size:
                return fields
        char = next(s for s in self.scalars if s.size == 1)
        return [(char, 'f0', [size])]

    def union(self, size):
        """Its first member covers it, without padding."""
        while True:
            cover = self.field(self.palette(), size, 0)
            if not cover[0].padded and cover[0].size * product(cover[2]) == size:
                break
        members = [cover]
        for i in range(1, self.rng.randint(2, 4)):
            members.append(self.field(self.palette(), size, i))
        record = Record('', members, True)
        return members if record.size == size and not record.padded else self.union(size)

    def add(self, prefix, fields, union=False):
        self.records.append(Record(f'{prefix}{len(self.records)}', fields, union))

    def make_records(self):
        rng = self.rng
        for size in range(1, 65):
            for _ in range(4 if size <= 16 else 2):
                self.add('s', self.struct(size))
        if 'union' in self.features:
            for size in list(range(1, 17)) * 2 + [20, 24, 32, 40, 48, 64]:
                self.add('u', self.union(size), True)
        if 'structstring' in self.features:
            for _ in range(40):
                fields = []
                for i in range(rng.randint(1, 5)):
                    kind = rng.choice([STRING, STRING, HANDLE, rng.choice(self.scalars)])
                    fields.append((kind, f'f{i}', []))
                if not any(f[0] is STRING for f in fields):
                    fields.append((STRING, 'name', []))
                if Record('', fields).size <= 64:
                    self.add('t', fields)

    def scalar(self):
        return self.rng.choice(self.scalars)

    def struct_type(self, strings=True, by_value=False):
        rng = self.rng
        pool = self.records if strings else self.plain
        if by_value and rng.random() < 0.7:
            pool = [r for r in pool if r.size <= 16]
        return rng.choice(pool)


class Parameter:
    """One parameter in all its spellings; statements of the library; what the driver passes."""

    def __init__(self, number, kind, passing, direction='IN'):
        self.number, self.name = number, f'a{number}'
        self.kind, self.passing, self.direction = kind, passing, direction
        self.count, self.extent, self.reads, self.counts = 1, -1, None, False
        self.inputs, self.outputs = [], []
        self.config = self.c = None
        self.dirty = False

    @property
    def elements(self):
        return f'a{self.extent}' if self.extent >= 0 else str(self.count)

    def mask(self):
        if self.reads is None:
            return 'ABI_ALL_FIELDS'
        return hex(sum(1 << i for i in self.reads))

    def descriptor(self):
        widened = self.passing == 'VALUE' and not self.kind.record
        return (f'{{ABI_{self.passing}, ABI_{self.direction}, '
                f'{"&" + self.kind.table if self.kind else "NULL"}, {self.count}, {self.extent}, '
                f'{self.mask()}, {int(self.counts)}, {int(widened)}}}')

    def driver(self):
        """Type and expression. What is called dirty is passed as a whole register or stack slot."""
        source = f'arguments[{self.number}]'
        if self.passing != 'VALUE':
            return 'const void *', source
        kind = self.kind.c
        if self.dirty:
            kind = 'double' if self.kind.c == 'float' else 'uint64_t'
        return kind, f'*({kind} const *){source}'


class Function:
    def __init__(self, number, types, features):
        self.number, self.name = number, f'f{number}'
        self.types, self.rng, self.features = types, types.rng, features
        self.parameters, self.options, self.seen = [], [], set()
        self.statements = []
        self.global_type = None
        self.returns, self.result, self.owned = 'NOTHING', None, False
        self.result_c = 'void'
        self.returned = None
        self.make_result()
        self.make_parameters()
        self.finish()

    def chance(self, feature, probability):
        return feature in self.features and self.rng.random() < probability

    def sized(self, where):
        """The first functions take, and the next return, a struct of each size from 1 to 64."""
        first, feature = {'value': (0, 'structvalue'), 'result': (64, 'structresult')}[where]
        if feature not in self.features or not first <= self.number < first + 64:
            return None
        return self.rng.choice([r for r in self.types.plain
                                if r.size == self.number - first + 1 and not r.union])

    # --- parameters ---------------------------------------------------------------------------

    def make_parameters(self):
        rng = self.rng
        count = rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8])
        if self.chance('many', 0.2):
            count = rng.randint(9, MOST_PARAMETERS)
        if self.sized('value'):
            count = max(count, 1)
        while len(self.parameters) < count:
            self.parameters.append(self.make_parameter(len(self.parameters)))
        if not self.outputs_exist() and self.returns == 'NOTHING':
            self.parameters = self.parameters[:MOST_PARAMETERS - 1]
            for p in self.parameters:
                p.extent = -1 if p.extent >= len(self.parameters) else p.extent
            self.parameters.append(self.array(len(self.parameters), 'OUT', self.types.scalar()))
        for p in self.parameters:
            self.set_extent(p)

    def outputs_exist(self):
        return any(p.direction in ('OUT', 'INOUT') for p in self.parameters)

    def make_parameter(self, number):
        rng, types = self.rng, self.types
        forms = [('value', 8, None), ('structvalue', 5, 'structvalue'), ('handle', 1, 'handle'),
                 ('string', 2, 'string'), ('array', 3, 'array'), ('text', 1, 'text'),
                 ('struct', 3, 'structpointer'), ('scratch', 0.5, 'scratch'),
                 ('addresses', 0.5, 'addresses')]
        forms = [f for f in forms if f[2] is None or f[2] in self.features]
        form = rng.choices([f[0] for f in forms], [f[1] for f in forms])[0]
        if form == 'value':
            return self.value(number)
        if form == 'structvalue' or (number == 0 and self.sized('value')):
            kind = self.sized('value') or types.struct_type(by_value=True)
            p = Parameter(number, kind, 'VALUE')
            self.choose_reads(p, 0.1)
            return p
        if form == 'handle':
            p = Parameter(number, None, 'HANDLE')
            p.config = rng.choice([f'handle a{number}', f'handle void *a{number}'])
            p.c = f'const void *a{number}'
            return p
        if form == 'string':
            p = Parameter(number, None, 'TEXT_IN')
            p.config = rng.choice([f'string a{number}', f'const char *a{number}'])
            p.c = f'const char *a{number}'
            return p
        direction = rng.choice(['IN', 'IN', 'OUT', 'OUT', 'INOUT'])
        if form == 'array':
            kind = types.scalar()
            if self.chance('struct', 0.25):
                kind = types.struct_type()
            return self.array(number, direction, kind)
        if form == 'struct':
            p = self.array(number, direction, types.struct_type())
            p.single = rng.random() < 0.8
            return p
        p = Parameter(number, next(s for s in types.scalars if s.c == 'char'), 'ARRAY', 'OUT')
        p.form = form
        p.count = rng.choice([1, 5, 16, 40])
        if form == 'scratch':
            p.direction, p.count = 'SCRATCH', rng.choice([8, 64, 200])
        if form == 'addresses':
            p.kind, p.count = ADDRESS, rng.choice([1, 1, 1, 3])
        return p

    def value(self, number):
        kind = self.types.scalar()
        p = Parameter(number, kind, 'VALUE')
        if 'int128' in kind.c and not self.is_undisputed():
            p.kind = next(s for s in self.types.scalars if s.c == 'long')
        p.dirty = p.kind.size <= 4 and p.kind.kind != 'COMPLEX' and self.rng.random() < 0.5
        return p

    def is_undisputed(self):
        """Whether x86-64 compilers agree on where an __int128 comes next: in two registers, or on
        the stack with no register left and at a multiple of 16. False where that is hard to say."""
        values = [p.kind if p.passing == 'VALUE' else HANDLE for p in self.parameters]
        small = [k for k in values + [self.result] if k and k.record and k.size <= 16]
        if small or (self.result and self.result.record):
            return 1 + sum(kind.eightbytes for kind in values) <= 4
        integers = vectors = stack = 0
        for kind in values:
            if kind.c == 'long double _Complex' or kind.padded or kind.record:
                stack += -stack % max(kind.alignment, 8) + (kind.size + 7 & ~7)
            elif kind.integer:
                if integers + kind.eightbytes <= 6:
                    integers += kind.eightbytes
                else:
                    stack += -stack % max(kind.alignment, 8) + 8 * kind.eightbytes
            elif vectors + kind.eightbytes <= 8:
                vectors += kind.eightbytes
            else:
                stack += 8 * kind.eightbytes
        if integers == 6 and stack % 16 == 0:
            self.seen.add('__int128 on the stack')
        return integers <= 4 or (integers == 6 and stack % 16 == 0)

    def array(self, number, direction, kind):
        p = Parameter(number, kind, 'ARRAY', direction)
        if kind.c == 'char' and direction == 'OUT':
            p.kind = next(s for s in self.types.scalars if s.c == 'unsigned char')
        p.form, p.single = 'array', False
        p.count = self.rng.choice([1, 1, 2, 3, 4, 9])
        p.dimensions = [p.count] if p.count != 4 else self.rng.choice([[4], [2, 2]])
        self.choose_reads(p, 0.25)
        return p

    def choose_reads(self, p, probability):
        if p.direction == 'OUT' or not p.kind.record or p.kind.union:
            return
        if self.chance('reads', probability):
            number = len(p.kind.fields)
            p.reads = sorted(self.rng.sample(range(number), self.rng.randint(1, number)))

    def set_extent(self, p):
        """Another parameter says how many, where there is one that can."""
        if p.passing != 'ARRAY' or getattr(p, 'single', False) or p.direction == 'SCRATCH':
            if p.direction != 'SCRATCH' or self.rng.random() < 0.5:
                return
        if not self.chance('extent', 0.5):
            return
        able = [q for q in self.parameters if q.passing == 'VALUE' and q.kind.integer
                and not q.kind.record and q.kind.kind == 'DATA' and q.kind.size <= 8
                and not q.kind.c.startswith('enum')]
        if able:
            q = self.rng.choice(able)
            q.counts, p.extent = True, q.number

    # --- result -------------------------------------------------------------------------------

    def make_result(self):
        rng, types = self.rng, self.types
        forms = [('value', 10, None), ('nothing', 2, 'array'), ('struct', 7, 'structresult'),
                 ('pointer', 1, 'returnspointer'), ('static', 1.5, 'returnsstatic'),
                 ('malloc', 1.5, 'returnsmalloc'), ('parameter', 1, 'returnsparameter')]
        forms = [f for f in forms if f[2] is None or f[2] in self.features]
        self.form = rng.choices([f[0] for f in forms], [f[1] for f in forms])[0]
        if self.sized('result'):
            self.form = 'struct'
        if self.form in ('value', 'struct'):
            self.returns = 'RESULT'
            self.result = (self.sized('result') or
                           (types.scalar() if self.form == 'value'
                            else types.struct_type(by_value=True)))
            self.result_c = self.result.c
        elif self.form in ('static', 'malloc'):
            self.owned = self.form == 'malloc'
            self.make_pointee()
            self.options.append(f'returns = {self.form}')
        elif self.form == 'pointer':
            self.returns, self.result_c = 'ADDRESS', rng.choice(['void *', 'char *', 'const int *'])
            self.options.append('returns = pointer')
        if self.chance('writes', 0.08):
            self.global_type, self.global_count = types.scalar(), rng.choice([1, 1, 3])
            extent = f'[{self.global_count}]' if self.global_count > 1 else ''
            self.global_c = f'{self.global_type.c} g{self.number}{extent}'
            self.options.append(f'writes = {self.global_c}')

    def make_pointee(self):
        rng = self.rng
        if rng.random() < 0.4:
            self.returns, self.result_c = 'LEADS_TO_TEXT', rng.choice(['char *', 'const char *'])
            return
        kinds = [s for s in self.types.scalars if s.size > 1 or s.c == '_Bool']
        self.result = rng.choice(kinds)
        if self.types.records and rng.random() < 0.7:
            self.result = self.types.struct_type(strings=self.form == 'static')
        self.returns, self.result_c = 'LEADS_TO', self.result.c + ' *'

    def finish(self):
        for p in self.parameters:
            self.spell(p)
        if self.form == 'parameter':
            pointers = [p for p in self.parameters if p.passing != 'VALUE'
                        and p.direction != 'SCRATCH']
            if pointers:
                self.returned = self.rng.choice(pointers)
                self.returns, self.result_c = 'ADDRESS', 'void *'
                self.options.append(f'returns = {self.returned.name}')
            elif not self.outputs_exist():
                self.returns, self.result = 'RESULT', self.types.scalars[5]
                self.result_c = self.result.c
        if self.parameters and not any(p.dirty for p in self.parameters):
            for p in self.parameters:  # a small struct of integers, with anything above it
                record = p.passing == 'VALUE' and p.kind.record and not p.kind.strings
                if record and p.kind.size <= 8 and p.kind.all_integer and self.rng.random() < 0.5:
                    p.dirty = True

    # --- spelling -----------------------------------------------------------------------------

    def spell(self, p):
        if p.passing == 'VALUE':
            reads = self.reads_text(p)
            p.c = p.kind.declare(p.name)
            p.config = p.c + reads
            p.inputs.append(f'abi_in(&call, &{p.kind.table}, &{p.name}, 1, {p.mask()});')
        elif p.passing == 'HANDLE':
            p.inputs.append(f'abi_handle(&call, {p.name});')
        elif p.passing == 'TEXT_IN':
            p.inputs.append(f'abi_string_argument(&call, {p.name});')
        elif p.form == 'array':
            self.spell_array(p)
        else:
            self.spell_other(p)

    def reads_text(self, p):
        if p.reads is None:
            return ''
        return '{' + ', '.join(p.kind.fields[i][1] for i in p.reads) + '}'

    def spell_array(self, p):
        const = 'const ' if p.direction == 'IN' else ''
        word = {'IN': '', 'OUT': 'out ', 'INOUT': ''}[p.direction]
        if p.direction == 'INOUT' and (p.kind.c == 'char' or self.rng.random() < 0.5):
            word = 'inout '
        if p.single:
            p.count = 1
            place = f'*{p.name}'
        elif p.extent >= 0:
            place = f'{p.name}[a{p.extent}]'
        else:
            place = p.name + ''.join(f'[{d}]' for d in p.dimensions)
        p.config = f'{word}{const}{p.kind.c} {place}{self.reads_text(p)}'
        p.c = f'{const}{p.kind.c} *{p.name}'
        if p.direction != 'OUT':
            p.inputs.append(f'abi_in(&call, &{p.kind.table}, {p.name}, {p.elements}, {p.mask()});')
        else:
            p.inputs.append(f'abi_null(&call, {p.name});')
        if self.rng.random() < 0.5:
            p.inputs.append(f'abi_target(&call, {p.name}, {p.elements} * sizeof *{p.name});')
        if p.direction == 'INOUT':
            p.outputs.append(f'abi_update(&call, &{p.kind.table}, {p.name}, {p.elements}, '
                             f'{p.mask()});')
        elif p.direction == 'OUT':
            partly = '_partly' if self.chance('partly', 0.1) else ''
            if partly:
                self.seen.add('partly')
            p.outputs.append(f'abi_out{partly}(&call, &{p.kind.table}, {p.name}, {p.elements});')

    def spell_other(self, p):
        place = f'{p.name}[{p.elements}]'
        p.c = f'{p.kind.c} *{p.name}' if p.form != 'addresses' else f'char **{p.name}'
        if p.form == 'scratch':
            p.config = f'scratch char {place}'
            p.inputs.append(f'abi_scratch(&call, {p.name}, {p.elements});')
        elif p.form == 'text':
            p.config = f'out char {place}'
            p.inputs.append(f'abi_null(&call, {p.name});')
            p.outputs.append(f'abi_text(&call, {p.name}, {p.elements});')
        else:
            p.config = f'out char *{place}'
            p.inputs.append(f'abi_null(&call, {p.name});')
            p.outputs.append(f'abi_out(&call, &type_address, {p.name}, {p.elements});')

    def prototype(self, config):
        texts = [p.config if config else p.c for p in self.parameters]
        space = '' if self.result_c.endswith('*') else ' '
        return f'{self.result_c}{space}{self.name}({", ".join(texts) or "void"})'

    # --- files --------------------------------------------------------------------------------

    def section(self):
        return '\n'.join([f'[{self.name}]', f'prototype = {self.prototype(True)}'] +
                         self.options) + '\n'

    def give_result(self):
        if self.returned:
            return [f'return (void *){self.returned.name};']
        if self.returns == 'RESULT':
            return [f'{self.result.c} result;', f'abi_out(&call, &{self.result.table}, &result, 1);',
                    'return result;']
        if self.returns == 'ADDRESS':
            return ['return (void *)abi_address(&call);']
        if self.returns == 'NOTHING':
            return []
        lines = ['if (abi_seldom(&call)) return NULL;']
        if self.returns == 'LEADS_TO_TEXT':
            return lines + (['return abi_new_text(&call);'] if self.owned else
                            ['static char result[100];',
                             'abi_text(&call, result, sizeof result);', 'return result;'])
        make = (f'{self.result.c} *result = malloc(sizeof *result);' if self.owned
                else f'static {self.result.c} memory, *result = &memory;')
        return lines + [make, f'abi_out(&call, &{self.result.table}, result, 1);', 'return result;']

    def library(self):
        lines = ['struct abi_call call;', f'abi_begin(&call, {self.number});']
        for p in self.parameters:
            lines += p.inputs
        lines.append('abi_ready(&call);')
        texts = [p for p in self.parameters if getattr(p, 'form', '') == 'text']
        for p in texts + [p for p in self.parameters if p not in texts]:
            lines += p.outputs
        if self.global_type:
            lines.append(f'abi_out(&call, &{self.global_type.table}, &g{self.number}, '
                         f'{self.global_count});')
        lines += self.give_result()
        head = f'{self.global_c};\n' if self.global_type else ''
        return (f'{head}{self.prototype(False)}\n{{\n    ' + '\n    '.join(lines) + '\n}\n'
                f'extern __typeof__({self.name}) direct_{self.name} '
                f'__attribute__((alias("{self.name}")));\n\n')

    def driver(self):
        passed = [p.driver() for p in self.parameters]
        kinds = ', '.join(kind for kind, _ in passed) or 'void'
        values = ', '.join(value for _, value in passed)
        keep = f'*({self.result_c} *)result = ' if self.result_c != 'void' else ''
        table = ', '.join(p.descriptor() for p in self.parameters) or '{0}'
        if self.global_type:
            where = f'&g{self.number}, &{self.global_type.table}, {self.global_count}'
        else:
            where = 'NULL, NULL, 0'
        result = f'&{self.result.table}' if self.result else 'NULL'
        return (f'extern {self.result_c} {self.name}({kinds}), direct_{self.name}({kinds});\n'
                if not self.result_c.endswith('*') else
                f'extern {self.result_c} {self.name}({kinds});\n'
                f'extern {self.result_c} direct_{self.name}({kinds});\n') + (
                f'{"extern " + self.global_c + ";" if self.global_type else ""}\n'
                f'static void call_{self.name}(void *const *arguments, void *result, '
                f'bool directly)\n{{\n    (void)arguments, (void)result;\n'
                f'    if (directly)\n        {keep}direct_{self.name}({values});\n'
                f'    else\n        {keep}{self.name}({values});\n}}\n'
                f'static const struct abi_parameter parameters_{self.name}[] = {{{table}}};\n'
                f'const struct abi_function abi_{self.name} = {{"{self.name}", '
                f'"{self.prototype(True)}{"; " + "; ".join(self.options) if self.options else ""}", '
                f'{len(self.parameters)}, parameters_{self.name}, ABI_{self.returns}, '
                f'{int(self.owned)}, {result}, {where}, call_{self.name}}};\n\n')

    def covered(self):
        seen = set(self.seen)
        for p in self.parameters:
            if p.passing == 'VALUE':
                seen.add(f'value {"union" if p.kind.record and p.kind.union else p.kind.c}'
                         if not p.kind.record or p.kind.union else f'struct value {p.kind.size}')
            else:
                seen.add(f'{getattr(p, "form", p.passing.lower())} {p.direction.lower()}')
            for name in ('dirty', 'counts'):
                if getattr(p, name):
                    seen.add(name)
            if p.reads is not None:
                seen.add(f'reads {p.direction.lower()} {p.passing.lower()}')
            if p.kind and p.kind.record and p.kind.strings:
                seen.add(f'strings {p.direction.lower()} {p.passing.lower()}')
        if self.returns == 'RESULT':
            seen.add(f'result {self.result.c}' if not self.result.record
                     else 'union result' if self.result.union
                     else f'struct result {self.result.size}')
        elif self.returned:
            seen.add('returns parameter')
        elif self.returns != 'NOTHING':
            seen.add(f'returns {self.form} {self.returns.lower()}')
        if self.global_type:
            seen.add('writes')
        seen.add(f'parameters {len(self.parameters)}')
        return seen


def write_types(types, output):
    kinds = types.scalars + [STRING, HANDLE, ADDRESS] + types.records
    if not any(s.c == 'char' for s in types.scalars):
        raise SystemExit('no char')
    with open(f'{output}/types.h', 'w', encoding='ascii') as file:
        file.write('#include "abi.h"\n#include <time.h>\nenum shade { SHADE_LIGHT, SHADE_DARK };\n')
        for record in types.records:
            file.write(record.declare_type())
        for kind in kinds:
            file.write(f'extern const struct abi_type {kind.table};\n')
    with open(f'{output}/types.c', 'w', encoding='ascii') as file:
        file.write('#include "types.h"\n#if __LDBL_MANT_DIG__ == 64\n#define ABI_LONG_DOUBLE 10\n'
                   '#else\n#define ABI_LONG_DOUBLE sizeof(long double)\n#endif\n')
        for kind in kinds:
            file.write(kind.define())


def write_functions(functions, output):
    for start in range(0, len(functions), PER_FILE):
        part, number = functions[start:start + PER_FILE], start // PER_FILE
        with open(f'{output}/library_{number}.c', 'w', encoding='ascii') as file:
            file.write('#include "types.h"\n#include "original.h"\n#include <stdlib.h>\n\n')
            for function in part:
                file.write(function.library())
        with open(f'{output}/driver_{number}.c', 'w', encoding='ascii') as file:
            file.write('#include "types.h"\n\n')
            for function in part:
                file.write(function.driver())
    with open(f'{output}/table.c', 'w', encoding='ascii') as file:
        file.write('#include "abi.h"\n')
        for function in functions:
            file.write(f'extern const struct abi_function abi_{function.name};\n')
        file.write('const struct abi_function *const abi_functions[] = {\n')
        file.write(''.join(f'    &abi_{f.name},\n' for f in functions))
        file.write(f'}};\nconst size_t abi_function_count = {len(functions)};\n')


def write_config(types, functions, output):
    with open(f'{output}/abi.conf', 'w', encoding='ascii') as file:
        file.write('[*]\nadaptive = off\nmaxsize = 64\n')
        for record in types.records:
            file.write(record.section())
        for function in functions:
            file.write(function.section())


def write_coverage(functions, output):
    counts = {}
    for function in functions:
        for what in function.covered():
            counts[what] = counts.get(what, 0) + 1
    with open(f'{output}/coverage', 'w', encoding='ascii') as file:
        for what in sorted(counts):
            file.write(f'{what}: {counts[what]}\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--count', type=int, default=2000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--output', required=True)
    parser.add_argument('--features', default='all')
    options = parser.parse_args()
    features = set()
    for word in options.features.split(','):
        name = word.lstrip('-')
        if name != 'all' and name not in FEATURES:
            raise SystemExit(f'no such feature: {name}')
        features = (set(FEATURES) if name == 'all' else
                    features - {name} if word[0] == '-' else features | {name})
    os.makedirs(options.output, exist_ok=True)
    types = Types(random.Random(options.seed), features)
    functions = [Function(i, types, features) for i in range(options.count)]
    write_types(types, options.output)
    write_functions(functions, options.output)
    write_config(types, functions, options.output)
    write_coverage(functions, options.output)


main()
