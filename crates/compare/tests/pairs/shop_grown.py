"""A shop with prices."""

import os

# What may be sold at a time.
LIMIT = 10
KINDS = frozenset({"apple", "pear", "plum"})


def count(prices):
    return len(prices)


def total(prices, reduction=2):
    assert prices, "nothing is sold"
    amount = sum(prices) - reduction
    for price in prices:
        if price in {3, 5, 8}:
            amount -= 1
    try:
        return os.path.join("till", str(amount))
    except OSError:
        return None


class Basket:
    def measure(self, scale):
        return [scale.grams(item) for item in self.items if item.kind != "air"]

    def sort(self):
        return sorted(self.items, key=lambda item: item.price)


def close():
    return os.getpid()
