"""A function for each kind of pattern of Python 3.10."""


def literal_pattern(a):
    match a:
        case 1:
            return 'int'
        case -1 | 1.5 | 3 + 4j:
            return 'number'
        case 'a' | b'b':
            return 'text'
        case None | True | False:
            return 'singleton'
    return a


def value_pattern(a, b):
    match a.x:
        case b.c:
            return 1
        case b.c.d:
            return 2
        case _:
            return 3


def capture_pattern(a, b):
    match a():
        case x if x > b:
            return x
        case [y] if y:
            b(y)
        case z:
            return z


def or_pattern(a):
    match a:
        case [1 | 2, x] | [x, 3 | 4]:
            return x
        case (0 | 1) as y:
            return y
        case str() | int():
            pass
        case {'a': x} | [x]:
            return x


def sequence_pattern(a):
    match a:
        case []:
            return 0
        case [x]:
            return x
        case [x, _, (y, *_)]:
            return x, y
        case [x, *rest, 1]:
            return rest, x
        case [_, _, *_]:
            return 2
        case *_, 'last':
            return 3
        case [*all_of_it]:
            return all_of_it


def mapping_pattern(a, b):
    match a:
        case {'a': 1, b.c: x}:
            return x
        case {'k': [y, z], **rest}:
            return y, z, rest
        case {**others} if others:
            return others
        case {}:
            return 0


def class_pattern(a):
    match a:
        case Point(0, 0):
            return 0
        case Point(x, y=1) | Line(x, 1):
            return x
        case Point(x=0, y=[{'z': (1 | 2) as z}]):
            return z
        case module.Kind():
            return 2


def match_in_loop(a, b):
    for x in a:
        match x, b:
            case [0, y]:
                continue
            case (y, 0):
                b(y)
            case {'k': y}:
                break
            case _ if b:
                return y
            case [[]]:
                if b:
                    a()
                else:
                    b()
    else:
        return 1
    return 2


def match_in_try(a):
    try:
        match a:
            case [x]:
                return x
            case _:
                a()
    except ValueError:
        match a.b:
            case {'k': v}:
                raise v
    finally:
        a.close()
