"""Writes `code_pages.rs`: what Python's own codecs make of the bytes from 0x80 on.

    python3 code_pages.py > code_pages.rs
"""
import unicodedata
from encodings.aliases import aliases

CODECS = (
    [f'iso8859_{part}' for part in (*range(2, 12), *range(13, 17))]
    + [f'cp{page}' for page in (437, 850, 852, 855, 858, 866, 874, *range(1250, 1259))]
    + ['koi8_r', 'koi8_u', 'mac_cyrillic', 'mac_roman', 'tis_620']
)


def letter(byte, codec):
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return '\ufffd'


def written(character):
    shown = unicodedata.category(character)[0] in 'LNPS' and unicodedata.bidirectional(character) not in ('R', 'AL', 'AN')
    return character if shown and character not in '"\\\ufffd' else f'\\u{{{ord(character):x}}}'


print("""//! The upper halves of encodings that have one byte for each character. Written by `code_pages.py`: do not edit.

/// The names of an encoding, as Python normalizes them, and the characters of its bytes from 0x80 on; U+FFFD where it has none.
#[rustfmt::skip]
pub(super) const CODE_PAGES: &[(&[&str], &str)] = &[""")
for codec in CODECS:
    assert all(bytes([byte]).decode(codec) == chr(byte) for byte in range(128))
    names = [codec, *sorted(name for name, of in aliases.items() if of == codec)]
    names = ', '.join(f'"{name}"' for name in names)
    print(f'    (\n        &[{names}],')
    print('        "' + ''.join(written(letter(byte, codec)) for byte in range(128, 256)) + '",\n    ),')
print('];')
