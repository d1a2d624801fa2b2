"""The docstring of a module."""


def documented(value):
    """The docstring of a function."""
    assert value, 'there is none'
    if __debug__:
        print('debugging')
    else:
        print('not debugging')
    return 'text', not __debug__


class Documented:
    """The docstring of a class."""

    def only(self):
        """Nothing but a docstring."""

    def asserts(self):
        assert self


def first_is_text():
    return 'text'


async def wait(value):
    """Waits."""
    while __debug__ and value:
        await value
    yield value
