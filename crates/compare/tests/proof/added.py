"""A text that is added up before `%` formats it: up to 3.13 it is taken apart all the same."""


def added_up(a, b):
    return ("one %s two " + "three %r") % (a, b)
