//! The browsers that tests use, each with its WebDriver.

use super::cargo_tool::GECKODRIVER;
use super::debian::apt;
use crate::cache::Cache;
use crate::process::{Run, find_program};
use crate::report;
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::ffi::OsString;
use std::path::PathBuf;

const GECKODRIVER_VERSION: &str = "0.37.1";

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BrowserName {
    Chromium,
    Firefox,
    Webkit,
}

/// A browser and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) name: BrowserName,
    /// `None` where the driver knows it.
    pub(crate) program: Option<PathBuf>,
    pub(crate) driver: PathBuf,
}

/// Where Chrome is that is not on PATH.
const ELSEWHERE: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

impl BrowserName {
    /// What it is called among people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKitGTK",
        }
    }

    /// Its word on the command line, and for the tests.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// What Debian's packages are called that have it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            // Its driver is built by cargo.
            Self::Firefox => &["firefox-esr"],
            // It draws on a screen that nobody sees.
            Self::Webkit => &["webkit2gtk-driver", "xvfb", "xauth"],
        }
    }

    /// Finds it with its driver, or installs what is missing.
    pub(super) fn set_up(self, cache: &Cache) -> Result<Browser> {
        let is_there = match self {
            Self::Chromium => chrome().is_some(),
            Self::Firefox => firefox().is_some(),
            Self::Webkit => webkit_driver().is_some() && find_program("xvfb-run", &[]).is_some(),
        };
        if !is_there && apt::may_install() {
            apt::install(self.title(), "it was not found with its driver", self.packages())?;
        }
        let missing = || {
            let packages = self.packages().join(" ");
            format!("{} was not found with its driver on PATH; on Debian: `apt-get install {packages}`", self.title())
        };
        let (program, driver) = match self {
            Self::Chromium => chrome().map(|(program, driver)| (Some(program), driver)).with_context(missing)?,
            Self::Firefox => (Some(firefox().with_context(missing)?), geckodriver(cache)?),
            Self::Webkit => (None, webkit_driver().with_context(missing)?),
        };
        // A driver that knows its browser does not tell the version.
        let says = program.as_ref().map(|program| Run::new(program).arg("--version").quiet().unwrap_or_default());
        let version = says.as_deref().and_then(|says| says.lines().next());
        let version = version.map_or_else(String::new, |version| format!("{version}, "));
        report::found(self.title(), format_args!("{version}driven by {}", driver.display()));
        Ok(Browser { name: self, program, driver })
    }
}

impl Browser {
    /// What tells the end-to-end tests where it is.
    pub(crate) fn env(&self) -> Vec<(&'static str, OsString)> {
        let mut env =
            vec![("PYCXRAY_BROWSER", self.name.word().into()), ("PYCXRAY_DRIVER", self.driver.clone().into())];
        env.extend(self.program.iter().map(|program| ("PYCXRAY_BROWSER_PROGRAM", program.clone().into())));
        env
    }
}

fn chrome() -> Option<(PathBuf, PathBuf)> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let mut programs = names.iter().filter_map(|name| find_program(name, &[]));
    let program = programs.next().or_else(|| ELSEWHERE.iter().map(PathBuf::from).find(|path| path.is_file()))?;
    // Some build machines keep the driver in a folder that they name in a variable.
    let named = std::env::var_os("CHROMEWEBDRIVER").map(PathBuf::from);
    Some((program, find_program("chromedriver", named.as_slice())?))
}

fn firefox() -> Option<PathBuf> {
    let app = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
    let found = ["firefox", "firefox-esr"].iter().find_map(|name| find_program(name, &[]));
    found.or_else(|| app.is_file().then_some(app))
}

/// Any version does; where there is none, cargo builds it.
fn geckodriver(cache: &Cache) -> Result<PathBuf> {
    let named = std::env::var_os("GECKOWEBDRIVER").map(PathBuf::from);
    if let Some(driver) = find_program("geckodriver", named.as_slice()) {
        return Ok(driver);
    }
    let folder = GECKODRIVER.set_up(cache, GECKODRIVER_VERSION)?;
    find_program("geckodriver", folder.as_slice()).context("geckodriver was not installed")
}

fn webkit_driver() -> Option<PathBuf> {
    find_program("WebKitWebDriver", &[])
}
