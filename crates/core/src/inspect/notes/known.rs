//! The functions of note.

/// What a function of note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// Nothing of note: an import of any module.
    Module,
    /// It runs code that is made at run time.
    Code,
    /// It reads objects that may run code: marshalled, pickled.
    Objects,
    /// It reaches native code and memory.
    Native,
    /// It starts other programs.
    Processes,
    /// It speaks to other machines.
    Network,
    /// It reads or writes the registry.
    Registry,
    /// It decodes or decompresses.
    Decoding,
}

impl Subject {
    /// What it is, in plain words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Module => "import",
            Self::Code => "runs code",
            Self::Objects => "reads objects",
            Self::Native => "native code",
            Self::Processes => "starts programs",
            Self::Network => "network",
            Self::Registry => "registry",
            Self::Decoding => "decodes",
        }
    }
}

/// What each is about: a function, or with a dot at the end all that is in a module.
const KNOWN: &[(Subject, &[&str])] = &[
    (
        Subject::Code,
        &[
            "exec",
            "eval",
            "compile",
            "execfile",
            "__import__",
            "importlib.import_module",
            "importlib.__import__",
            "importlib.util.module_from_spec",
            "imp.load_source",
            "imp.load_module",
            "imp.new_module",
            "runpy.",
            "types.CodeType",
            "types.FunctionType",
            "types.ModuleType",
            "code.interact",
            "sys.settrace",
            "sys.setprofile",
        ],
    ),
    (
        Subject::Objects,
        &[
            "marshal.loads",
            "marshal.load",
            "pickle.loads",
            "pickle.load",
            "pickle.Unpickler",
            "_pickle.loads",
            "_pickle.load",
            "cPickle.loads",
            "cPickle.load",
            "dill.loads",
            "dill.load",
            "shelve.open",
        ],
    ),
    (Subject::Native, &["ctypes.", "_ctypes.", "cffi.", "mmap."]),
    (
        Subject::Processes,
        &[
            "subprocess.",
            "_winapi.CreateProcess",
            "os.system",
            "os.popen",
            "os.popen2",
            "os.popen3",
            "os.startfile",
            "os.fork",
            "os.forkpty",
            "os.execl",
            "os.execle",
            "os.execlp",
            "os.execlpe",
            "os.execv",
            "os.execve",
            "os.execvp",
            "os.execvpe",
            "os.spawnl",
            "os.spawnle",
            "os.spawnlp",
            "os.spawnlpe",
            "os.spawnv",
            "os.spawnve",
            "os.spawnvp",
            "os.spawnvpe",
            "os.posix_spawn",
            "os.posix_spawnp",
            "os.kill",
            "posix.system",
            "nt.system",
            "commands.getoutput",
            "commands.getstatusoutput",
            "pty.spawn",
            "asyncio.create_subprocess_exec",
            "asyncio.create_subprocess_shell",
        ],
    ),
    (
        Subject::Network,
        &[
            "socket.",
            "_socket.",
            "ssl.",
            "urllib.urlopen",
            "urllib.urlretrieve",
            "urllib.request.",
            "urllib2.",
            "urllib3.",
            "http.client.",
            "http.server.",
            "httplib.",
            "requests.",
            "httpx.",
            "aiohttp.",
            "ftplib.",
            "smtplib.",
            "poplib.",
            "imaplib.",
            "telnetlib.",
            "paramiko.",
            "xmlrpc.",
            "webbrowser.",
            "asyncio.open_connection",
        ],
    ),
    (Subject::Registry, &["winreg.", "_winreg."]),
    (
        Subject::Decoding,
        &[
            "base64.b16decode",
            "base64.b32decode",
            "base64.b64decode",
            "base64.b85decode",
            "base64.a85decode",
            "base64.decodebytes",
            "base64.urlsafe_b64decode",
            "base64.standard_b64decode",
            "binascii.unhexlify",
            "binascii.a2b_base64",
            "bytes.fromhex",
            "bytearray.fromhex",
            "codecs.decode",
            "zlib.decompress",
            "zlib.decompressobj",
            "gzip.decompress",
            "bz2.decompress",
            "lzma.decompress",
        ],
    ),
];

/// What a dotted name is about, if it is one of note.
pub(super) fn subject(name: &str) -> Option<Subject> {
    let name = ["builtins.", "__builtin__.", "__builtins__."]
        .iter()
        .find_map(|module| name.strip_prefix(module))
        .unwrap_or(name);
    let fits = |known: &&str| match known.strip_suffix('.') {
        Some(_) => name.starts_with(*known),
        None => name == *known,
    };
    KNOWN.iter().find(|(_, names)| names.iter().any(&fits)).map(|(subject, _)| *subject)
}
