//! Holds a `.pyc` file against a source, or each pair of lines "PYC\tSOURCE" of standard input.

use pycxray::Pyc;
use pycxray_compare::verify::verify;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let pairs: Vec<(String, String)> = match &words[..] {
        [pyc, source] => vec![(pyc.clone(), source.clone())],
        _ => std::io::stdin()
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.split_once('\t').map(|(pyc, source)| (pyc.to_owned(), source.to_owned())))
            .collect(),
    };
    for (pyc, source) in pairs {
        let said = verify(&Pyc::parse(std::fs::read(&pyc)?), &std::fs::read(&source)?);
        println!("{pyc}: {}", said.verdict().word());
        for evidence in said.evidence.iter().take(5) {
            println!("    {:#x} line {:?}: {}", evidence.span.start, evidence.line, evidence.message);
        }
        for reason in &said.reasons {
            println!("    {reason}");
        }
    }
    Ok(())
}
