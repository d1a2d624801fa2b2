//! Bytes written out as text: hex dumps with offsets, lists of numbers.

/// Bytes in a line of a dump, where nothing else says how many.
const LINE: usize = 16;

/// How a dump is laid out.
#[derive(Clone, Copy)]
struct Layout {
    /// Of the offsets: `od` writes them in octal.
    radix: u32,
    /// Whether its groups are little-endian words of two bytes, as `hexdump` and `od -x` write them.
    has_words: bool,
}

/// What a hex dump stands for: each line an offset, bytes in groups, and perhaps the same as characters. `*` stands for lines
/// like the one before, up to the next offset.
pub(super) fn decode(text: &str, limit: usize) -> Option<Vec<u8>> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
    // A line alone has no other to hold its offset against: it may as well be hex digits in groups.
    if let [line] = *lines.as_slice() {
        let is_offset = || offset_digits(line) >= 8 && offset_of(line, 16).is_some_and(|(offset, _)| offset == 0);
        if !line.contains([':', '|']) && !is_offset() {
            return None;
        }
    }
    let has_words = lines.first().is_some_and(|line| are_words(line));
    [16, 8].into_iter().find_map(|radix| decode_as(Layout { radix, has_words }, &lines, limit))
}

/// Whether a line has an offset of seven digits, and groups of four.
fn are_words(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let is_hex = |word: &str, digits: usize| word.len() == digits && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    words.next().is_some_and(|offset| is_hex(offset, 7))
        && words.clone().next().is_some()
        && words.all(|word| is_hex(word, 4))
}

fn decode_as(layout: Layout, lines: &[&str], limit: usize) -> Option<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut first = None;
    let mut repeats = false;
    let mut last_line = 0..0;
    for (index, line) in lines.iter().enumerate() {
        if *line == "*" {
            repeats = true;
            continue;
        }
        let (offset, rest) = offset_of(line, layout.radix)?;
        let offset = offset.checked_sub(*first.get_or_insert(offset))?;
        if repeats && !last_line.is_empty() {
            while bytes.len() < offset.min(limit) {
                bytes.extend_from_within(last_line.clone());
            }
            repeats = false;
        }
        // Half of the last word may be made up.
        if layout.has_words && rest.is_empty() && offset + 1 == bytes.len() {
            bytes.pop();
        }
        if bytes.len() != offset {
            return None;
        }
        let next = lines.get(index + 1).and_then(|next| offset_of(next, layout.radix)).map(|(next, _)| next);
        let width = next.and_then(|next| (next - first.unwrap_or(0).min(next)).checked_sub(offset));
        let start = bytes.len();
        line_bytes(rest, width.filter(|width| !layout.has_words && (1..=256).contains(width)), &mut bytes);
        if layout.has_words {
            bytes[start..].chunks_exact_mut(2).for_each(|word| word.swap(0, 1));
        }
        last_line = start..bytes.len();
    }
    (!bytes.is_empty()).then_some(bytes)
}

fn offset_digits(line: &str) -> usize {
    line.trim_start().bytes().take_while(u8::is_ascii_hexdigit).count()
}

/// The offset in front of a line, and what follows it.
fn offset_of(line: &str, radix: u32) -> Option<(usize, &str)> {
    let line = line.trim_start();
    let line = line.strip_prefix("0x").unwrap_or(line);
    let digits = offset_digits(line);
    let offset = usize::from_str_radix(&line[..digits], radix).ok()?;
    let rest = &line[digits..];
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', ':', 'h']);
    ((4..=16).contains(&digits) && ends).then(|| (offset, rest.trim_start_matches([':', 'h'])))
}

/// The bytes of a line up to its width, or up to where the characters begin: behind `|`, or behind a gap that does not part
/// two halves.
fn line_bytes(rest: &str, width: Option<usize>, bytes: &mut Vec<u8>) {
    let most = width.unwrap_or(LINE);
    let rest = rest.split('|').next().unwrap_or(rest).trim_start();
    let start = bytes.len();
    let mut gap = 0;
    for word in rest.split([' ', '\t']) {
        let count = bytes.len() - start;
        if word.is_empty() {
            gap += 1;
            continue;
        }
        let word = word.strip_prefix("0x").unwrap_or(word);
        let is_hex = word.len() % 2 == 0 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_behind_gap = gap > 0 && width.is_none() && count != LINE / 2;
        if count >= most || !is_hex || (is_behind_gap && count > 0) {
            return;
        }
        gap = 0;
        let pairs = word.as_bytes().chunks_exact(2).take(most - count);
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()));
    }
}

/// What a list of numbers from 0 to 255 stands for: between brackets of any kind, or bare.
pub(super) fn decode_numbers(text: &str) -> Option<Vec<u8>> {
    let inside = match (text.find(['[', '{', '(']), text.rfind([']', '}', ')'])) {
        (Some(start), Some(end)) if start < end => &text[start + 1..end],
        (None, None) => text,
        _ => return None,
    };
    // `unsigned char data[] = {…}`
    let inside = inside.rsplit(['{', '[', '(']).next()?;
    let words = inside.split([',', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
    let number = |word: &str| match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) => u8::from_str_radix(digits, 16).ok(),
        None => word.parse().ok(),
    };
    words.map(number).collect()
}
