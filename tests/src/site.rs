//! A server of plain files on this machine alone, as simple as the servers that the page must work on: it maps addresses to
//! files, and no address to anything else.

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use tiny_http::{HTTPVersion, Header, Method, Request, Response, Server};

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
    /// Whether a folder is answered with a redirection to the `index.html` in it.
    pub names_index: bool,
    /// Whether it compresses what it sends, as hosts do.
    pub compresses: bool,
}

impl Site {
    /// The folder at the root of the server.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { folder, base: "/".to_owned(), knows_wasm: true, isolates: false, names_index: false, compresses: false }
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

    /// The same site on a server that redirects `/` to `/index.html`.
    pub fn naming_its_index(mut self) -> Self {
        self.names_index = true;
        self
    }

    /// The same site on a server that compresses what it sends.
    pub fn compressing(mut self) -> Self {
        self.compresses = true;
        self
    }

    /// The answer to a request for `target`, the path and query of an address.
    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        if !path.ends_with('/') && format!("{path}/") == self.base {
            return Answer::Elsewhere(self.base.clone());
        }
        let relative = path.strip_prefix(&self.base).and_then(|path| percent_decode_str(path).decode_utf8().ok());
        let Some(relative) = relative else { return Answer::Missing };
        let relative = Path::new(relative.as_ref());
        // `..`, drive letters and the like lead out of the folder.
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Answer::Missing;
        }
        let mut file = self.folder.join(relative);
        if file.is_dir() {
            if !path.ends_with('/') {
                return Answer::Elsewhere(format!("{path}/"));
            }
            if self.names_index {
                return Answer::Elsewhere(format!("{path}index.html"));
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
            "webmanifest" => "application/manifest+json",
            "txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }

    /// Answers a request.
    fn serve(&self, request: Request) -> io::Result<()> {
        let is_known = matches!(request.method(), Method::Get | Method::Head);
        let answer = if is_known { self.answer(request.url()) } else { Answer::Missing };
        let (status, headers, content) = match answer {
            _ if !is_known => (405, vec![("Allow", "GET, HEAD".to_owned())], Vec::new()),
            Answer::Content(kind, content) => (200, vec![("Content-Type", kind.to_owned())], content),
            Answer::Elsewhere(path) => (301, vec![("Location", path)], Vec::new()),
            Answer::Missing => (
                404,
                vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
                b"There is no such file.\n".into(),
            ),
        };
        // A page that was built anew must be the one that is seen.
        let mut always =
            vec![("Cache-Control", "no-cache".to_owned()), ("X-Content-Type-Options", "nosniff".to_owned())];
        if self.isolates {
            always.push(("Cross-Origin-Opener-Policy", "same-origin".to_owned()));
            always.push(("Cross-Origin-Embedder-Policy", "require-corp".to_owned()));
        }
        let content = if self.compresses {
            always.push(("Content-Encoding", "gzip".to_owned()));
            gzipped(&content)?
        } else {
            content
        };
        let mut response = Response::from_data(content).with_status_code(status);
        for (name, value) in headers.into_iter().chain(always) {
            // Only a path that is no ASCII cannot stand in a header.
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        // As HTTP/1.0, so that the visitor ends the connection: one that is kept open holds a thread of the server, and a browser
        // that opens six at once, as Firefox does, would wait for the last of them.
        let is_head = *request.method() == Method::Head;
        let mut writer = request.into_writer();
        response.raw_print(&mut writer, HTTPVersion(1, 0), &[], is_head, None)?;
        writer.flush()
    }
}

fn gzipped(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
    packed.write_all(plain)?;
    packed.finish()
}

#[derive(Debug, PartialEq)]
enum Answer {
    Content(&'static str, Vec<u8>),
    Elsewhere(String),
    Missing,
}

/// How many requests are answered at a time.
const WORKERS: usize = 4;

/// A running server. It ends when it is dropped.
pub struct SiteServer {
    address: SocketAddr,
    base: String,
    server: Arc<Server>,
    workers: Vec<JoinHandle<()>>,
}

impl SiteServer {
    /// Serves `site` on 127.0.0.1 at `port`; 0 stands for any free one.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub fn start(site: Site, port: u16) -> io::Result<Self> {
        let server =
            Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.downcast::<io::Error>() {
                Ok(error) => *error,
                Err(error) => io::Error::other(error),
            })?;
        let address = server.server_addr().to_ip().ok_or_else(|| io::Error::other("the server has no address"))?;
        let base = site.base.clone();
        let (server, site) = (Arc::new(server), Arc::new(site));
        let workers = (0..WORKERS).map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A visitor who goes away before the answer is no concern of the server's.
                    let _ = site.serve(request);
                }
            })
        });
        let workers = workers.collect();
        Ok(Self { address, base, server, workers })
    }

    /// The address of the site, for instance `http://127.0.0.1:8080/pycxray/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Serves until the process is ended.
    pub fn wait(mut self) {
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl std::fmt::Debug for SiteServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SiteServer").field(&self.url()).finish()
    }
}

impl Drop for SiteServer {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.server.unblock();
        }
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::until;
    use std::io::Read;
    use std::net::TcpStream;

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
        let naming = site.clone().naming_its_index();
        assert_eq!(naming.answer("/pycxray/"), Answer::Elsewhere("/pycxray/index.html".into()));
        let ignorant = site.ignorant_of_wasm();
        assert_eq!(
            ignorant.answer("/pycxray/app.wasm"),
            Answer::Content("application/octet-stream", b"\0asm".to_vec())
        );
    }

    #[test]
    fn it_answers_over_the_wire_and_ends_when_dropped() {
        let folder = Folder::new("wire");
        let server = SiteServer::start(Site::new(&folder.0).isolated(), 0).unwrap();
        let address = server.address;
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut reply = String::new();
            stream.read_to_string(&mut reply).unwrap();
            reply
        };
        let last = "Host: x\r\nConnection: close\r\n\r\n";
        let reply = ask(&format!("GET / HTTP/1.1\r\n{last}"));
        assert!(reply.starts_with("HTTP/1.0 200 OK\r\n") && reply.ends_with("\r\n\r\npage"), "{reply}");
        assert!(reply.contains("Cross-Origin-Opener-Policy: same-origin\r\n"), "{reply}");
        let reply = ask(&format!("HEAD / HTTP/1.1\r\n{last}"));
        assert!(reply.contains("Content-Length: 4\r\n") && reply.ends_with("\r\n\r\n"), "{reply}");
        assert!(ask(&format!("POST / HTTP/1.1\r\n{last}")).starts_with("HTTP/1.0 405 "));
        drop(server);
        // The thread that listens ends by itself.
        until("nobody listens any more", || TcpStream::connect(address).err());
    }
}
