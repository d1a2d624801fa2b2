//! Which characters `repr` shows as they are: what `str.isprintable` says, which depends on the Unicode a Python knows.

mod table;

use crate::version::Version;
use table::{RELEASES, SINCE};

/// Which release of Unicode a Python has, by its position among all that Pythons had.
pub(super) fn unicode_release(version: Version) -> u8 {
    let known = RELEASES.iter().take_while(|(_, (major, minor))| Version::new(*major, *minor) <= version).count();
    known.saturating_sub(1) as u8
}

/// The newest of them.
pub(super) const fn newest_release() -> u8 {
    RELEASES.len() as u8 - 1
}

/// Whether the `repr` of a Python with this release of Unicode shows the character as it is.
pub(super) fn is_printable(character: u32, release: u8) -> bool {
    let behind = SINCE.partition_point(|&(start, _)| start <= character);
    behind.checked_sub(1).is_some_and(|position| SINCE[position].1 <= release)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ascends() {
        assert!(SINCE.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1));
        assert!(RELEASES.windows(2).all(|pair| pair[0].1 < pair[1].1));
    }

    #[test]
    fn a_snake_is_printable_since_python_3_2() {
        let snake = u32::from('🐍');
        assert!(!is_printable(snake, unicode_release(Version::new(3, 1))));
        assert!(is_printable(snake, unicode_release(Version::new(3, 2))));
    }

    #[test]
    fn spaces_and_controls_are_not_printable() {
        let newest = unicode_release(Version::new(3, 15));
        assert_eq!(newest, newest_release());
        assert!(is_printable(u32::from(' '), newest));
        for hidden in ['\u{7f}', '\u{a0}', '\u{ad}', '\u{200b}', '\u{2028}', '\u{feff}', '\u{e000}', '\u{10ffff}'] {
            assert!(!is_printable(u32::from(hidden), newest), "{hidden:?}");
        }
    }
}
