from __future__ import annotations


class Foo:
    before: int

    def method(self, argument: after) -> Foo:
        return before

    def generic[T](self, argument: T) -> T:
        return T


class Conditional:
    if Foo:
        conditional: x = 1
    after = 1
