//! A server of plain files on this machine alone, as simple as the servers that the page must work on:
//! it maps addresses to files, and no address to anything else.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder whose files are served.
    pub folder: PathBuf,
    /// The path under which the folder appears; begins and ends with `/`.
    pub base: String,
    /// Whether `.wasm` is served as `application/wasm`. Some servers have not heard of it.
    pub knows_wasm: bool,
    /// Whether pages are told apart from all others (cross-origin isolation). Their clocks go by 5 microseconds then, and not
    /// by 100.
    pub isolates: bool,
}

impl Site {
    /// The folder at the root of the server.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), base: "/".to_owned(), knows_wasm: true, isolates: false }
    }

    /// The same site under the path `base`, which begins and ends with `/`.
    pub fn under(mut self, base: &str) -> Self {
        base.clone_into(&mut self.base);
        self
    }

    /// The same site on a server that takes wasm for any binary file.
    pub fn ignorant_of_wasm(mut self) -> Self {
        self.knows_wasm = false;
        self
    }

    /// The same site, whose pages are told apart from all others.
    pub fn isolated(mut self) -> Self {
        self.isolates = true;
        self
    }

    /// The answer to a request for `target`, the path and query of an address.
    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        if !path.ends_with('/') && format!("{path}/") == self.base {
            return Answer::Elsewhere(self.base.clone());
        }
        let Some(relative) = path.strip_prefix(&self.base).and_then(decode) else { return Answer::Missing };
        let relative = Path::new(&relative);
        // `..`, drive letters and the like lead out of the folder.
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Answer::Missing;
        }
        let mut file = self.folder.join(relative);
        if file.is_dir() {
            if !path.ends_with('/') {
                return Answer::Elsewhere(format!("{path}/"));
            }
            file.push("index.html");
        }
        match std::fs::read(&file) {
            Ok(content) => Answer::Content(self.content_type(&file), content),
            Err(_) => Answer::Missing,
        }
    }

    fn content_type(&self, file: &Path) -> &'static str {
        match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
            "html" => "text/html; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "json" | "map" => "application/json",
            "wasm" if self.knows_wasm => "application/wasm",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "ico" => "image/x-icon",
            "woff2" => "font/woff2",
            "webmanifest" => "application/manifest+json",
            "txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

#[derive(Debug, PartialEq)]
enum Answer {
    Content(&'static str, Vec<u8>),
    Elsewhere(String),
    Missing,
}

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct FileServer {
    address: SocketAddr,
    base: String,
    stopping: Arc<AtomicBool>,
    acceptor: Option<JoinHandle<()>>,
}

impl FileServer {
    /// Serves `site` on 127.0.0.1 at `port`; 0 stands for any free one.
    pub fn start(site: Site, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let base = site.base.clone();
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let site = Arc::new(site);
        let acceptor = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let site = Arc::clone(&site);
                // A visitor who goes away before the answer is no concern of the server's.
                std::thread::spawn(move || serve(&site, &stream));
            }
        });
        Ok(Self { address, base, stopping, acceptor: Some(acceptor) })
    }

    /// The address of the site, for instance `http://127.0.0.1:8080/pycxray/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Serves until the process is ended.
    pub fn wait(mut self) {
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

impl Drop for FileServer {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // The acceptor waits for a visitor; this is one.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            let _ = acceptor.join();
        }
    }
}

/// Answers the one request that comes on `stream`.
fn serve(site: &Site, mut stream: &TcpStream) -> io::Result<()> {
    const LONGEST_HEAD: u64 = 64 * 1024;
    let patience = Some(Duration::from_secs(30));
    stream.set_read_timeout(patience)?;
    stream.set_write_timeout(patience)?;

    let mut head = BufReader::new(stream.take(LONGEST_HEAD));
    let mut request = String::new();
    head.read_line(&mut request)?;
    let mut header = String::new();
    while head.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());

    let mut reply = |status: &str, headers: &str, content: &[u8]| -> io::Result<()> {
        let length = content.len();
        write!(stream, "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n")?;
        if site.isolates {
            write!(
                stream,
                "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n"
            )?;
        }
        // A page that was built anew must be the one that is seen.
        write!(stream, "Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n")?;
        if method != "HEAD" {
            stream.write_all(content)?;
        }
        stream.flush()
    };
    if method != "GET" && method != "HEAD" {
        return reply("405 Method Not Allowed", "Allow: GET, HEAD\r\n", b"");
    }
    match site.answer(target) {
        Answer::Content(kind, content) => reply("200 OK", &format!("Content-Type: {kind}\r\n"), &content),
        Answer::Elsewhere(path) => reply("301 Moved Permanently", &format!("Location: {path}\r\n"), b""),
        Answer::Missing => {
            reply("404 Not Found", "Content-Type: text/plain; charset=utf-8\r\n", b"There is no such file.\n")
        }
    }
}

/// Undoes percent-encoding. Nothing, if what comes out is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a page in it, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("pycxray-site-{}-{name}", std::process::id()));
            std::fs::create_dir_all(folder.join("a b")).unwrap();
            std::fs::write(folder.join("index.html"), "page").unwrap();
            std::fs::write(folder.join("app.wasm"), "\0asm").unwrap();
            std::fs::write(folder.join("a b").join("index.html"), "inner").unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn addresses_are_files_below_the_base_and_nothing_else() {
        let folder = Folder::new("answers");
        let site = Site::new(&folder.0).under("/pycxray/");
        let html = |text: &str| Answer::Content("text/html; charset=utf-8", text.into());
        assert_eq!(site.answer("/pycxray/"), html("page"));
        assert_eq!(site.answer("/pycxray/index.html?v=1"), html("page"));
        assert_eq!(site.answer("/pycxray/a%20b/"), html("inner"));
        assert_eq!(site.answer("/pycxray"), Answer::Elsewhere("/pycxray/".into()));
        assert_eq!(site.answer("/pycxray/a%20b"), Answer::Elsewhere("/pycxray/a%20b/".into()));
        assert_eq!(site.answer("/pycxray/app.wasm"), Answer::Content("application/wasm", b"\0asm".to_vec()));
        for outside in ["/", "/index.html", "/pycxray/none", "/pycxray/../x", "/pycxray/%2e%2e/x", "/pycxray/%zz", ""] {
            assert_eq!(site.answer(outside), Answer::Missing, "{outside}");
        }
        let ignorant = site.ignorant_of_wasm();
        assert_eq!(
            ignorant.answer("/pycxray/app.wasm"),
            Answer::Content("application/octet-stream", b"\0asm".to_vec())
        );
    }

    #[test]
    fn it_answers_over_the_wire_and_ends_when_dropped() {
        let folder = Folder::new("wire");
        let server = FileServer::start(Site::new(&folder.0), 0).unwrap();
        let address = server.address;
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut reply = String::new();
            stream.read_to_string(&mut reply).unwrap();
            reply
        };
        let reply = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with("\r\n\r\npage"), "{reply}");
        let reply = ask("HEAD / HTTP/1.1\r\n\r\n");
        assert!(reply.contains("Content-Length: 4\r\n") && reply.ends_with("\r\n\r\n"), "{reply}");
        assert!(ask("POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }
}
