"""How fast xdis is at it: python xdis_peer.py SAMPLE_LIST. Prints `dis SECONDS` of processor time, loading included."""
import io, sys, time

from xdis.disasm import disassemble_file

files = [line.rstrip('\n') for line in open(sys.argv[1])]
started = time.process_time()
for file in files:
    disassemble_file(file, io.StringIO())
print('dis', time.process_time() - started)
