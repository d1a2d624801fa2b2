class Chosen:
    if x:
        y = 1


class Either:
    if x:
        y = 1
    else:
        def method(self):
            self.z = 1


class Tried:
    try:
        import a
    except ImportError:
        a = None


class Shared:
    for i in range(3):
        if i:
            def method(self):
                return __class__
        else:
            method = None


class Asked:
    with x:
        if x:
            y: int = 1
