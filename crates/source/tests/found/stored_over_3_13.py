def unpacked(value):
    first, _, _ = value
    (_, second), _, *_ = first
    [_, _] = second
    return first, second


def each(values):
    for _, _, value in values:
        print(value)


def shared(value):
    first, _, _ = value
    return lambda: first
