#!/usr/bin/python3
"""Turns the prototypes of one config into C that compiles only where they are those of the headers:
each function is assigned to a pointer to what its section declares.
Usage: memoize check --json -c FILE | headers.py TABLE FILE >check.c; TABLE is `headers` here."""

import json
import os
import re
import sys


def read_table(path, name):
    """(headers, whether inputs are const, {function.parameter: type}) of a file's line."""
    with open(path, encoding='utf-8') as lines:
        for words in (line.split() for line in lines):
            if words and words[0] == name:
                types = dict(word.split(':', 1) for word in words[1:] if ':' in word)
                headers = [word for word in words[1:] if word.endswith('.h')]
                return (headers, 'not-const' not in words,
                        {parameter: kind.replace('_*', ' *') for parameter, kind in types.items()})
    raise SystemExit(f'{path} has no line for {name}: which headers declare its functions?')


def c_parameter(text, function, const, types):
    """A parameter without what only libmemo's language has."""
    text = re.sub(r'\{[^}]*\}', '', text).strip()
    text = re.sub(r'^(const )?((in|out|inout|scratch|malloc) )+', lambda match: match[1] or '', text)
    text = re.sub(r'^handle (?=.*\W)', '', text)  # a type of its own follows
    text = re.sub(r'^string\b', 'const char *', text)
    text = re.sub(r'^const wstring\b|^wstring\b', 'const wchar_t *', text)
    if not const and not text.startswith('const char'):
        text = re.sub(r'^const ', '', text)
    name = re.search(r'(\w+)(\[.*)?$', text)
    kind = name and types.get(f'{function}.{name[1]}')
    if kind:
        return ('const ' if text.startswith('const ') else '') + kind + name[1]
    if re.search(r'\bhandle\b', text):
        raise SystemExit(f'which type has the header for {text}?')
    # an extent that is a parameter is nothing to C before that is declared
    return re.sub(r'\[(?!\d+\])[^\]]*\]', '[]', text, count=1)


def c_prototype(text, const, types):
    match = re.match(r'^(?:extern )?(.*?)(\w+)\s*\((.*)\);?$', text)
    result, name, listed = match[1], match[2], match[3].strip()
    parameters = [] if listed in ('', 'void') else re.split(r',(?![^{]*\})', listed)
    parameters = [c_parameter(part, name, const, types) for part in parameters]
    return result, name, ', '.join(parameters) or 'void'


def main(table, path):
    config = json.load(sys.stdin)
    if config['errors'] or not config['sections']:
        raise SystemExit(f'{path}: {config["errors"] or "no sections"}')
    headers, const, types = read_table(table, os.path.basename(path))
    for header in headers:
        print(f'#include <{header}>')
    for section in config['sections']:
        result, name, parameters = c_prototype(section['options']['prototype']['value'],
                                               const, types)
        if name != section['symbol']:
            raise SystemExit(f'{path}: [{section["symbol"]}] is of {name}')
        print(f'extern {result}(*check_{name})({parameters});\n'
              f'{result}(*check_{name})({parameters}) = {name};')


main(*sys.argv[1:])
