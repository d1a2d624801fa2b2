"""What Python 3.14 makes of slices: those of constants are constants."""


def slices(a, b):
    a[1:2] = a[1:2:3], a[:'x'], a[1:b], a[:-1], a[1:2, 3], a[::2], a[:]
    a[1:2] += 1
    a[-1:2] += a[b:1]
    del a[:5]
    return a[None:1]
