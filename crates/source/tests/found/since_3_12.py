class Base:
    def method(self):
        return super().method(), super(Base, self).method(), super(Base, self, *self.more).method()

    def lambdas(self):
        return lambda self: (super().method, super(Base, self).method)

    def shadowed(self, super):
        return super().method()
