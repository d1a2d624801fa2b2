from __future__ import annotations, generator_stop


class Annotated:
    first: int = 1
    second: 'list[Annotated]'

    def method(self, one: Annotated, *more: dict[str, int], **rest: lambda: one) -> None:
        inner: tuple[int, ...] = one
        self.first: int = 2
        return inner


def asks_in_vain(x):
    assert 0 and x
    while False and x:
        print(x)
    while x and 1:
        print(x)
    if x or 1:
        print(1 and x or (x if 0 else 2))
    assert 0, x
    print([y for y in x if 0])


def asks_for_what_is_known(x):
    if 0 or 0:
        print(x)
    if 1 and 1:
        print(x)
    if not 1 or not 0 and x:
        print(x)
    assert not 0, x
