//! Chromium or Chrome, and the driver that lets tests use it.

use super::{Tools, apt};
use crate::failure::{Failure, Result};
use crate::process::{Run, find_program};
use crate::report;
use std::path::PathBuf;

/// A browser and its driver.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const PROGRAMS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where browsers are that are not on PATH.
const ELSEWHERE: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// Finds both, or installs Debian's.
pub(super) fn set_up(tools: &mut Tools) -> Result<Browser> {
    let browser = match find() {
        Some(browser) => browser,
        None => {
            if apt::may_install() {
                apt::install("browser", "no browser with a driver was found", &["chromium", "chromium-driver"])?;
            }
            find().ok_or_else(|| {
                Failure::new(
                    "no browser with its driver was found. Install Chromium or Chrome, and chromedriver of the same \
                     version, so that both are on PATH; on Debian: `apt-get install chromium chromium-driver` as root",
                )
            })?
        }
    };
    let version = Run::new(&browser.driver).arg("--version").quiet().unwrap_or_default();
    let version = version.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    report::found("browser", format_args!("{}, {version}", browser.program.display()));
    // wasm-pack looks for the driver on PATH alone.
    if find_program("chromedriver", &[]).is_none()
        && let Some(folder) = browser.driver.parent()
    {
        tools.add_folder(folder.to_path_buf());
    }
    Ok(browser)
}

fn find() -> Option<Browser> {
    let mut programs = PROGRAMS.iter().filter_map(|name| find_program(name, &[]));
    let program = programs.next().or_else(|| ELSEWHERE.iter().map(PathBuf::from).find(|path| path.is_file()))?;
    // Some build machines keep the driver in a folder that they name in a variable.
    let named = std::env::var_os("CHROMEWEBDRIVER").map(PathBuf::from);
    let driver = find_program("chromedriver", named.as_slice())?;
    Some(Browser { program, driver })
}
