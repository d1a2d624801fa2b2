"""Things in a basket."""


class Basket:
    def __init__(self, prices):
        self.prices = prices

    def total(self):
        return sum(price for price in self.prices)
