#!/usr/bin/python3
"""Turns the prototypes of one config into C that compiles only where they are those of the headers:
each function is assigned to a pointer to what its section declares.
Usage: memoize check --json -c FILE | headers.py TABLE FILE >check.c; TABLE is `headers` here."""

import json
import os
import re
import sys


def read_table(path, name):
    """(headers, {handle: type}) of a file's line."""
    with open(path, encoding='utf-8') as lines:
        for words in (line.split() for line in lines):
            if words and words[0] == name:
                handles = dict(word.split(':', 1) for word in words[1:] if ':' in word)
                return ([word for word in words[1:] if ':' not in word],
                        {handle: kind.replace('_', ' ') for handle, kind in handles.items()})
    raise SystemExit(f'{path} has no line for {name}: which headers declare its functions?')


def c_parameter(text, handles):
    """A parameter without what only libmemo's language has."""
    text = re.sub(r'\{[^}]*\}', '', text).strip()
    text = re.sub(r'^(const )?(in|out|inout|scratch) ', r'\1', text)
    text = re.sub(r'^string\b', 'const char *', text)
    text = re.sub(r'^const wstring\b|^wstring\b', 'const wchar_t *', text)
    handle = re.match(r'^(const )?handle (\w+)$', text)
    if handle:
        if handle[2] not in handles:
            raise SystemExit(f'no type for the handle {handle[2]}')
        text = f'{handles[handle[2]]} {handle[2]}'
    # an extent that is a parameter is nothing to C before that is declared
    return re.sub(r'\[(?!\d+\])[^\]]*\]', '[]', text, count=1)


def c_prototype(text, handles):
    match = re.match(r'^(?:extern )?(.*?)(\w+)\s*\((.*)\);?$', text)
    result, name, listed = match[1], match[2], match[3].strip()
    parameters = [] if listed in ('', 'void') else re.split(r',(?![^{]*\})', listed)
    return result, name, ', '.join(c_parameter(part, handles) for part in parameters) or 'void'


def main(table, path):
    config = json.load(sys.stdin)
    if config['errors'] or not config['sections']:
        raise SystemExit(f'{path}: {config["errors"] or "no sections"}')
    headers, handles = read_table(table, os.path.basename(path))
    for header in headers:
        print(f'#include <{header}>')
    for section in config['sections']:
        result, name, parameters = c_prototype(section['options']['prototype']['value'], handles)
        if name != section['symbol']:
            raise SystemExit(f'{path}: [{section["symbol"]}] is of {name}')
        print(f'extern {result}(*check_{name})({parameters});\n'
              f'{result}(*check_{name})({parameters}) = {name};')


main(*sys.argv[1:])
