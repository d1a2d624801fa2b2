"""What compilers up to 3.7 leave to the interpreter: how blocks are left. Each function is named after what is in it."""


def break_in_for(items):
    for item in items:
        if item:
            break
    else:
        return None
    return item


def continue_in_while(item):
    while item:
        item = item.next
        if item.skipped:
            continue
        item.use()


def break_in_try(items):
    for item in items:
        try:
            item.use()
            if item.last:
                break
        except ValueError as error:
            print(error)
            continue
        except TypeError:
            break
        item.close()


def break_in_finally(items):
    while True:
        try:
            if items.pop():
                break
        finally:
            items.close()


def return_in_finally(item):
    try:
        return item.use()
    finally:
        item.close()


def return_in_with(item):
    with item as entered, item.other():
        for part in entered:
            if part:
                return part
            with part:
                continue


def return_in_handler(item):
    try:
        item.use()
    except ValueError as error:
        return error.args
    except (TypeError, KeyError):
        raise RuntimeError() from None
    else:
        item.close()
    return item


def nested_try(item):
    for part in item:
        try:
            try:
                part.use()
            except ValueError:
                continue
            else:
                part.again()
        finally:
            part.close()
    return item


def dict_comprehension(items):
    return {key.name(): value.text() for key, value in items if key}


def list_comprehension(items):
    return [(one, two) for one in items for two in one if two > 0]


def closure(first):
    count = first

    def inner(step=1, *args, name: str = 'a', **kwargs) -> int:
        nonlocal count
        count += step
        return count
    return inner


class annotated_class(dict, metaclass=type):
    """With annotations."""
    name: str
    size: int = 1

    def use(self, *parts):
        return super().get(*parts, **self)


async def coroutine(items):
    async with items as entered:
        await entered.use()
    return [await item for item in items]


def generator(items):
    got = yield 1
    yield from items
    return f'{got!r:>{got}} {items}'


def unpacking(items):
    first, *rest = [*items, *items]
    return {**first, 'a': 1}, {*rest}, print(*rest, **first, end='')
