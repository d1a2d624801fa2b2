def returns_at_the_end_of_a_loop(pop):
    while True:
        item = pop()
        if item is not None:
            return item


def breaks_behind_a_branch(parts, paused, resume):
    while parts:
        if parts.pop():
            if paused:
                resume()
            break
        resume(parts)
    return parts


def breaks_by_either(readline, write):
    while True:
        line = readline()
        if not line or line == b'end':
            break
        write(line)
    return line


def leaves_a_loop_of_returns(pattern, other):
    while True:
        if not pattern.data:
            return 0
        pattern = pattern.data[0]
        if pattern is not other:
            break
        other = pattern.flags
        if other & 1:
            return 1
    if pattern == other:
        return 2
    return other


def goes_on_behind_an_else(reply, names):
    if reply == 220:
        if names is None:
            names = []
        names.append(reply)
    else:
        raise ValueError(reply)
    return reply, names


def otherwise_behind_a_clause(items, check, other):
    for item in items:
        try:
            check(item)
        except TypeError:
            pass
        else:
            other(item)


def continues_in_a_clause(items, check, other):
    for item in items:
        try:
            check(item)
        except TypeError:
            continue
        other(item)


def a_loop_in_a_try(queue):
    try:
        while True:
            item = queue.get()
            item.run()
    except BaseException:
        queue.log()


def a_try_in_a_loop(queue):
    while True:
        try:
            item = queue.get()
            item.run()
        except KeyError:
            queue.log()
            break


def returns_from_each_branch(read, buffer):
    try:
        if buffer is not None:
            return read(buffer)
        else:
            return read()
    except OSError:
        return


def chooses_nothing(sent, send):
    if not sent:
        send('length', '0')
    else:
        pass


def continues_at_the_end(items, other):
    for item in items:
        if item:
            other(item)
            continue


def asks_for_no_walrus(value, kind):
    if value is None:
        value = ''
        if kind:
            value = kind()
    return ''.join(value)
