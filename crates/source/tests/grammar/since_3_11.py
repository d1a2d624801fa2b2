"""What Python 3.11 added."""


def except_star(a, b):
    try:
        a()
    except* ValueError as e:
        b(e)
    except* (TypeError, KeyError):
        b()
    else:
        a()
    finally:
        b(1)
    for x in a:
        try:
            a(x)
        except* OSError as e:
            if e:
                b(e)
        except* LookupError:
            pass


def star_annotation(*args: *tuple[int]):
    return args


def star_subscript(a, b):
    return a[*b], a[1, *b]
