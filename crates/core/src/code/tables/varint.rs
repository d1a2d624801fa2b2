//! Numbers of 6 bits a byte, of which bit 6 says that more follow (PEP 657; `Objects/exception_handling_notes.txt`, CPython 3.11).

/// Bit 7 marks the first byte of an entry.
pub(super) const ENTRY_START: u8 = 0x80;
/// Bit 6: another byte of the same number follows.
pub(super) const MORE: u8 = 0x40;
/// The others: of the number.
pub(super) const BITS: u8 = 0x3f;

/// The bytes of one entry that are still to be read.
pub(super) struct Varints<'t> {
    pub(super) rest: &'t [u8],
    /// A number ended early, or was greater than 32 bits.
    pub(super) broken: bool,
}

impl Varints<'_> {
    /// One byte as it is.
    pub(super) fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&byte, rest)) => {
                self.rest = rest;
                byte
            }
            None => {
                self.broken = true;
                0
            }
        }
    }

    /// A number with its lowest bits first, as in the location table.
    pub(super) fn low_first(&mut self) -> u32 {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte();
            value |= u64::from(byte & BITS) << shift;
            if byte & MORE == 0 {
                return self.fitting(value);
            }
            shift += 6;
            if shift > 36 {
                self.broken = true;
                return self.fitting(value);
            }
        }
    }

    /// A number with its sign in the lowest bit, as in the location table.
    pub(super) fn signed(&mut self) -> i32 {
        let value = self.low_first();
        let magnitude = (value >> 1) as i32;
        if value & 1 == 0 { magnitude } else { -magnitude }
    }

    /// A number with its highest bits first, as in the exception table.
    pub(super) fn high_first(&mut self) -> u32 {
        let mut value = 0_u64;
        loop {
            let byte = self.byte();
            value = value << 6 | u64::from(byte & BITS);
            if byte & MORE == 0 {
                return self.fitting(value);
            }
            if value > u64::from(u32::MAX) {
                self.broken = true;
                return u32::MAX;
            }
        }
    }

    fn fitting(&mut self, value: u64) -> u32 {
        u32::try_from(value).unwrap_or_else(|_| {
            self.broken = true;
            u32::MAX
        })
    }
}

/// How long the entry is that begins at `at`: up to the next byte marked as the first of one.
pub(super) fn entry_size(table: &[u8], at: usize) -> usize {
    let behind = table.get(at + 1..).unwrap_or(&[]);
    1 + behind.iter().position(|byte| byte & ENTRY_START != 0).unwrap_or(behind.len())
}
