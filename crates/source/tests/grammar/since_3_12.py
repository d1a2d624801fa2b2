"""What Python 3.12 added."""


def generic_function[T, *Ts, **P](a: T, *b: *Ts, c: int = 1) -> T:
    return a


class generic_class[T: int, U: (str, bytes)](Base, metaclass=Meta):
    value: T

    def method[V](self, other: V) -> T:
        return other


class generic_without_bases[T]:
    pass


type type_alias = int
type generic_alias[T] = list[T]


def nested_text(a):
    return f'{f"{a!r}"} {a['k']}'


def alias_of_nothing():
    type Nothing = None
    return Nothing
