//! Characters that look like others, or like nothing.

/// Whether it changes the direction of the text around it, without being seen.
pub(super) const fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it is a letter of a script that is written from right to left.
pub(super) const fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// Whether it is a letter of another script that can hardly be told from a Latin one. Tight look-alikes alone: what merely
/// resembles a Latin letter is in use for its own sake, in names such as `Δx`.
pub(super) const fn looks_latin(c: char) -> bool {
    matches!(
        c,
        // Cyrillic
        'а' | 'с' | 'ԁ' | 'е' | 'һ' | 'і' | 'ј' | 'ӏ' | 'о' | 'р' | 'ԛ' | 'ѕ' | 'ԝ' | 'х' | 'у' | 'ү'
        | 'А' | 'В' | 'С' | 'Е' | 'Н' | 'І' | 'Ј' | 'К' | 'М' | 'О' | 'Р' | 'Ѕ' | 'Т' | 'Х' | 'У' | 'Ү' | 'Ԛ' | 'Ԝ'
        // Greek
        | 'ο' | 'ν' | 'ϳ' | 'Α' | 'Β' | 'Ε' | 'Ζ' | 'Η' | 'Ι' | 'Κ' | 'Μ' | 'Ν' | 'Ο' | 'Ρ' | 'Τ' | 'Υ' | 'Χ' | 'Ϳ'
        // Armenian
        | 'օ' | 'ո' | 'ս' | 'հ' | 'ց' | 'զ' | 'Օ' | 'Տ' | 'Լ' | 'Ս'
        // Cherokee
        | 'Ꭺ' | 'Ᏼ' | 'Ꮯ' | 'Ꭰ' | 'Ꭼ' | 'Ꮐ' | 'Ꮋ' | 'Ꭻ' | 'Ꮶ' | 'Ꮮ' | 'Ꮇ' | 'Ꮲ' | 'Ꮪ' | 'Ꭲ' | 'Ꮩ' | 'Ꮃ' | 'Ꮓ'
        // Lisu
        | '\u{a4d0}'..='\u{a4f7}'
    )
}

/// Whether it is a letter of the Latin script.
pub(super) const fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether it marks the character before it: such marks are part of identifiers, though they are no letters.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{711}' | '\u{730}'..='\u{74a}' | '\u{7a6}'..='\u{7b0}'
        | '\u{7eb}'..='\u{7f3}' | '\u{816}'..='\u{82d}' | '\u{859}'..='\u{85b}' | '\u{898}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{951}'..='\u{957}' | '\u{962}'..='\u{963}' | '\u{981}'..='\u{983}'
        | '\u{9bc}'..='\u{9cd}' | '\u{9fe}' | '\u{a01}'..='\u{a03}' | '\u{a3c}'..='\u{a51}' | '\u{a70}'..='\u{a83}'
        | '\u{abc}'..='\u{acd}' | '\u{b01}'..='\u{b03}' | '\u{b3c}'..='\u{b57}' | '\u{b82}' | '\u{bbe}'..='\u{bd7}'
        | '\u{c00}'..='\u{c04}' | '\u{c3c}'..='\u{c56}' | '\u{c81}'..='\u{c83}' | '\u{cbc}'..='\u{cd6}'
        | '\u{d00}'..='\u{d03}' | '\u{d3b}'..='\u{d57}' | '\u{d81}'..='\u{d83}' | '\u{dca}'..='\u{df3}'
        | '\u{e31}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{f18}'..='\u{f39}' | '\u{f3e}'..='\u{f3f}' | '\u{f71}'..='\u{fbc}' | '\u{102b}'..='\u{103e}'
        | '\u{1056}'..='\u{1074}' | '\u{1082}'..='\u{109d}' | '\u{135d}'..='\u{135f}' | '\u{1712}'..='\u{1773}'
        | '\u{17b6}'..='\u{17dd}' | '\u{1920}'..='\u{193b}' | '\u{1a17}'..='\u{1ace}' | '\u{1b00}'..='\u{1b73}'
        | '\u{1b80}'..='\u{1bf3}' | '\u{1c24}'..='\u{1c37}' | '\u{1cd0}'..='\u{1cf9}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{203f}'..='\u{2040}' | '\u{2054}' | '\u{20d0}'..='\u{20f0}' | '\u{2cef}'..='\u{2cf1}' | '\u{2de0}'..='\u{2dff}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}'..='\u{309a}' | '\u{a66f}'..='\u{a6f1}' | '\u{a802}'..='\u{a82c}'
        | '\u{a880}'..='\u{a8f1}' | '\u{a926}'..='\u{a953}' | '\u{a980}'..='\u{aaef}' | '\u{aaf5}'..='\u{abed}'
        | '\u{fb1e}' | '\u{fe20}'..='\u{fe2f}' | '\u{10000}'..='\u{e01ef}')
}

/// Whether the compiler would have written another character in its place: identifiers are normalized to NFKC (PEP 3131),
/// so no full-width, mathematical, circled or ligature letter stands in a name.
pub(super) const fn is_never_normalized(c: char) -> bool {
    matches!(c,
        '\u{aa}' | '\u{ba}' | '\u{132}'..='\u{133}' | '\u{149}' | '\u{17f}' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}'
        | '\u{2b0}'..='\u{2b8}' | '\u{2e0}'..='\u{2e4}' | '\u{1d2c}'..='\u{1d2e}' | '\u{1d43}'..='\u{1d6a}'
        | '\u{2070}'..='\u{209c}' | '\u{2100}'..='\u{2113}' | '\u{2115}'..='\u{2117}' | '\u{2119}'..='\u{211d}'
        | '\u{2124}' | '\u{2128}' | '\u{212a}'..='\u{212d}' | '\u{212f}'..='\u{2131}' | '\u{2133}'..='\u{2139}'
        | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff10}'..='\u{ff19}'
        | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f1ff}')
}
