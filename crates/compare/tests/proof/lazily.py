# Annotations that are made when they are asked for, and t-strings (3.14).
first: int
second: list[str] = []


@dec
@dec2(
    1)
def function(a: int, *args: *Ts, b: str = '', **k: dict) -> None:
    local: int = 3
    unused: (lambda: 1)

    class Inner:
        always: int = a
        if a:
            sometimes: function
    return local


class Generic[T](Base):
    a: T
    __private: int

    def method(self, v: T) -> 'Generic': ...
    def other[U: int = str](self, v: U, w: T = 1) -> 'Generic': ...
    if first:
        b: int = 3
    else:
        c: int
    for i in first:
        d: int
    with first:
        e: int
    try:
        g: int
    except E:
        h: int
    match first:
        case 1:
            m: int
    while first:
        n: list[second]
    (i): int = 3
    first.attribute: int = 4


if first:
    (second): int
    first.attribute: int
    first[1]: int = 3
    last: int = 4
if False:
    never: int

    def nowhere(a: int): pass


def loop():
    for i in first:
        def inner(a: i) -> loop: return i


@dec
class Decorated:
    v: int

    @dec
    async def m(self, *, v: int): pass


templates = [
    t'{ first }',
    t'{ first = }',
    t'{ first !r}',
    t'{(  first )}',
    t'''{ first # a comment: }
    }''',
    t'{first:}' t'b{first:>{second}}',
    t'',
    t'a' t'b{first=:5}',
    rt'\d{first!s:{first!r}}',
    t'{first,}{ {1:2}[1] }',
    t'{f"{first}#"}{"a" "b"}',
    t'''{
      first
      + 1
    }''',
    t'{t"{first}"}{ first=}{first= !r:3}{first  =  }',
    t"{{}}\n{first + 'é'}\N{BULLET}{'\n'}{(lambda a: a)(1)}",
]
