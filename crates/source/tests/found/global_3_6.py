def around():
    r, w = pipe()

    def script():
        global w
        with open(w) as file:
            return file

    def other():
        nonlocal r
        r = None
        return w
    return script, other, r


def borrowed():
    squares = [w * w for w in range(10)]

    def script():
        return w
    return squares, script
