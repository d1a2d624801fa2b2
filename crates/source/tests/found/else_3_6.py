def behind_raise(value):
    if value:
        raise ValueError(value)
    else:
        if value is None:
            value = 1
        print(value)
    return value


def without_else(value):
    if value:
        raise ValueError(value)
    try:
        value = int(value)
    except TypeError:
        value = None
    return value


def behind_continue(values):
    for value in values:
        if value == 1:
            print(1)
            continue
        elif value == 2:
            value = 3
        else:
            value = 4
        print(value)


def explicit_continue(node):
    while node:
        if node.kind:
            if node.done:
                node = node.parent
                continue
            else:
                node = None
                break
        if node.group:
            node.group.append(node)
        node = node.parent


def behind_return(value):
    if value:
        if value == 1:
            return 1
        else:
            return value
    else:
        return 0


def chain_of_raises(state):
    if state != 0:
        if state == 1:
            raise ValueError('started')
        elif state == 2:
            raise ValueError('shut down')
        else:
            raise ValueError(state)
    return state
