class Attribute:
    other.attribute: int = 0
