"""A function or class for each production of the grammar of Python 3.8, named after it."""
from __future__ import generator_stop
import os
import os.path as path
import collections.abc
from . import sibling, other as renamed
from ..above import *


def assignment(a, b):
    x = y = a
    x, y = y, x
    x, y, z = a, b, x
    (x, *y), [z, (a.b, b[x])] = b
    a.b = a[b] = a[b:x] = z
    x: int = 1
    a.b: str = 'text'
    return x, y, z


def augassign(a, b):
    a += 1
    a -= b
    a *= b
    a @= b
    a /= b
    a %= b
    a &= b
    a |= b
    a ^= b
    a <<= b
    a >>= b
    a **= b
    a //= b
    a.b += b
    a[b] -= 1
    a[b:] *= 2
    return a


class annassign:
    first: int = 1
    second: 'list[int]'
    third = 3
    third: str


def return_stmt(a):
    if a == 1:
        return
    if a == 2:
        return a, *a
    return None


def raise_stmt(a):
    if a == 1:
        raise
    if a == 2:
        raise ValueError
    raise ValueError(a) from a


def global_stmt():
    global made_here
    made_here = 1
    del made_here


def nonlocal_stmt(a):
    def inner():
        nonlocal a
        a += 1
        return a
    return inner


def del_stmt(a, b):
    del a.b, a[b], a[1:2], b


def assert_stmt(a, b):
    assert a
    assert a < b <= a.c, 'order'
    assert not a and b, (a, b)


def import_stmt():
    import os, sys as system
    import os.path
    import os.path as path
    from os import path, sep as separator
    from . import a
    from .b import c
    return os, system, path, separator, a, c


def if_stmt(a, b):
    if a:
        b()
    if a:
        b()
    elif b:
        a()
    elif a.b:
        pass
    else:
        b(a)
    if not a:
        if b:
            return 1
        a()
    return 2


def while_stmt(a, b):
    while a:
        b()
    while a and b or a.b:
        if a.c:
            break
        if a.d:
            continue
        b()
    else:
        a()
    while True:
        if a():
            break
    while not a:
        try:
            a()
        except b:
            continue
        break


def for_stmt(a, b):
    for x in a:
        b(x)
    for x, (y, *z) in a:
        if x:
            continue
        for b.c in z:
            if y:
                break
        else:
            b()
    for a[0] in 1, 2, 3:
        pass
    else:
        b()


def try_stmt(a, b):
    try:
        a()
    except ValueError:
        b()
    try:
        a()
    except (KeyError, IndexError) as e:
        b(e)
    except TypeError:
        return 1
    except:
        raise
    else:
        b()
    finally:
        a.close()
    try:
        return a()
    finally:
        b()


def try_in_loop(a, b):
    for x in a:
        try:
            if x:
                continue
            if b:
                break
            return x
        except ValueError as e:
            if e:
                continue
            break
        finally:
            b(x)
    while a:
        try:
            a()
        finally:
            if b:
                a = b


def with_stmt(a, b):
    with a:
        b()
    with a as x, b as (y, z):
        return x, y, z
    with a() as a.b:
        for x in a:
            if x:
                break
            return x


def function_def(a, b=1, /, c=2, *args, d, e=3, **kwargs):
    def annotated(x: int, *y: str, z: float = 1.0, **w: bytes) -> None:
        """A docstring."""
    return annotated, a, b, c, args, d, e, kwargs


def star_params(*, a, b=1):
    return a, b


def decorators(a):
    @a
    @a.b(1)
    def inner():
        pass

    @a
    class Inner:
        pass
    return inner, Inner


class class_def(dict, metaclass=type):
    """A docstring."""
    __slots__ = ('a', '__b')

    def method(self):
        self.__b = super().method()
        return __class__

    @property
    def value(self):
        return self.__b

    class inner(*[object], **{}):
        pass


def closures(a):
    b = 1

    def inner(c):
        def innermost():
            return a, b, c
        return innermost
    return inner


def generator(a):
    x = yield
    y = yield x
    yield from a
    yield a, *y
    return (yield from y)


async def coroutine(a):
    await a
    async with a as b:
        await b.c
    async for x in a:
        if x:
            break
    else:
        return await a()
    return [y async for y in a if await y], {z: await z for z in a}


async def async_generator(a):
    async for x in a:
        yield x
    try:
        yield 1
    finally:
        await a


def expression_stmt(a):
    a
    a.b
    a()
    ...
    'text'


def named_expression(a):
    if (n := len(a)) > 1:
        return n
    while (x := a()):
        a(x)
    return [y for x in a if (y := x)]


def conditional_expression(a, b, c):
    x = a if b else c
    y = a if b and c else b if c else a
    return x, (a if not b else c), [a if x else y for a in b]


def lambda_expression(a):
    return lambda: 1, lambda x, *y, z=a, **w: (x, y, z, w), lambda x, y=1, /: lambda: x


def boolean(a, b, c):
    x = a and b or c
    y = a or b and not c
    z = not (a or b) and c
    return x or y, z and (a or b)


def comparison(a, b, c):
    x = a < b, a > b, a == b, a <= b, a >= b, a != b
    y = a in b, a not in b, a is b, a is not b
    if a < b < c:
        return x
    return a < b <= c != a, y, a is None, b is not None


def binary(a, b):
    return a | b ^ a & b << a >> b, a + b - a * b / a // b % a @ b, -a ** -b, +a, ~b, (a + b) * a, not a


def await_primary(a):
    return a.b.c(1)[2].d


def call(a, b, c):
    return a(), a(1, b), a(b, c=1), a(*b), a(**c), a(1, *b, 2, *c, x=1, **b, y=2, **c), a(*b, x=1), a(**{'x': 1}), a(*(1, b))


def subscript(a, b):
    return a[b], a[b:], a[:b], a[b:a], a[b:a:1], a[::], a[b, 1:2], a[...], a[b][1], a[-1:]


def display(a, b):
    x = [], [1, 2, 3], [a, *b], (), (a,), (*a, *b), {}, {1: a}, {**a, 'b': b, **b}, {a, b}, {*a, 1}
    return x, {1, 2, 3}, [[a]], {'k': {'l': (1, [2])}}


def comprehension(a, b):
    x = [c for c in a], {c for c in a if c if b}, {c: d for c, d in a}, (c for c in a)
    return x, [[d for d in c] for c in a], [c for c in a for d in c if d], sum(c for c in a), [b for b in b]


def text(a, b):
    x = 'text', "it's", 'a\n\t\\"\'', b'bytes\x00', 'é☃', r'\d'
    return x, f'{a}', f'{a!r:>{b}} {{}} {a + 1:.2f}', f'{a:{b}}{b}', f'{a["k"]}', f'{a!s}{b!a}'


def number():
    return 1, -1, 1.5, -0.0, 1e100, 1j, 1 + 2j, 0x7fffffffffffffffffff, True, False, None, ...
