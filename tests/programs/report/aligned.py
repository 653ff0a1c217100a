#!/usr/bin/python3
"""Says how a table of statistics (standard input) fails to line up; nothing if it does.

Titles and texts start in one column, titles and figures end in one column, no line ends in blanks."""

import re
import sys

TEXTS = ['symbol', 'version', 'library', 'mode', 'note']

lines = sys.stdin.read().split('\n')
if lines.pop() != '':
    print('the last line has no end')
for number, line in enumerate(lines):
    if line != line.rstrip():
        print(f'line {number + 1} ends in blanks')
if not re.match(r'libmemo: .+ \(process [0-9]+\)', lines[0]):
    print(f'first line: {lines[0]}')
titles = list(re.finditer(r'\S+(?: \S+)*', lines[1]))
names = [title[0] for title in titles]
if names[:4] != TEXTS[:4] or names[-1] != 'note' or not {'calls', 'hits', 'misses', 'bypassed',
                                                         'currsize', 'maxsize'} < set(names):
    print(f'titles: {names}')
for number, line in enumerate(lines[2:], 3):
    for title in titles:
        start, end = title.span()
        if title[0] in TEXTS:
            if start and line[start - 2:start].strip():
                print(f'line {number}: {title[0]} does not start under its title')
        elif not re.search(r'(^|\s)-?([0-9.]+|unlimited)$', line[:end]) or line[end:end + 1].strip():
            print(f'line {number}: {title[0]} does not end under its title')
if len(lines) < 3:
    print('no rows')
