"""What compilers take apart, put together, or make at once, each version in its own way."""


def side_by_side(items):
    first, second = 0, 0
    third, fourth, fifth = None, "", 1.5
    if items:
        first, second = second, first
    return first, second, third, fourth, fifth


one, two = 0, 1
[three, four] = (), ((),)


def of_many_parts(a):
    first = "0 %s 1 %s 2 %s 3 %s 4 %s 5 %s 6 %s 7 %s 8 %s 9 %s 10 %s 11 %s 12 %s 13 %s 14 %s 15 %s 16 %s" % (a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a)
    return first, f"0 {a} 1 {a} 2 {a} 3 {a} 4 {a} 5 {a} 6 {a} 7 {a} 8 {a} 9 {a} 10 {a} 11 {a} 12 {a} 13 {a} 14 {a} 15 {a} 16 {a}"


def annotated(p0: int, p1: int, p2: int, p3: int, p4: int, p5: int, p6: int, p7: int, p8: int, p9: int, p10: int, p11: int, p12: int, p13: int, p14: int, p15: int, p16: int):
    return p0


class Annotated:
    def method(
        self,
        p0: bool | None = None,
        p1: bool | None = None,
        p2: bool | None = None,
        p3: bool | None = None,
        p4: bool | None = None,
        p5: bool | None = None,
        p6: bool | None = None,
        p7: bool | None = None,
        p8: bool | None = None,
        p9: bool | None = None,
        p10: bool | None = None,
        p11: bool | None = None,
        p12: bool | None = None,
        p13: bool | None = None,
        p14: bool | None = None,
        p15: bool | None = None,
        p16: bool | None = None,
        p17: bool | None = None,
    ) -> int:
        return {"a": p0}
