//! The payload of Nuitka's one-file programs.

use std::ops::Range;

/// Where the payload lies: behind the loader, from `KA` and a letter for its compression, up to the 8 bytes that say where it
/// begins (Nuitka, `OnefileBootstrap.c` from 0.6.16 on: as an offset, or as a size).
pub(crate) fn payload(bytes: &[u8]) -> Option<Range<usize>> {
    let (front, last) = bytes.split_last_chunk::<8>()?;
    let said = usize::try_from(u64::from_le_bytes(*last)).ok()?;
    let starts = [Some(said), front.len().checked_sub(said)];
    let start = starts.into_iter().flatten().find(|&start| is_payload(front.get(start..).unwrap_or_default()))?;
    Some(start..front.len())
}

fn is_payload(bytes: &[u8]) -> bool {
    matches!(bytes, [b'K', b'A', b'Y', 0x28, 0xb5, 0x2f, 0xfd, ..] | [b'K', b'A', b'X', _, ..])
}
