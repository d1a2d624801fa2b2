# What was once said to be proved, or could not be, and is now held.
from __future__ import generator_stop


def searched(name):
    return name in {'_mock_unsafe', '_mock_methods', 'side_effect'}


def message_before_raise(self):
    if self.call_count > 0:
        message = 'Called %s times' % self.call_count
        raise AssertionError(message)
    if not self.called:
        raise AssertionError('not called')


def asked_at_both_ends(pool):
    left = 50
    while left and not all(worker.is_alive() for worker in pool):
        left -= 1
    return left


def kept_by_dead_code(value):
    if 0:
        lambda: value
    return value


class Private:
    __slots__ = ('__hidden', '_Private__other')
    __hidden: int

    def __method(self, __parameter, *, __keyword=None):
        self.__hidden = __parameter
        __local = [__item for __item in self.__hidden if __item]
        try:
            import __module
            from . import __name as __alias
        except ValueError as __error:
            del self.__hidden
            print(__error, __module, __alias, __local)

        class __Inner:
            __value = __keyword

        def __function():
            global __shared
            __shared = __parameter
            return self.__method(__parameter, __keyword=__local)

        return __Inner, __function


class _(Private):
    def __kept(self):
        return self.__kept


def not_computed(a):
    return (1 / 0, 'a' * 5000, '%s' % 1, 1 << 200, -'a', 2 ** 1000, 'abc'[5], a in [a, 1], a in [a] in [a])


def more_than_a_line(first):
    if not first in [1, 2] and not first:
        return [-0x80, -0x8000000000000000, -1j, first(0, "text 0"), first(1, "text 1"), first(2,
        "text 2"), first(3, "text 3"), first(4, "text 4"), first(5, "text 5"), first(6, "text 6"),
        first(7, "text 7"), first(8, "text 8"), first(9, "text 9"), first(10, "text 10"), first(11,
        "text 11"), first(12, "text 12"), first(13, "text 13"), first(14, "text 14"), first(15,
        "text 15"), first(16, "text 16"), first(17, "text 17"), first(18, "text 18"), first(19,
        "text 19"), first(20, "text 20"), first(21, "text 21"), first(22, "text 22"), first(23,
        "text 23"), first(24, "text 24"), first(25, "text 25"), first(26, "text 26"), first(27,
        "text 27"), first(28, "text 28"), first(29, "text 29")]
    return (first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first, first, first,
        first, first, first, first, first, first, first, first, first, first, first)


def lambdas_that_loop():
    return (lambda a, b: [x for x in a] if a else [y for y in b] if b else None)


def goes_on_where_a_loop_has_no_more(names, folders):
    for name in names:
        found = False
        if not name and folders:
            for folder in folders:
                if folder == name:
                    found = True
                    break
            else:
                continue
        if name:
            yield name, found
