"""Write down what this interpreter's own dis says of each compiled file, as tests/fixtures/README.md describes it; beside it, in a
.txt, what dis.dis prints.

For Python 2.7, 3.4 and later, behind library.py.
"""
import dis, io, json, marshal, re, sys, types

VERSION = sys.version_info[:2]
HEADER = 8 if VERSION < (3, 3) else 12 if VERSION < (3, 7) else 16
NUMBERS = 'firstlineno argcount posonlyargcount kwonlyargcount nlocals stacksize flags'.split()
NAMES = 'names varnames freevars cellvars'.split()
# A line of 2.7's listing: line, mark, offset, name, argument, operand.
ROW = re.compile(r'^ *(\d+)? +(?:-->)? *(?:>>)? *(\d+) ([A-Z_0-9+]+|<\d+>) *(\d+)?(?: +\((.*)\))? *$', re.S)


def text(value):
    """Text that JSON can hold: a lone surrogate as its escape, a byte string of 2.7 as what its bytes are in Latin-1 if not UTF-8."""
    if isinstance(value, bytes):
        try:
            return value.decode('utf-8')
        except UnicodeDecodeError:
            return value.decode('latin-1')
    return ''.join('\\u%04x' % ord(c) if 0xd800 <= ord(c) < 0xe000 else c for c in value)


def old_rows(code):
    """What the listing that 2.7 prints has in its columns."""
    import StringIO
    printed, sys.stdout = sys.stdout, StringIO.StringIO()
    try:
        dis.disassemble(code)
        lines = sys.stdout.getvalue().split('\n')
    finally:
        sys.stdout = printed
    current, rows = None, []
    for line in lines:
        if line.strip():
            number, offset, opname, arg, operand = ROW.match(line).groups()
            current = int(number) if number else current
            operand = text(operand or '')
            relative = dis.opmap.get(opname.replace('_', '+'), dis.opmap.get(opname)) in dis.hasjrel
            target = int(operand[3:]) if relative and operand.startswith('to ') else None
            rows.append([int(offset), opname, None if arg is None else int(arg), operand, current, None, target])
    return rows


def line_of(code):
    """A function from an offset to the line in force there."""
    if VERSION >= (3, 10):
        lines = dict((o, line) for start, end, line in code.co_lines() for o in range(start, end, 2))
        return lines.get
    starts = list(dis.findlinestarts(code))

    def line(offset):
        found = None
        for start, number in starts:
            if start > offset:
                break
            found = number
        return found
    return line


def rows(code):
    if VERSION < (3, 4):
        return old_rows(code)
    line, jumps, found = line_of(code), set(dis.hasjrel) | set(dis.hasjabs), []
    options = {'show_caches': False} if VERSION >= (3, 11) else {}
    for row in dis.get_instructions(code, **options):
        position = list(row.positions) if VERSION >= (3, 11) and row.positions else None
        target = None
        if row.opcode in jumps:
            target = row.jump_target if VERSION >= (3, 13) else row.argval
        found.append([row.offset, row.opname, row.arg, text(row.argrepr), line(row.offset), position, target])
    return found


def listing(root):
    found, waiting = [], [root]
    while waiting:
        code = waiting.pop()
        says = dict((field, getattr(code, 'co_' + field, None)) for field in NUMBERS)
        says['name'], says['filename'] = text(code.co_name), text(code.co_filename)
        says['qualname'] = text(code.co_qualname) if hasattr(code, 'co_qualname') else None
        says.update((field, [text(name) for name in getattr(code, 'co_' + field)]) for field in NAMES)
        inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
        says['consts'] = ['<code>' if isinstance(c, types.CodeType) else text(repr(c)) for c in code.co_consts]
        says['instructions'] = rows(code)
        if VERSION >= (3, 11):
            table = dis._parse_exception_table(code)
            says['exceptions'] = [[e.start, e.end, e.target, e.depth, bool(e.lasti)] for e in table]
        found.append(says)
        waiting.extend(reversed(inner))
    return found


def print_all(code):
    """What dis.dis prints, nested code too: before 3.7 it leaves that out, and each is printed by itself, an empty line between."""
    dis.dis(code)
    if VERSION < (3, 7):
        for inner in code.co_consts:
            if isinstance(inner, types.CodeType):
                print('')
                print_all(inner)


def printed(code):
    stdout, sys.stdout = sys.stdout, io.BytesIO() if VERSION < (3, 0) else io.StringIO()
    try:
        print_all(code)
        return sys.stdout.getvalue()
    finally:
        sys.stdout = stdout


for pyc in compiled(*ARGUMENTS):
    with open(pyc, 'rb') as file:
        code = marshal.loads(file.read()[HEADER:])
    with open(pyc[:-4] + '.json', 'w') as file:
        json.dump({'codes': listing(code)}, file, separators=(',', ':'))
    with io.open(pyc[:-4] + '.txt', 'wb') as file:
        shown = printed(code)
        file.write(shown if isinstance(shown, bytes) else shown.encode('utf-8', 'backslashreplace'))
