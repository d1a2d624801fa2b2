class Attribute:
    other.attribute: int = 0


class Dropped:
    if 0:
        def method(self):
            pass
