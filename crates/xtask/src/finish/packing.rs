//! Packing the program with LZMA, which web/static/unpack.js undoes: a fifth less than gzip makes of it, which is all that
//! many servers do.

use crate::failure::{Doing, Result};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use std::io::Write;

/// `content` in the format .lzma.
pub(super) fn packed(content: &[u8]) -> Result<Vec<u8>> {
    let size = content.len();
    let options = LzmaOptions {
        dict_size: u32::try_from(size.next_power_of_two()).unwrap_or(u32::MAX).max(1 << 16),
        // What byte comes next depends on the one before, and not on where it stands: instructions have any length.
        lc: 4,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: LzmaOptions::NICE_LEN_MAX,
        mf: MfType::Bt4,
        depth_limit: 1000,
        preset_dict: None,
    };
    let packer = LzmaWriter::new_use_header(Vec::new(), &options, Some(size as u64));
    let packed = packer.and_then(|mut packer| packer.write_all(content).and_then(|()| packer.finish()));
    packed.doing("pack the program")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lzma_rust2::LzmaReader;
    use std::io::Read;

    #[test]
    fn what_was_packed_comes_back() {
        for content in [&b""[..], b"a", &b"pycxray, ".repeat(50_000)] {
            let packed = packed(content).unwrap();
            let mut whole = Vec::new();
            LzmaReader::new_mem_limit(&packed[..], u32::MAX, None).unwrap().read_to_end(&mut whole).unwrap();
            assert!(whole == content, "{} bytes", content.len());
        }
    }
}
