"""Compile the source that was made of files, and write down which code objects are the same again.

    python again.py OUT LIMIT

For each NAME.text in OUT, the source made of NAME.pyc: NAME.again, what it compiles to, in the header of NAME.pyc, and
NAME.same.json, an object with an "error" if it does not compile, or else with
  whole: whether all of it is the same, bit by bit, but for lines and stack sizes
  codes: for each code object of NAME.pyc, in order: the number of its counterpart, or null; whether it does the same but for
         NOPs, the encoding of jumps and the order of tables; the first thing that differs

For Python 2.7, 3.4 and later. LIMIT means nothing here.
"""
import dis, json, marshal, os, re, sys, types, warnings

VERSION = sys.version_info[:2]
HEADER = 8 if VERSION < (3, 3) else 12 if VERSION < (3, 7) else 16
JUMPS = set(dis.hasjrel) | set(dis.hasjabs) | set(getattr(dis, 'hasjump', ()))
# Two instructions in one, where the line is the same (3.13+).
PAIR = re.compile('((?:LOAD|STORE)_FAST)(?:_BORROW)?_((?:LOAD|STORE)_FAST)(?:_BORROW)?$')
NUMBERS = 'argcount posonlyargcount kwonlyargcount flags'.split()
TUPLES = 'names varnames freevars cellvars'.split()


def key(constant):
    """What tells a constant from others: 1, True and 1.0 are three. Code objects are compared by themselves."""
    if isinstance(constant, types.CodeType):
        return ('code', constant.co_name)
    if isinstance(constant, tuple):
        return ('tuple', [key(item) for item in constant])
    if isinstance(constant, frozenset):
        return ('frozenset', sorted(repr(key(item)) for item in constant))
    if isinstance(constant, slice):
        return ('slice', [key(part) for part in (constant.start, constant.stop, constant.step)])
    if isinstance(constant, (float, complex)):
        return (type(constant).__name__, repr(constant))
    return (type(constant).__name__, constant)


def old_instructions(code):
    """Those of 2.7: offset, opcode, argument."""
    found, at, extended, raw = [], 0, 0, bytearray(code.co_code)
    while at < len(raw):
        start, opcode, arg = at, raw[at], None
        at += 1
        if opcode >= dis.HAVE_ARGUMENT:
            arg, extended = raw[at] + (raw[at + 1] << 8) + extended, 0
            at += 2
            if dis.opname[opcode] == 'EXTENDED_ARG':
                extended = arg << 16
                continue
        found.append((start, opcode, arg, at))
    return found


def old_operand(code, opcode, arg, end):
    if opcode in dis.hasjrel:
        return end + arg
    for kinds, names in ((dis.hasname, code.co_names), (dis.haslocal, code.co_varnames),
                         (dis.hasfree, code.co_cellvars + code.co_freevars)):
        if opcode in kinds:
            return names[arg]
    return arg


def instructions(code):
    """(offset, name, argument, operand, whether that is an offset, whether it is a constant)"""
    if VERSION < (3, 4):
        for start, opcode, arg, end in old_instructions(code):
            operand = None if arg is None else old_operand(code, opcode, arg, end)
            yield start, dis.opname[opcode], arg, operand, opcode in JUMPS, opcode in dis.hasconst
        return
    for row in dis.get_instructions(code):
        if row.opname in ('EXTENDED_ARG', 'CACHE'):
            continue
        named = row.opcode in dis.hasname or row.opcode in dis.haslocal or row.opcode in dis.hasfree
        operand = row.argval if row.opcode in JUMPS or named else row.arg
        if named and VERSION >= (3, 11):
            operand = (row.argval, row.argrepr)
        yield row.offset, row.opname, row.arg, operand, row.opcode in JUMPS, row.opcode in dis.hasconst


def compilers_own(code, rows):
    """What a class body binds that no source can tell (3.13+): its first line, and names in an order of that run."""
    found = {}
    for before, row in zip(rows, rows[1:]):
        if row[1] == 'STORE_NAME' and VERSION >= (3, 13):
            name = row[3][0]
            if name == '__firstlineno__':
                found[before[0]] = ('line',)
            elif name == '__static_attributes__' and before[5]:
                found[before[0]] = ('names', sorted(map(repr, code.co_consts[before[2]])))
    return found


def meaning(code):
    """What a code object does: its instructions without NOPs, jumps as numbers of instructions, tables resolved."""
    rows = list(instructions(code))
    own, place, count = compilers_own(code, rows), {}, 0
    for offset, name, arg, operand, is_jump, is_const in rows:
        place[offset] = count
        count += 0 if name == 'NOP' else 2 if PAIR.match(name) else 1
    ends = sorted(place)

    def at(offset):
        return place[offset] if offset in place else next((place[end] for end in ends if end >= offset), count)

    found = []
    for offset, name, arg, operand, is_jump, is_const in rows:
        pair = PAIR.match(name)
        if name == 'NOP':
            continue
        if offset in own:
            found.append(own[offset])
        elif pair:
            found += [(pair.group(1), operand[0][0]), (pair.group(2), operand[0][1])]
        elif is_jump:
            found.append((name, at(operand)))
        elif is_const:
            found.append((name, key(code.co_consts[arg])))
        elif name.startswith('LOAD_FAST') or name == 'STORE_FAST':
            found.append((name.replace('_BORROW', ''), operand[0] if isinstance(operand, tuple) else operand))
        else:
            found.append((name, operand))
    handlers = []
    if VERSION >= (3, 11):
        for entry in dis._parse_exception_table(code):
            start, end, rest = at(entry.start), at(entry.end), (at(entry.target), entry.depth, entry.lasti)
            if handlers and handlers[-1][1] == start and handlers[-1][2:] == rest:
                start = handlers.pop()[0]
            if start < end:
                handlers.append((start, end) + rest)
    return found, handlers


def parameters(code):
    return code.co_varnames[:code.co_argcount + getattr(code, 'co_kwonlyargcount', 0)]


def docstring(code):
    """The text that a function would have as its __doc__."""
    is_function = code.co_flags & 3 == 3 and not code.co_name.startswith('<')
    if not is_function or VERSION >= (3, 14) and not code.co_flags & 0x4000000:
        return None
    first = code.co_consts[0] if code.co_consts else None
    return first if not isinstance(first, (tuple, types.CodeType)) else None


def difference(first, second):
    """The first thing that two code objects do differently, if there is one."""
    for field in NUMBERS:
        values = [getattr(code, 'co_' + field, 0) for code in (first, second)]
        if values[0] != values[1]:
            return '%s is %s, not %s' % (field, values[1], values[0])
    if parameters(first) != parameters(second):
        return 'parameters are %s, not %s' % (parameters(second), parameters(first))
    if key(docstring(first)) != key(docstring(second)):
        return 'the docstring is another'
    (ours, our_handlers), (theirs, their_handlers) = meaning(first), meaning(second)
    for number, (mine, other) in enumerate(zip(ours, theirs)):
        if mine != other:
            return 'instruction %d is %s, not %s' % (number, other, mine)
    if len(ours) != len(theirs):
        return '%d instructions, not %d' % (len(theirs), len(ours))
    return None if our_handlers == their_handlers else 'the exception table is another'


def is_identical(first, second):
    """Whether two code objects that do the same are the same bit by bit, but for lines and what a class knows of them."""
    if not all(getattr(first, 'co_' + field, 0) == getattr(second, 'co_' + field, 0) for field in NUMBERS + TUPLES):
        return False
    if compilers_own(first, list(instructions(first))):
        return True
    tables = [(code.co_code, getattr(code, 'co_exceptiontable', b'')) for code in (first, second)]
    return tables[0] == tables[1] and [key(c) for c in first.co_consts] == [key(c) for c in second.co_consts]


def inner(code):
    """The code objects among its constants, in order."""
    return [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


def codes(root):
    """All code objects in the order of the file."""
    found, waiting = [], [root]
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting.extend(reversed(inner(code)))
    return found


def loaded(code):
    """The code objects that its instructions load, in order: equal ones on one line are one constant, which is loaded more than once."""
    constants = [code.co_consts[row[2]] for row in instructions(code) if row[5]]
    return [constant for constant in constants if isinstance(constant, types.CodeType)]


def paired(first, second):
    """The code objects in one with those in the other: of one name, loaded at the same place, or else the same one of that name."""
    pairs, (ours, theirs) = [], (loaded(first), loaded(second))
    if [code.co_name for code in ours] == [code.co_name for code in theirs]:
        pairs = list(zip(ours, theirs))
    for name in set(code.co_name for code in inner(first)):
        pairs += zip(*([code for code in inner(around) if code.co_name == name] for around in (first, second)))
    return pairs


def counterparts(first, second):
    """By the identity of each code object in one, that in the other which is its counterpart."""
    found, waiting = {id(first): second}, [(first, second)]
    while waiting:
        for code, other in paired(*waiting.pop()):
            if id(code) not in found:
                found[id(code)] = other
                waiting.append((code, other))
    return found


def compare(path):
    with open(path + '.pyc', 'rb') as file:
        raw = file.read()
    with open(path + '.text', 'rb') as file:
        text = file.read()
    before = codes(marshal.loads(raw[HEADER:]))
    try:
        again = compile(text, before[0].co_filename, 'exec', 0, True)
    except Exception as error:
        return {'error': '%s: %s' % (type(error).__name__, error)}
    with open(path + '.again', 'wb') as file:
        file.write(raw[:HEADER] + marshal.dumps(again))
    after = codes(again)
    numbers = dict((id(code), number) for number, code in enumerate(after))
    found = counterparts(before[0], again)
    rows, whole = [], len(before) == len(after)
    for code in before:
        other = found.get(id(code))
        if other is None:
            rows.append([None, False, 'it is not there'])
            whole = False
            continue
        differs = difference(code, other)
        whole = whole and differs is None and is_identical(code, other)
        rows.append([numbers[id(other)], differs is None, differs])
    return {'whole': whole, 'codes': rows}


def main(out, limit, folder=None):
    warnings.simplefilter('ignore')
    sys.setrecursionlimit(5000)
    for name in sorted(os.listdir(out)):
        if name.endswith('.text'):
            path = os.path.join(out, name[:-5])
            same = compare(path)
            with open(path + '.same.json', 'w') as file:
                json.dump(same, file)


main(*(ARGUMENTS if 'ARGUMENTS' in globals() else sys.argv[1:]))
