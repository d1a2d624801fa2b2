# The same function twice, as PyPy 3.9 compiles it: it asks for the truth of 1 in the first, and in the third, where the answer is another.
def f(check):
    check(1 if 1 else 0, 6 if 0 else 1)


def f(check):
    check(1, 1)


def f(check):
    check(1 if 0 else 0, 6 if 1 else 1)
