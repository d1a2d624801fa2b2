"""How fast the Python that runs this is at it: python cpython.py WHOLE_LIST SAMPLE_LIST.

Prints, in seconds of processor time, `loads` for marshal.loads of the files in the first list, and `dis` for listing those in
the second.
"""
import dis, io, marshal, sys, time, types


def bodies(path):
    for line in open(path):
        with open(line.rstrip('\n'), 'rb') as file:
            yield file.read()[16:]


def best(times, work):
    fastest = float('inf')
    for _ in range(times):
        started = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - started)
    return fastest


def listing(code, out):
    waiting = [code]
    while waiting:
        code = waiting.pop()
        dis.disassemble(code, file=out)
        waiting.extend(item for item in code.co_consts if isinstance(item, types.CodeType))


def loads(bodies):
    for body in bodies:
        marshal.loads(body)


whole, sample = list(bodies(sys.argv[1])), [marshal.loads(body) for body in bodies(sys.argv[2])]
print('loads', best(7, lambda: loads(whole)))
print('dis', best(1, lambda: [listing(code, io.StringIO()) for code in sample] and None))
