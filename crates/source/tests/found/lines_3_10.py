def defaults(first, second=None,
    third=True, fourth=0):
    return fourth


def arguments(first, second, third):
    defaults(first,
        second=second)
    return defaults(
        first,
        [second,
        third],
        {first: second,
        second: third})


lines = [defaults, arguments]
