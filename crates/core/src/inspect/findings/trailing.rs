//! What the bytes behind the object look like.

use crate::DiagnosticCode;
use crate::code::Item;
use crate::diagnostic::Severity;
use crate::file::Pyc;
use crate::file::magic;
use crate::inspect::report::Report;
use crate::marshal::Kind;
use crate::marshal::recover;
use crate::span::Span;

/// How many bytes are counted to tell text from noise.
const SAMPLE: usize = 1 << 16;
/// Fewer bytes say nothing of how evenly their values are spread.
const LEAST_FOR_ENTROPY: usize = 256;

/// Shorter text is likely to be chance.
const LEAST_TEXT: usize = 4;
const LEAST_BASE64: usize = 32;
/// The size of the header that every Windows program begins with.
const LEAST_PROGRAM: usize = 64;

/// First bytes by which formats are known.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"\xfe\xed\xfa\xce", "a Mach-O program"),
    (b"\xfe\xed\xfa\xcf", "a Mach-O program"),
    (b"\xce\xfa\xed\xfe", "a Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\0asm", "a WebAssembly module"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"\x78\x01", "zlib data"),
    (b"\x78\x9c", "zlib data"),
    (b"\x78\xda", "zlib data"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"#!", "a script"),
    (b"PYZ\0", "a PyInstaller archive"),
    (b"MEI\x0c\x0b\x0a\x0b\x0e", "the end of a PyInstaller archive"),
];

/// Says how many bytes there are and what they look like. `zeros` says whether all are 0.
pub(super) fn look_at(pyc: &Pyc, position: usize, span: Span, zeros: bool, report: &mut Report) {
    let place = (span, Item::Trailing(position as u32));
    let size = span.len();
    let bytes = pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or_default();
    let kind = if zeros { "all of them zero".to_owned() } else { looks_like(pyc, bytes, span.start) };
    let count = if size == 1 { "One byte follows".to_owned() } else { format!("{size} bytes follow") };
    report.findings.push(
        Severity::Warning,
        DiagnosticCode::TrailingData,
        place,
        format_args!("{count} behind the end of the object, which Python never reads: {kind}."),
    );
}

fn looks_like(pyc: &Pyc, bytes: &[u8], start: u32) -> String {
    if bytes.first_chunk::<4>().is_some_and(|head| magic::of(*head).is_some()) {
        return "they begin like another .pyc file".to_owned();
    }
    // Two letters alone are too little to tell a program by.
    let signatures = SIGNATURES.iter().filter(|(signature, _)| *signature != b"MZ" || bytes.len() >= LEAST_PROGRAM);
    if let Some((_, name)) = signatures.into_iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return format!("they begin like {name}");
    }
    if recover::is_plausible(pyc.bytes(), start, pyc.python()) {
        return "they begin like another code object".to_owned();
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let words = if is_text(sample) {
        if is_base64(sample) { "they look like Base64" } else { "they look like text" }
    } else if sample.len() >= LEAST_FOR_ENTROPY && is_noise(sample) {
        "their values are spread as evenly as in compressed or encrypted data"
    } else {
        match bytes.first().map(|&first| Kind::of(first)) {
            Some(Kind::Invalid | Kind::Unknown | Kind::Null) | None => "what they are is not known",
            Some(_) => "they may be another marshalled object",
        }
    };
    words.to_owned()
}

/// UTF-8 without control characters. The sample may end inside a character.
fn is_text(sample: &[u8]) -> bool {
    let whole = match std::str::from_utf8(sample) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&sample[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    whole.len() >= LEAST_TEXT && whole.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

fn is_base64(sample: &[u8]) -> bool {
    sample.len() >= LEAST_BASE64
        && sample.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\r' | b'\n'))
}

/// Whether a byte tells almost nothing of the next: its entropy is near the most that so many bytes can have.
fn is_noise(sample: &[u8]) -> bool {
    let mut counts = [0_u32; 256];
    for &byte in sample {
        counts[usize::from(byte)] += 1;
    }
    let length = sample.len() as f64;
    let entropy: f64 = counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| f64::from(count) / length)
        .map(|share| -share * share.log2())
        .sum();
    // 256 bytes of noise reach about 7.2 bits each, thousands close to 8.
    entropy > if sample.len() < 4096 { 7.0 } else { 7.8 }
}
