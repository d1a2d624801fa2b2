//! How fast the built page is in a real browser. All times are the browser's own performance marks. Variables of the
//! environment say what it is held against: `PYCXRAY_PYODIDE`, a folder with Pyodide; `PYCXRAY_PEER`, one with another build of
//! the page.

mod files;
mod first_use;
mod frames;
mod loading;
mod pyodide;

use files::Corpus;
use pycxray_tests::place;
use std::path::PathBuf;

/// How often each is measured; the best of them counts, since whatever else the machine does can only make it slower.
const ROUNDS: usize = 12;

/// The same for decoding: that long it takes until the browser has compiled all of a program as well as it can.
const DECODING_ROUNDS: usize = 40;

/// What a frame leaves to a page at 60 of them in a second, in milliseconds.
const FRAME: f64 = 16.0;

fn main() {
    let given = Corpus::find();
    let peer = pyodide::folder().map(|folder| pyodide::measure(&folder));
    let (by, corpus) = match &peer {
        Some(peer) => (peer.python.as_str(), &peer.corpus),
        None => (given.from, &given.sample),
    };
    let ours = loading::decode(corpus);
    let bytes = corpus.iter().map(|file| file.bytes().len()).sum::<usize>() as f64;
    println!("\ndecoding {} files of {by}, {:.1} MB", corpus.len(), bytes / 1e6);
    let rate = |milliseconds: f64| format!("{:.1} MB/s", bytes / milliseconds / 1e3);
    match &peer {
        Some(peer) => {
            row("decode", &rate(ours), &times(peer.loads / ours), &format!("marshal.loads {}", rate(peer.loads)))
        }
        None => row("decode", &rate(ours), "", "give --pyodide for a comparison"),
    }

    let large = &given.large;
    println!("\n{}, {:.0} kB", large.name(), large.bytes().len() as f64 / 1e3);
    let opened = loading::open(large);
    row("from drop to tree", &format!("{:.1} ms", opened.milliseconds), "", &format!("{} frames", opened.frames));
    for (pane, times) in frames::scroll(large) {
        let over = times.iter().filter(|&&time| time > FRAME).count();
        let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
        let beside = format!("{worst:.1} ms at most; {over} of {} frames over {FRAME} ms", times.len());
        row(&format!("scrolling the {pane}"), &format!("{middle:.1} ms"), "", &beside);
    }

    let held = frames::hold(large);
    let (middle, worst) = (held.times[held.times.len() / 2], held.times[held.times.len() - 1]);
    let beside = format!("{worst:.1} ms at most; {} frames blank", held.blank);
    row("a held key in the tree", &format!("{middle:.1} ms"), "", &beside);
    let beside = format!("{} of {} frames blank", held.blank_scrolling, frames::FRAMES);
    row("a wheel in the tree", "", "", &beside);

    println!();
    let peer = std::env::var_os("PYCXRAY_PEER").map(PathBuf::from);
    for way in first_use::WAYS {
        let ours = first_use::measure(&place::dist(), way);
        let peer = peer.as_deref().map(|peer| first_use::measure(peer, way));
        let ratio = peer.map_or_else(String::new, |peer| times(ours / peer));
        let beside = peer.map_or_else(String::new, |peer| format!("the other build {peer:.0} ms"));
        row(way.name, &format!("{ours:.0} ms"), &ratio, &beside);
    }

    let huge = loading::huge(large);
    println!("\n{:.0} MB of the same code objects", huge.bytes / 1e6);
    row("reading", &format!("{:.0} ms", huge.reading), "", "");
    let beside = format!("as long as reading; no task over {:.0} ms", huge.longest);
    row("from drop to tree", &format!("{:.0} ms", huge.opening), &times(huge.opening / huge.reading), &beside);
}

fn times(ratio: f64) -> String {
    format!("{ratio:.1}x")
}

fn row(what: &str, ours: &str, ratio: &str, beside: &str) {
    println!("{}", format!("{what:24} {ours:>16}   {ratio:>8}   {beside}").trim_end());
}
