class Foo[__T, __U: __T](base(__T), lambda: __T):
    param = __T

    def method[__W: __T](self, argument: __W, other: __V = None) -> __T:
        return __T, __U, __V, __W

    type Of[__V] = (__T, __V)

    class Inner[__T](__T):
        type Pair[__V] = (__T, __V)


class Bound:
    T = int
    type Own = T

    def method[U: T](self, argument: T):
        return T

    def classes(self):
        return __classdict__, Bound


def around():
    T = 1
    S = 2

    class Inner:
        T = 2
        type Alias[U] = (T, S, U)

        def method[U: (T, S)](self):
            return T, S

    return Inner, [lambda: TypeVar]


def shadowed(TypeVar):
    def generic[T](argument: T):
        return generic
    return generic
