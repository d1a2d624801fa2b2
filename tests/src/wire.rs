//! WebDriver's protocol (W3C, <https://www.w3.org/TR/webdriver2/>): JSON over HTTP with a driver on this machine.

use crate::engine::Engine;
use crate::wait::{PATIENCE, until};
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

/// A running driver. It ends when this is dropped.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    address: String,
    agent: ureq::Agent,
}

/// That the browser refused a command, with its own words.
#[derive(Debug)]
pub struct Refusal {
    /// The protocol's name for what was wrong, for instance `stale element reference`.
    pub error: String,
    /// The driver's explanation.
    pub message: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The lines after the first are the driver's own stack.
        write!(f, "{}: {}", self.error, self.message.lines().next().unwrap_or_default())
    }
}

impl Driver {
    /// Starts an engine's driver on a port that is free.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(engine: Engine) -> Self {
        let program = engine.driver();
        let port = free_port();
        let quiet = Command::new(&program)
            .args(engine.driver_options(port))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let process = quiet.unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE * 4))
            .proxy(None)
            .build()
            .into();
        let driver = Self { process, address: format!("http://127.0.0.1:{port}"), agent };
        let status = format!("{}/status", driver.address);
        until("the driver listens", || driver.agent.get(&status).call().ok());
        driver
    }

    /// Gives a command and returns its value. `body` is `None` for what the protocol calls GET and DELETE.
    ///
    /// # Errors
    /// When the browser refuses.
    ///
    /// # Panics
    /// When the driver does not answer.
    pub fn command(&self, method: Method, path: &str, body: &Value) -> Result<Value, Refusal> {
        let address = format!("{}{path}", self.address);
        let answer = match method {
            Method::Get => self.agent.get(&address).call(),
            Method::Post => self.agent.post(&address).send_json(body),
            Method::Delete => self.agent.delete(&address).call(),
        };
        let mut answer = answer.unwrap_or_else(|error| panic!("the driver does not answer to {path}: {error}"));
        let success = answer.status().is_success();
        // A picture of a large page is more than the client would read by itself.
        let text = answer.body_mut().with_config().limit(256 << 20).read_to_string();
        let text = text.unwrap_or_else(|error| panic!("the driver's answer to {path} breaks off: {error}"));
        let mut answer: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("the driver's answer to {path} is no JSON ({error}): {text}"));
        let value = answer["value"].take();
        if success {
            return Ok(value);
        }
        let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Err(Refusal { error: word("error"), message: word("message") })
    }
}

/// A port that nobody listens at. No driver says in a way that all share which one it has chosen.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
    listener.local_addr().expect("it has an address").port()
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How a command is sent.
#[derive(Clone, Copy, Debug)]
pub enum Method {
    /// Asks for something.
    Get,
    /// Does something.
    Post,
    /// Ends something.
    Delete,
}
