"""Comprehensions that are inlined, from 3.12 on: whose variables they borrow, and where those are kept meanwhile."""

import datetime


class Months:
    # Up to 3.12.3 a class saves all names that a comprehension in it speaks of.
    names = [datetime.date(2001, number + 1, 1).strftime for number in range(12)]
    lengths = {name: length for name, length in names if len(name)}
    rows = [[cell for cell in row if datetime] for row in names]
    late = [(lambda: kept) for kept in names]
    later = [(lambda: Months) for kept in names]


def with_class(around):
    class Inner:
        both = [item + around for item in range(3)]

    return Inner


def is_shared_elsewhere(items):
    for base in items:
        any(other(base) for other in items)
    return [base for base in items]


def kept_in_cells(items, most):
    one = [[(lambda: first) for second in first] for first in items]
    two = [(lambda: third, [third for third in fourth]) for third in most for fourth in items]
    three = {fifth: [sixth for sixth in fifth if sixth] for fifth in items}
    return [(lambda: most) for seventh in one if seventh] + two + [u for u in [(lambda: one) for eighth in three]]


def taken_from_around(value):
    def inner(items):
        return [(lambda: value) for value in items]

    def outer(items):
        late = [(lambda: value) for value in items]
        return late, value

    return inner, outer, value


def bound_by_it(items):
    try:
        return [item for item in items if [part for part in item if (last := part)]], last
    finally:
        items = [item for item in items]


[(lambda: item) for item in ()]
{item: (part for part in item) for item in ()}
