//! The browsers that the tests can use, and what each must be told.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A browser's engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, by WebKitWebDriver.
    Webkit,
}

/// What Chromium must know to be used by nobody but the test, and by the machine's administrator, as in containers.
const CHROMIUM_FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
];

impl Engine {
    /// The one that `PYCXRAY_BROWSER` names, or Chromium.
    ///
    /// # Panics
    /// When it names none.
    pub fn chosen() -> Self {
        match std::env::var("PYCXRAY_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::Webkit,
            Ok(other) => panic!("PYCXRAY_BROWSER is chromium, firefox or webkit, not {other}"),
        }
    }

    /// Whether its driver tells of the console and of requests, and takes commands of the DevTools protocol. Only
    /// chromedriver does.
    pub fn has_devtools(self) -> bool {
        self == Self::Chromium
    }

    /// Its driver: what `PYCXRAY_DRIVER` names, or what it is called on PATH.
    pub(crate) fn driver(self) -> PathBuf {
        crate::place::named("PYCXRAY_DRIVER").unwrap_or_else(|| {
            PathBuf::from(match self {
                Self::Chromium => "chromedriver",
                Self::Firefox => "geckodriver",
                Self::Webkit => "WebKitWebDriver",
            })
        })
    }

    /// What its driver is told to listen at `port`.
    pub(crate) fn driver_options(self, port: u16) -> Vec<String> {
        let mut options = vec![format!("--port={port}")];
        if self == Self::Firefox {
            // Two drivers at a time would want the same.
            options.push("--websocket-port=0".to_owned());
        }
        options
    }

    /// What a session is to be like: a window of this size, a profile in this folder.
    pub(crate) fn capabilities(self, window: (u32, u32), profile: &Path) -> Value {
        let (width, height) = window;
        let mut wanted = json!({ "timeouts": { "script": 30_000, "pageLoad": 60_000 } });
        let program = crate::place::named("PYCXRAY_BROWSER_PROGRAM");
        let (name, mut options) = match self {
            Self::Chromium => {
                let mut flags: Vec<String> = CHROMIUM_FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
                flags.push(format!("--window-size={width},{height}"));
                flags.push(format!("--user-data-dir={}", profile.display()));
                wanted["browserName"] = json!("chrome");
                wanted["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
                ("goog:chromeOptions", json!({ "args": flags }))
            }
            // It makes a profile of its own.
            Self::Firefox => {
                wanted["browserName"] = json!("firefox");
                let size = [format!("--width={width}"), format!("--height={height}")];
                ("moz:firefoxOptions", json!({ "args": ["-headless", size[0], size[1]] }))
            }
            Self::Webkit => return json!({ "capabilities": { "alwaysMatch": wanted } }),
        };
        if let Some(program) = program {
            options["binary"] = json!(program);
        }
        wanted[name] = options;
        json!({ "capabilities": { "alwaysMatch": wanted } })
    }
}
