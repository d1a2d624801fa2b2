//! Tens of thousands of damaged files from fixed seeds: the fixtures of every version, with bytes changed, cut out, put in,
//! swapped and cut off. Whatever comes of it, decoding holds what it promises.

mod exercise;
mod fixtures;
mod misplace;

use fixtures::Fixture;
use misplace::Random;
use pycxray::{Limits, Pyc, schema};

/// Rounds over all fixtures.
const ROUNDS: u64 = 70;
/// Larger fixtures are left out: they cost much and hold nothing that smaller ones do not.
const LARGEST: usize = 12_000;

/// Bytes that mean much where they stand: type codes, lengths, jumps, prefixes.
const TELLING: &[u8] = b"\x00\x01\x02\x7f\x80\xff\x90\x91\xf8c\xe3(\xa8)\xa9[{<>:}rRsztualigyfxNTF0.\x64\x71\x72\x7a";

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(10) {
            0..4 if !bytes.is_empty() => bytes[at] = random.next() as u8,
            4 | 5 if !bytes.is_empty() => bytes[at] = TELLING[random.below(TELLING.len())],
            6 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            7 => {
                let end = (at + random.below(12)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            8 => {
                let from = random.below(bytes.len());
                let run = bytes[from..(from + random.below(40)).min(bytes.len())].to_vec();
                bytes.splice(at..at, run);
            }
            _ if random.below(3) == 0 => bytes.truncate(at),
            _ => {
                let length = [0_u32, 1, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX][random.below(6)].to_le_bytes();
                bytes.splice(at..(at + 4).min(bytes.len()), length);
            }
        }
    }
}

#[test]
fn of_the_fixtures_of_every_version() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut inputs, mut damaged, mut found) = (0, 0, 0);
    for Fixture { name, bytes: original } in
        fixtures::all().into_iter().filter(|fixture| fixture.bytes.len() <= LARGEST)
    {
        for round in 0..ROUNDS {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut random);
            let shown = std::panic::catch_unwind(|| {
                let pyc = Pyc::parse(bytes.as_slice());
                // All of it is dear: the leaves are tried in every round, the rest in turns.
                exercise::tiling(&pyc);
                match round % 5 {
                    0 => exercise::nesting(&pyc),
                    1 => exercise::inspection(&pyc),
                    2 => exercise::operands(&pyc),
                    3 => {
                        exercise::exports(&pyc);
                        let json = schema::to_json(&pyc, None, Limits::default());
                        // Bytes that are no text are lone surrogates, as Python has them; this parser takes none.
                        let json = json.replace("\\ud", "\\u0");
                        serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
                    }
                    _ => {
                        exercise::values(&pyc);
                        exercise::codes(&pyc);
                    }
                }
                let inspection = pyc.inspect(None);
                (!pyc.diagnostics().is_empty() || !inspection.diagnostics.is_empty(), !inspection.findings.is_empty())
            });
            let Ok((is_damaged, has_findings)) = shown else { panic!("{name}, round {round}: {bytes:02x?}") };
            inputs += 1;
            damaged += u32::from(is_damaged);
            found += u32::from(has_findings);
        }
    }
    println!("{inputs} inputs, {damaged} of them with damage, {found} with findings");
    assert!(inputs > 10_000, "{inputs}");
    assert!(damaged > inputs / 3 && found > inputs / 10, "mutations do something: {damaged}, {found} of {inputs}");
}

#[test]
fn of_nothing_but_noise() {
    let mut random = Random(0x0123_4567_89ab_cdef);
    let magics: Vec<[u8; 4]> = pycxray::magic::all().map(pycxray::magic::Magic::bytes).collect();
    for round in 0..10_000 {
        let mut bytes: Vec<u8> = (0..random.below(200)).map(|_| random.next() as u8).collect();
        if round % 2 == 0 {
            bytes.splice(0..0, [0; 12]);
            bytes.splice(0..0, magics[random.below(magics.len())]);
        }
        if round % 4 < 2 {
            bytes
                .iter_mut()
                .skip(16)
                .filter(|byte| **byte < 0x60)
                .for_each(|byte| *byte = TELLING[usize::from(*byte) % TELLING.len()]);
        }
        let shown = std::panic::catch_unwind(|| {
            exercise::decoding(&bytes);
            let pyc = Pyc::parse(bytes.as_slice());
            exercise::inspection(&pyc);
            exercise::operands(&pyc);
            exercise::exports(&pyc);
        });
        assert!(shown.is_ok(), "round {round}: {bytes:02x?}");
    }
}
