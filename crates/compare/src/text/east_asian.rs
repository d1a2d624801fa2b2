//! Encodings with two bytes and more for a character. Their tables weigh some 125 kB compressed, so that not everyone has them.

use encoding_rs::{EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};

/// An encoding of East Asia, as Python has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct EastAsian {
    /// The standard of the web that comes closest.
    nearest: &'static encoding_rs::Encoding,
    /// What that makes of the bytes of some characters, and what Python does.
    corrections: &'static [(char, char)],
}

/// By the names that Python has for them: the nearest, held against Python's codecs byte by byte. `big5` is too far from its own.
const KNOWN: [(&[&str], EastAsian); 8] = [
    (&["gbk", "936", "cp936", "ms936"], EastAsian { nearest: GBK, corrections: &[] }),
    (
        &["gb2312", "chinese", "csiso58gb231280", "euc_cn", "euccn", "eucgb2312_cn", "gb2312_1980", "gb2312_80"],
        EastAsian { nearest: GBK, corrections: &[('·', '・'), ('—', '―')] },
    ),
    (&["gb18030", "gb18030_2000"], EastAsian { nearest: GB18030, corrections: &[] }),
    (
        &["euc_kr", "euckr", "korean", "ks_c_5601", "ks_c_5601_1987", "ks_x_1001", "ksc5601", "ksx1001"],
        EastAsian { nearest: EUC_KR, corrections: &[] },
    ),
    (&["cp949", "949", "ms949", "uhc"], EastAsian { nearest: EUC_KR, corrections: &[] }),
    (&["euc_jp", "eucjp", "u_jis", "ujis"], EastAsian { nearest: EUC_JP, corrections: &JIS }),
    (&["shift_jis", "csshiftjis", "s_jis", "shiftjis", "sjis"], EastAsian { nearest: SHIFT_JIS, corrections: &JIS }),
    (
        &["cp932", "932", "ms932", "ms_kanji", "mskanji", "windows_31j"],
        EastAsian { nearest: SHIFT_JIS, corrections: &[] },
    ),
];

/// What the web reads as Microsoft does, and Python as the standard says.
const JIS: [(char, char); 6] = [('～', '〜'), ('∥', '‖'), ('－', '−'), ('￠', '¢'), ('￡', '£'), ('￢', '¬')];

impl EastAsian {
    /// The one of a name, which is normalized.
    pub(super) fn named(name: &str) -> Option<Self> {
        KNOWN.iter().find(|(names, _)| names.contains(&name)).map(|(_, found)| *found)
    }

    /// The text of bytes, or the offset of the first that is none of it.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        let mut text = String::new();
        let mut decoder = self.nearest.new_decoder_without_bom_handling();
        let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).ok_or(0_usize)?;
        text.reserve(most);
        match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
            (encoding_rs::DecoderResult::InputEmpty, _) => {}
            (_, read) => return Err(read.saturating_sub(1)),
        }
        let corrected = |letter| self.corrections.iter().find(|(theirs, _)| *theirs == letter);
        Ok(match self.corrections {
            [] => text,
            _ => text.chars().map(|letter| corrected(letter).map_or(letter, |(_, python)| *python)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::EastAsian;

    #[test]
    fn bytes_are_read_as_python_reads_them() {
        for (name, bytes, text) in [
            ("gbk", &b"\xc4\xe3\xba\xc3\xa1\xa4"[..], "你好·"),
            ("gb2312", b"\xc4\xe3\xba\xc3\xa1\xa4", "你好・"),
            ("euc_kr", b"\xbe\xc8\xb3\xe7", "안녕"),
            ("shift_jis", b"\x93\xfa\x96{\x81`", "日本〜"),
            ("cp932", b"\x93\xfa\x96{\x81`", "日本～"),
            ("euc_jp", b"\xc6\xfc\xcb\xdc", "日本"),
        ] {
            assert_eq!(EastAsian::named(name).map(|found| found.decode(bytes)), Some(Ok(text.into())), "{name}");
        }
        assert_eq!(EastAsian::named("gbk").map(|found| found.decode(b"ab\xff")), Some(Err(2)));
        assert!(EastAsian::named("big5").is_none());
    }
}
