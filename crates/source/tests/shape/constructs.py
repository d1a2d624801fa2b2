"""Constructs that shaping has to find, each in a function of its own. `compile.py` compiles this file."""
import os.path as path
from collections import abc, deque as queue


def conditions(a, b, c):
    if a and b or not c:
        return a if b else c
    x = a or b and c
    y = a < b <= c is not None
    return x, y


def elifs(a):
    if a == 1:
        b = 'one'
    elif a == 2:
        b = 'two'
    else:
        b = 'many'
    return b


def loops(items):
    for item in items:
        if item is None:
            continue
        for part, (*rest, last) in item:
            if part:
                break
        else:
            print(rest, last)
    while items and items[0]:
        items = items[1:]
        if not items:
            break
    while True:
        if items.append(1):
            return items


def handlers(a):
    try:
        a()
    except (KeyError, ValueError) as error:
        print(error)
    except TypeError:
        return None
    else:
        print('else')
    finally:
        print('finally')
    for b in a:
        try:
            if b:
                continue
            return b()
        finally:
            b.close()


def managers(a):
    with open(a) as f, a:
        for line in f:
            if line:
                return line
    with a.b:
        pass
    return None


def comprehensions(a):
    return [x for x in a if x if not x.y], {x: y for x, y in a}, {z for x in a for z in x}, (x async for x in a)


def bindings(a, b, *args, c=1, **kwargs):
    a, b = b, a
    x = y = a.b = c
    a.b += 1
    a[b:c] -= 2
    (p, q), *r = args
    if (n := len(kwargs)) > 1:
        del a[n], a.b, x
    assert p, q
    return lambda u, *, v=y: (u, v, r, *args)


class Shape(abc.Sized, metaclass=type):
    """A class."""
    sides = 4

    @property
    def area(self):
        return super().area + self.__side

    async def wait(self):
        async with self as entered:
            await entered
        async for item in self:
            yield item


def texts(a, b):
    global made
    made = f'{a!r:>{b}} and {a + 1:x}{{}}'
    raise ValueError(made) from a
