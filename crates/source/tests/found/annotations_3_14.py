x: int = 1
if x:
    y: Foo = 2


class Foo:
    before: int
    if before:
        conditional: x = 1
    after: Foo

    def method(self, argument: after) -> Foo:
        def inner(argument: self) -> Foo:
            return before
        return inner

    def reached(self):
        return __conditional_annotations__, __classdict__


def around(a):
    b = 1

    class Inner:
        a = 1
        one: (a, b)

        def method(self, one: a, two: b):
            c: int = one
            return c

    class Kept:
        nonlocal b
        one: (a, b)
    b = 2

    def inner(one: a, two: b):
        return Inner, Kept
    return inner


def by_position(one: int, /, two: str, *three: int, four: str, **five: int) -> str:
    return one
