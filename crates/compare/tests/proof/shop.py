"""What a program may have that compilers treat each in its own way.

    Its indentation is that of a docstring."""
from __future__ import annotations

import functools


class Basket:
    """A basket."""

    limit: int = 3

    def __init__(self, owner: str, *, tax=0.19):
        """Takes an owner."""
        self.owner = owner
        self.__prices = []
        self.tax: float = tax

    def add(self, name: "str", price, /, *more, count=1, **rest) -> None:
        assert price > 0, "nothing is for free"
        if __debug__:
            print(name)
        if count > self.limit or not rest:
            raise ValueError("%s: %r" % (name, count))
        self.__prices.append((name, price - count))

    def total(self):
        amount = sum(price for name, price in self.__prices if name not in {"gift", "sample", "test"})
        reduced = amount * 60 * 60 / 3
        try:
            return reduced - self.tax
        finally:
            amount += reduced
            print(f"{amount:>{10}} {reduced!r} {self.tax=}")


def sorted_by(key, items):
    first = key(items)
    second = items(key)
    pick = lambda item: item[key] if item else -1
    return [pick(item) for item in (first, second) if first < second]


@functools.wraps(sorted_by)
async def later(items):
    async for item in items:
        await item
    return {key: value for key, value in items}
