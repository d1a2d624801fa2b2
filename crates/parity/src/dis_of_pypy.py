"""PyPy 3.11's dis is CPython's, and reads some arguments otherwise than PyPy runs them: it looks cells up among local variables and
(7.3) globals at half their index, and does not list those of COPY and GET_AWAITABLE (8.0). The scripts beside this one ask it for
what is run.
"""
import dis, sys


def mend():
    listed, cells = dis._get_instructions_bytes, dis.hasfree
    dis.LOAD_GLOBAL, dis.hasfree = None, ()
    unlisted = ('COPY', 'GET_AWAITABLE') if 'COPY' in dis.opmap else ()

    def run(bytecode, name_of_local=None, *rest, **more):
        # The code object, which dis does not hand on.
        closure = getattr(name_of_local, '__closure__', None)
        code = closure[0].cell_contents if closure else name_of_local.__self__
        for row in listed(bytecode, name_of_local, *rest, **more):
            if row.opcode in cells:
                name = (code.co_cellvars + code.co_freevars)[row.arg]
                row = row._replace(argval=name, argrepr=name)
            elif row.opname in unlisted:
                number = bytecode[row.offset + 1]
                row = row._replace(arg=number, argval=number)
            yield row
    dis._get_instructions_bytes = run


if hasattr(sys, 'pypy_version_info') and sys.version_info[:2] == (3, 11):
    mend()
