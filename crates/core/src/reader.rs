//! The only place that touches raw bytes: a position in the file that never runs past its end.

use crate::Span;

/// Reads little-endian numbers and runs of bytes; `None` where the file ends before them, and then nothing is consumed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    /// A reader of `bytes` that stands at `position`. Files are below 4 GiB: the caller has cut them to that.
    pub(crate) fn new(bytes: &'a [u8], position: u32) -> Self {
        Self { bytes, position: (position as usize).min(bytes.len()) }
    }

    /// A reader of the same bytes at another position.
    pub(crate) fn at(self, position: u32) -> Self {
        Self::new(self.bytes, position)
    }

    /// A reader of other bytes at the same position, which may lie behind them: then there is nothing to read.
    pub(crate) fn on<'b>(self, bytes: &'b [u8]) -> Reader<'b> {
        Reader { bytes, position: self.position }
    }

    /// Offset of the next byte.
    #[inline]
    pub(crate) fn position(&self) -> u32 {
        self.position as u32
    }

    /// How many bytes are left.
    #[inline]
    pub(crate) fn remaining(&self) -> u32 {
        self.bytes.len().saturating_sub(self.position) as u32
    }

    /// What is left, as a span.
    pub(crate) fn rest(&self) -> Span {
        Span::new(self.position(), self.bytes.len() as u32)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = self.bytes.get(self.position..)?.first_chunk::<N>()?;
        self.position += N;
        Some(*bytes)
    }

    #[inline]
    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    #[inline]
    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    #[inline]
    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    #[inline]
    pub(crate) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_le_bytes)
    }

    /// The next byte, a type code, and the four behind it as a number, which may be a length; and how many bytes are left.
    /// Zeros stand in for bytes behind the end; `None` where there is nothing at all. Reads nothing.
    ///
    /// In the page, which is compiled for size, it would be a call for each object of the file.
    #[inline(always)]
    pub(crate) fn head(&self) -> Option<(u8, u32, usize)> {
        let rest = self.bytes.get(self.position..)?;
        let (&code, behind) = rest.split_first()?;
        let number = behind.first_chunk().map_or_else(|| padded(behind), |number| u32::from_le_bytes(*number));
        Some((code, number, rest.len()))
    }

    /// Steps over bytes that are known to be there.
    #[inline]
    pub(crate) fn skip(&mut self, size: usize) {
        debug_assert!(size as u64 <= self.remaining().into());
        self.position += size;
    }

    #[inline]
    pub(crate) fn take(&mut self, length: u32) -> Option<&'a [u8]> {
        let end = self.position.checked_add(length as usize)?;
        let taken = self.bytes.get(self.position..end)?;
        self.position = end;
        Some(taken)
    }
}

#[cold]
fn padded(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
