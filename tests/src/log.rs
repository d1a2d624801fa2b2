//! What the browser has noticed: messages on its console, requests, and what the page's policy forbade. Only Chromium's driver
//! tells; of the others nothing is known.

use crate::browser::Browser;
use crate::wire::Method;
use serde_json::{Value, json};

/// Everything noticed so far. The browser forgets what it has told, so it is kept here.
#[derive(Debug, Default)]
pub(crate) struct Log {
    messages: Vec<Message>,
    requests: Vec<String>,
}

/// A line of the browser's console.
#[derive(Clone, Debug)]
pub struct Message {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Who says it: `javascript`, `console-api`, `network`, `security` and others.
    pub source: String,
    /// Where, and what.
    pub text: String,
}

impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}): {}", self.level, self.source, self.text)
    }
}

impl Browser {
    /// The console since the browser was started.
    #[track_caller]
    pub fn messages(&self) -> Vec<Message> {
        let fresh = self.read_log("browser");
        let word = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let fresh = fresh.iter().map(|entry| Message {
            level: word(entry, "level"),
            source: word(entry, "source"),
            text: word(entry, "message"),
        });
        let log = &mut self.log.borrow_mut().messages;
        log.extend(fresh);
        log.clone()
    }

    /// The errors on the console since the browser was started. What the Content-Security-Policy forbids is among them.
    #[track_caller]
    pub fn errors(&self) -> Vec<Message> {
        self.messages().into_iter().filter(|message| message.level == "SEVERE").collect()
    }

    /// The addresses that were asked for since the browser was started, in their order.
    #[track_caller]
    pub fn requests(&self) -> Vec<String> {
        let fresh = self.read_log("performance");
        let fresh = fresh.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            // The browser's own first page asks for files, too: chrome://…, chrome-untrusted://….
            let is_its_own = event["params"]["documentURL"].as_str()?.starts_with("chrome");
            if is_its_own || event["method"] != "Network.requestWillBeSent" {
                return None;
            }
            Some(event["params"]["request"]["url"].as_str()?.to_owned())
        });
        let log = &mut self.log.borrow_mut().requests;
        log.extend(fresh);
        log.clone()
    }

    #[track_caller]
    fn read_log(&self, kind: &str) -> Vec<Value> {
        if !self.engine().has_devtools() {
            return Vec::new();
        }
        let entries = self.command(Method::Post, "/se/log", &json!({ "type": kind }));
        entries.as_array().cloned().unwrap_or_default()
    }
}
