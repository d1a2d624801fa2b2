"""What Python 3.13 added."""


def default_function[T = int](a: T) -> T:
    return a


class default_class[T: str = 'a', *Ts = *tuple[int], **P = [int]]:
    pass
