def constants(x):
    return [y for y in [1, 2, 3]], {y for y in (1, 2, 3)}, {z for z in {1, 2, 3}}


def names(x):
    return [y for y in [x, 2, 3]], {y: y for y in (x, 2)}, {y for y in {x, 2}}


def loops(x):
    for y in [x, 2]:
        yield x in [1, 2, 3], x in [x, 2], x in {1, 2, 3}
    for y in [1, 2]:
        yield y


def generators(x):
    return (y for y in [1, 2, 3]), (z for z in [x, 2]), (u for u in {1, 2})


def nested(x):
    return [y for z in x for y in [z, 1]], {y for z in x for y in [1, 1]}, [u for z in x for u in {1, 2}]
