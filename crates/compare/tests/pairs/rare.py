"""What compilers make of sources by rules that are seldom at work."""

from __future__ import annotations


def texts():
    return "InterpreterPoolExecutor-"[:15], b"bytes"[1:3], (1, 2, 3)[::-1]


def shown(value):
    a = f'{ # a comment
  """text"""=}'
    b = f'''{(
            1,  # another
            "#")=}'''
    c = f"{value + 2 = # one more
    }"
    return a, b, c, f'{" # none "=}'


def starred[*Ts](*values: *Ts) -> None: ...


class Annotated:
    name: int

    def __annotate__(format):
        return {"name": str}
