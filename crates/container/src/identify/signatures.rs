//! Kinds of file that have nothing to do with Python, by the bytes that they begin with.

/// Where the bytes stand, the bytes, and what they say.
type Signature = (usize, &'static [u8], &'static str);

static SIGNATURES: &[Signature] = &[
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAVE sound"),
    (8, b"AVI ", "an AVI film"),
    (0, b"\0\0\x01\0", "a Windows icon"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"8BPS", "a Photoshop image"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE document (old Office, MSI)"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not opened here"),
    (0, b"Rar!\x1a\x07", "a RAR archive, which is not opened here"),
    (0, b"MSCF", "a Windows cabinet, which is not opened here"),
    (0, b"!<arch>\n", "an ar archive (a Debian package or static library), which is not opened here"),
    (0, b"\xed\xab\xee\xdb", "an RPM package, which is not opened here"),
    (0, b"xar!", "a xar archive, which is not opened here"),
    (0, b"hsqs", "a SquashFS image, which is not opened here"),
    (0, b"\x04\x22\x4d\x18", "an LZ4 stream, which is not opened here"),
    (0, b"\x1f\x9d", "a stream of compress, which is not opened here"),
    (0, b"LZIP", "an lzip stream, which is not opened here"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\0asm", "a WebAssembly module"),
    (0, b"\xca\xfe\xba\xbe\0\0\0", "a Java class"),
    (0, b"dex\n035\0", "Android bytecode (dex)"),
    (0, b"\x1bLua", "Lua bytecode"),
    (0, b"BC\xc0\xde", "LLVM bitcode"),
    (0, b"OggS", "an Ogg sound or film"),
    (0, b"fLaC", "a FLAC sound"),
    (0, b"ID3", "an MP3 sound"),
    (4, b"ftyp", "an MP4 film"),
    (0, b"\x1aE\xdf\xa3", "a Matroska film"),
    (0, b"wOFF", "a web font"),
    (0, b"wOF2", "a web font"),
    (0, b"OTTO", "an OpenType font"),
    (0, b"\0\x01\0\0\0", "a TrueType font"),
    (0, b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (0, b"\x93NUMPY", "a NumPy array"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"ARROW1", "an Arrow table"),
    (0, b"\xde\x12\x04\x95", "a gettext catalogue (.mo)"),
    (0, b"TZif", "a time zone (TZif)"),
    (0, b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"-----BEGIN CERT", "a PEM certificate"),
    (0, b"-----BEGIN PRIVATE KEY", "a PEM key"),
    (0, b"-----BEGIN ENCRYPTED PRIVATE KEY", "a PEM key"),
    (0, b"-----BEGIN RSA ", "a PEM key"),
    (0, b"-----BEGIN EC ", "a PEM key"),
    (0, b"-----BEGIN OPENSSH ", "an OpenSSH key"),
    (0, b"-----BEGIN PUBLIC KEY", "a PEM key"),
    (0, b"-----BEGIN PGP ", "a message or key of PGP"),
];

/// What the first bytes say.
pub(super) fn find(bytes: &[u8]) -> Option<&'static str> {
    let begins = |&&(at, signature, _): &&Signature| bytes.get(at..).is_some_and(|rest| rest.starts_with(signature));
    let riff = |&(at, _, _): &Signature| at != 8 || bytes.starts_with(b"RIFF");
    SIGNATURES.iter().filter(begins).find(|&signature| riff(signature)).map(|&(_, _, name)| name)
}
