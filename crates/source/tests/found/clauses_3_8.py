def continues_behind_a_loop(names, bases, read, results):
    for key in names:
        try:
            value = read(key)
        except AttributeError:
            for base in bases:
                if key in base.names:
                    value = base.names[key]
                    break
            else:
                continue
        if not results or value:
            results.append((key, value))
        results.add(key)


def goes_on_behind_any_branch(read, text, end, names):
    while True:
        line = read()
        if text:
            if end:
                names.append(line)
                text = ''
            elif names and line:
                names.append(text)
                continue
            else:
                text = text + line
                continue
        elif end == 0 and not names:
            if not line:
                break
            if line == end:
                names.append(line)
                continue
        else:
            if not line:
                raise ValueError(end)
            names = 0
        while end < line:
            end = read(names)
    return names
