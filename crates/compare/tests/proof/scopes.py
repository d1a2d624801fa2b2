"""Scopes that leave no code object, and names that only type parameters of a class have."""


class Box[__T, __U: __T](list[__T]):
    param = __T

    def method[__W: __T](self, argument: __W) -> __T:
        return __T, __U, __W


class Bound:
    T = int
    type Own = T

    def method[U: T](self, argument: T):
        return T


class Attribute:
    Box.attribute: int = 0


def around(a):
    b = 1

    class Inner:
        a = 1
        one: (a, b)

        def method(self, one: a, two: b):
            return one
    return Inner
