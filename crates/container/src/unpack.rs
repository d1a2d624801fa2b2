//! Compressed streams, unpacked up to a limit: what precedes damage is kept.

use std::error::Error;
use std::io::{self, Read};

use crate::kind::Compression;

/// What came of unpacking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes, as far as they could be had.
    pub bytes: Vec<u8>,
    /// Why there are no more, as a sentence.
    pub trouble: Option<String>,
}

impl Unpacked {
    /// Bytes that lie there as they are.
    pub(crate) fn plain(bytes: &[u8], limit: usize) -> Self {
        let trouble = (bytes.len() > limit).then(|| past_limit(limit));
        Self { bytes: bytes[..bytes.len().min(limit)].to_vec(), trouble }
    }

    /// Nothing, and why.
    pub(crate) fn refused(reason: &str) -> Self {
        Self { bytes: Vec::new(), trouble: Some(reason.to_owned()) }
    }
}

fn past_limit(limit: usize) -> String {
    format!("It has more than {limit} bytes unpacked: the rest is left out.")
}

/// How much memory the dictionary of xz and lzma may take, in KiB.
const DICTIONARY_KIB: u32 = 128 << 10;
/// How much is asked for at once, in bytes.
const STEP: u64 = 64 << 10;

impl Compression {
    /// Unpacks a stream to at most `limit` bytes.
    #[must_use]
    pub fn unpack(self, packed: &[u8], limit: usize) -> Unpacked {
        match self {
            Self::Zlib => collect(flate2::bufread::ZlibDecoder::new(packed), limit),
            Self::Gzip => collect(flate2::bufread::MultiGzDecoder::new(packed), limit),
            Self::Bzip2 => collect(bzip2::bufread::MultiBzDecoder::new(packed), limit),
            Self::Xz => collect(lzma_rust2::XzReader::new_mem_limit(packed, true, DICTIONARY_KIB), limit),
            Self::Lzma => match lzma_rust2::LzmaReader::new_mem_limit(packed, DICTIONARY_KIB, None) {
                Ok(reader) => collect(reader, limit),
                Err(error) => Unpacked { bytes: Vec::new(), trouble: Some(damage(0, &error)) },
            },
            Self::Zstd => unpack_zstd(packed, limit),
        }
    }
}

/// Unpacks bare deflate data (RFC 1951), as zip archives hold it.
pub(crate) fn inflate(packed: &[u8], limit: usize) -> Unpacked {
    collect(flate2::bufread::DeflateDecoder::new(packed), limit)
}

/// Unpacks LZMA as zip archives have it (APPNOTE 5.8.8): two bytes of version, the size of the properties, these, the data.
pub(crate) fn unpack_zip_lzma(packed: &[u8], size: Option<u64>, limit: usize) -> Unpacked {
    let [_, _, 5, 0, properties, d0, d1, d2, d3, data @ ..] = packed else {
        return Unpacked::refused("The head of its LZMA data is damaged.");
    };
    let dictionary = u32::from_le_bytes([*d0, *d1, *d2, *d3]).min(DICTIONARY_KIB << 10);
    let size = size.unwrap_or(u64::MAX);
    match lzma_rust2::LzmaReader::new_with_props(data, size, *properties, dictionary, None) {
        Ok(reader) => collect(reader, limit),
        Err(error) => Unpacked { bytes: Vec::new(), trouble: Some(damage(0, &error)) },
    }
}

/// One frame behind the other, as the `zstd` command writes and reads them.
fn unpack_zstd(packed: &[u8], limit: usize) -> Unpacked {
    let mut rest = packed;
    let mut all = Unpacked::default();
    while !rest.is_empty() && all.trouble.is_none() {
        match ruzstd::decoding::StreamingDecoder::new(&mut rest) {
            Ok(frame) => {
                let next = collect(frame, limit - all.bytes.len());
                all.bytes.extend(next.bytes);
                all.trouble = next.trouble;
            }
            Err(error) => all.trouble = Some(damage(all.bytes.len(), &error)),
        }
    }
    all
}

/// Reads to the end, to damage, or to the limit.
pub(crate) fn collect(mut reader: impl Read, limit: usize) -> Unpacked {
    let mut unpacked = Unpacked::default();
    loop {
        let left = limit - unpacked.bytes.len();
        let wanted = STEP.min(left as u64 + 1);
        match (&mut reader).take(wanted).read_to_end(&mut unpacked.bytes) {
            Ok(0) => return unpacked,
            Ok(_) if unpacked.bytes.len() > limit => {
                unpacked.bytes.truncate(limit);
                unpacked.trouble = Some(past_limit(limit));
                return unpacked;
            }
            Ok(_) => {}
            Err(error) => {
                unpacked.trouble = Some(damage(unpacked.bytes.len(), &error));
                return unpacked;
            }
        }
    }
}

fn damage(length: usize, error: &(dyn Error + 'static)) -> String {
    let length = pycxray::counted(length, "byte");
    let is_cut = error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof);
    if is_cut {
        format!("The packed data ends early: {length} could be unpacked.")
    } else {
        format!("The packed data is damaged: {length} could be unpacked ({error}).")
    }
}
