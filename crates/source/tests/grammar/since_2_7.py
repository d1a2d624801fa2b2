"""The grammar of Python 2.7, production by production."""
from __future__ import with_statement
import os.path as path


def print_stmt(stream, a, b):
    print
    print a
    print a, b,
    print (a, b)
    print >>stream
    print >>stream, a, b
    print >>stream, a or b, b and a,


def exec_stmt(text, names):
    exec text
    exec text in names
    exec text in names, dict(names)
    return unknown_name


def raise_stmt(kind):
    if kind == 1:
        raise
    if kind == 2:
        raise ValueError
    if kind == 3:
        raise ValueError, kind
    raise ValueError, kind, None


def try_stmt(thing):
    try:
        thing.begin()
    except ValueError, error:
        print error
    except (TypeError, KeyError), thing.error:
        return thing
    except OSError, (number, text):
        raise
    except IOError:
        pass
    except:
        thing.fail()
    else:
        thing.end()
    finally:
        thing.close()


def try_in_loop(things):
    for thing in things:
        try:
            if thing:
                continue
            thing.use()
        except ValueError, error:
            if error:
                continue
            break
        finally:
            thing.close()
    while things:
        try:
            return things.pop()
        except IndexError:
            things = []
    else:
        return None


def with_stmt(lock, other):
    with lock as (a, b), other:
        if a:
            return b
    with other as lock.inner:
        pass


def tuple_parameters(a, (b, (c, d)), (e,)=(1,), *rest):
    return lambda (x, y), z=b: (x, y, z, a, c, d, e, rest)


def backquotes(value):
    return `value` + `1, value`


def slices(items, a, b):
    items[:] = items[a:] + items[:b] + items[a:b]
    items[a:b] = items[a:b:2]
    items[a:] += items[:]
    items[:b] -= a
    del items[a:b], items[:], items[a:], items[:b]
    return items[a:b, ...], items[None:b]


def division(a, b):
    a /= b
    return a / b // 2


def list_comprehension(rows):
    found = [cell for row in rows if row for cell in row if cell]
    pairs = [[(a, b) for b in rows] for a in [c for c in rows]]
    return found, pairs, cell, a, dict((k, v) for k, v in rows), {x for x in rows}, {k: v for k, v in rows}


def display(a, b):
    return {}, {a: b}, {a: 1, 'b': {b: a}}, {a, b}, [a], (a,), a in ('b', 1), b not in [1, 2]


def text():
    return 'bytes \xff\n', u'caf\xe9 \u20ac\U0001f40d', ur'\d', b'raw', 'it''s', u"\"'"


def number():
    return 1, 1L, -5L, 0xFFFFFFFFFFFFFFFFFFFFL, 0777, 1.5, 2j, -1, 0L


def comparison(a, b):
    return a <> b, a < b <= 3, a is not b, not a == b


def conditional(a, b):
    while 1:
        if a and (b or not a):
            break
    return a if b else True


def call(f, *args, **kwargs):
    f(1, b=2, *args, **kwargs)
    f(*args)
    f(a=1, **kwargs)
    return f(True, False, None)


def closures(a):
    b = a

    def inner(c=a, d=b):
        return b + c + d

    class Inner:
        kept = b
    return inner, Inner


def generator(n):
    while n:
        got = yield n
        if got:
            return
        n -= 1


def decorators(f):
    @f
    @f.g(1)
    def made():
        """What it does."""

    @f
    class Made(object, f):
        u"""What it is."""
        __hidden = 1
    return made, Made


def global_stmt():
    global shared
    shared = 1
    assert shared, 'none'
    assert shared


def import_stmt():
    import os.path
    import os.path as inner
    from os import sep as a, path as b
    return os, inner, a, b


class old_class:
    def method(self):
        return self.__private


class new_class(object):
    pass
