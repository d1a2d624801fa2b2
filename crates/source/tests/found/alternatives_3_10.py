def nested(x):
    w = y = z = None
    match x:
        case [0 as w]:
            y = 0
        case [z] | [1, (0 as z) | (1 as z)] | [z]:
            y = 1
    return w, y, z


def twice(x):
    match x:
        case {'a': (0 | 1) as z} | [(2 | 3) as z]:
            return z
        case (int(y) | float(y) as z) | [y, z]:
            return y, z
