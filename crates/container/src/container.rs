//! A container: opened in place, its members read one by one.

use pycxray::DiagnosticCode;
use std::sync::Arc;

use pycxray::magic::{self, Magic};
use pycxray::python::HeaderLayout;
use pycxray::python::{self, Python};
use pycxray::{Diagnostic, Implementation, Options, Pyc, Severity, Span, Version};

use crate::archive::{Listing, span, tar, zip};
use crate::identify::{identify, identify_head};
use crate::kind::{Compression, Kind, Maker};
use crate::libraries::{is_library, is_packaging};
use crate::limits::Limits;
use crate::member::{Member, Role, Storage, number_repeated_names};
use crate::payload::{Payloads, payloads, payloads_in_pickle, payloads_in_text};
use crate::unpack::{Unpacked, inflate, unpack_zip_lzma};
use crate::{nuitka, py2exe, pyinstaller};

/// How much of a member is unpacked to tell what it is, in bytes.
const HEAD: usize = 4096;

/// Something that holds members: an archive, a frozen program, a file with payloads in its constants.
#[derive(Clone, Debug)]
pub struct Container {
    kind: Kind,
    wrapping: Vec<Compression>,
    bytes: Arc<Vec<u8>>,
    members: Vec<Member>,
    diagnostics: Vec<Diagnostic>,
    python: Option<&'static Python>,
    magic: Option<&'static Magic>,
    key: Option<[u8; 16]>,
    limits: Limits,
}

/// What an outer container tells one within it.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    python: Option<&'static Python>,
    key: Option<[u8; 16]>,
}

impl Container {
    /// Opens a container; `None` if the bytes are none. Payloads in constants are not looked for: see
    /// [`Container::of_payloads`].
    #[must_use]
    pub fn open(bytes: Arc<Vec<u8>>, limits: Limits) -> Option<Self> {
        Self::open_within(bytes, Around::default(), limits)
    }

    fn open_within(bytes: Arc<Vec<u8>>, around: Around, limits: Limits) -> Option<Self> {
        let kind = identify(&bytes);
        if !kind.is_container() || u32::try_from(bytes.len()).is_err() {
            return None;
        }
        let mut container = Self::new(kind, bytes, limits);
        container.python = around.python;
        container.key = around.key;
        if let Kind::Compressed(compression) = kind {
            container.open_stream(compression);
        } else {
            let listing = container.list();
            container.take(listing);
        }
        Some(container)
    }

    /// The files of a folder as a container: `bytes` has them one behind the other, each with its path and its length.
    #[must_use]
    pub fn of_folder(bytes: Arc<Vec<u8>>, files: Vec<(String, u32)>, limits: Limits) -> Self {
        let mut container = Self::new(Kind::Folder, bytes, limits);
        let mut listing = Listing::default();
        let mut start = 0_usize;
        for (name, length) in files {
            let end = (start + length as usize).min(container.bytes.len());
            if !listing.push(Member::plain(name, span(start, end)), limits.members) {
                break;
            }
            start = end;
        }
        container.take(listing);
        container
    }

    /// Opens whatever holds something: a container, or else a file with payloads in its constants or literals.
    #[must_use]
    pub fn look_into(bytes: Arc<Vec<u8>>, python: Option<&'static Python>, limits: Limits) -> Option<Self> {
        Self::look_within(bytes, Around { python, key: None }, limits)
    }

    fn look_within(bytes: Arc<Vec<u8>>, around: Around, limits: Limits) -> Option<Self> {
        match identify(&bytes) {
            kind if kind.is_container() => Self::open_within(bytes, around, limits),
            Kind::Source | Kind::Text => Self::of_text(bytes, limits),
            Kind::Pickle => {
                let found = payloads_in_pickle(&bytes, &limits);
                Self::of_found(Kind::Pickle, bytes, found, limits)
            }
            kind if kind.is_code() || kind == Kind::Unknown => {
                let options = Options { python: around.python.filter(|_| kind == Kind::Code), ..Options::default() };
                Self::of_payloads(&Pyc::parse_with(bytes, options), limits)
            }
            _ => None,
        }
    }

    /// What hides in the constants of a decoded file, as a container; `None` if nothing was found.
    #[must_use]
    pub fn of_payloads(pyc: &Pyc, limits: Limits) -> Option<Self> {
        let found = payloads(pyc, &limits);
        let kind = pyc.detection().magic.map_or(Kind::Code, Kind::Pyc);
        Self::of_found(kind, pyc.shared_bytes(), found, limits)
    }

    /// What hides in the literals of a source, or in a text as a whole; `None` if nothing was found.
    #[must_use]
    pub fn of_text(bytes: Arc<Vec<u8>>, limits: Limits) -> Option<Self> {
        let found = payloads_in_text(&bytes, &limits);
        Self::of_found(identify(&bytes), bytes, found, limits)
    }

    fn of_found(kind: Kind, bytes: Arc<Vec<u8>>, found: Payloads, limits: Limits) -> Option<Self> {
        if found.found.is_empty() {
            return None;
        }
        let mut container = Self::new(kind, bytes, limits);
        let mut listing = Listing::default();
        if found.is_cut {
            let message = "So much had to be decoded that not every constant could be tried.".to_owned();
            listing.error(DiagnosticCode::LimitPayloads, Span::at(0), message);
        }
        for (index, payload) in found.found.into_iter().enumerate() {
            let single = match *payload.chain.parts.as_slice() {
                [only] => Some(only),
                _ => None,
            };
            let member = Member {
                name: format!("payload-{}", index + 1),
                role: Role::Payload,
                span: single,
                size: Some(payload.size as u64),
                is_library: false,
                storage: Storage::Encoded(payload.chain),
            };
            if !listing.push(member, limits.members) {
                break;
            }
        }
        container.take(listing);
        Some(container)
    }

    fn new(kind: Kind, bytes: Arc<Vec<u8>>, limits: Limits) -> Self {
        Self {
            kind,
            wrapping: Vec::new(),
            bytes,
            members: Vec::new(),
            diagnostics: Vec::new(),
            python: None,
            magic: None,
            key: None,
            limits,
        }
    }

    fn list(&mut self) -> Listing {
        let bytes = Arc::clone(&self.bytes);
        match self.kind {
            Kind::Tar => tar::list(&bytes, &self.limits),
            Kind::PyInstaller => self.list_pyinstaller(&bytes),
            Kind::Pyz => {
                self.magic = pyinstaller::pyz_magic(&bytes);
                self.python = self.magic.map(Magic::python).or(self.python);
                pyinstaller::list_pyz(&bytes, self.key.is_some(), &self.limits)
            }
            Kind::Native(_, Maker::Py2exe) => {
                let mut listing = zip::list_behind(&bytes, &self.limits);
                if let Some(script) = py2exe::script(&bytes) {
                    listing.members.insert(0, Member::plain("PYTHONSCRIPT".to_owned(), span(script.start, script.end)));
                }
                listing
            }
            Kind::Native(_, Maker::NuitkaOnefile) => {
                let mut listing = Listing::default();
                if let Some(payload) = nuitka::payload(&bytes) {
                    listing.members.push(Member::plain("onefile payload".to_owned(), span(payload.start, payload.end)));
                }
                listing
            }
            _ => zip::list(&bytes, &self.limits),
        }
    }

    fn list_pyinstaller(&mut self, bytes: &[u8]) -> Listing {
        let Some(archive) = pyinstaller::find(bytes) else { return Listing::default() };
        let find = |version: Version| python::find(Implementation::CPython, version);
        self.python = archive.version.and_then(find);
        let listing = pyinstaller::list(bytes, &archive, &self.limits);
        self.members = listing.members;
        let pyz = self.members.iter().find_map(|member| {
            let span = member.span?;
            let bytes = bytes.get(span.start as usize..span.end as usize)?;
            pyinstaller::pyz_magic(bytes.strip_prefix(b"PYZ\0").map(|_| bytes)?)
        });
        self.magic = pyz;
        self.python = pyz.map(Magic::python).or(self.python);
        let key = self.members.iter().position(|member| member.name == pyinstaller::KEY_MODULE);
        self.key = key.and_then(|key| pyinstaller::key_in(&self.read(key).bytes));
        Listing { members: std::mem::take(&mut self.members), diagnostics: listing.diagnostics }
    }

    /// A stream is opened down to what is in it: a tar archive, or one file.
    fn open_stream(&mut self, compression: Compression) {
        let unpacked = compression.unpack(&self.bytes, self.limits.member_bytes);
        if let Some(trouble) = unpacked.trouble {
            let whole = span(0, self.bytes.len());
            let damaged = Diagnostic::new(Severity::Error, DiagnosticCode::DamagedStream, whole, trouble);
            self.diagnostics.push(damaged);
        }
        if identify(&unpacked.bytes) == Kind::Tar {
            self.kind = Kind::Tar;
            self.wrapping.push(compression);
            self.bytes = Arc::new(unpacked.bytes);
            let listing = self.list();
            self.take(listing);
            return;
        }
        let mut member = Member::plain("contents".to_owned(), span(0, self.bytes.len()));
        member.size = Some(unpacked.bytes.len() as u64);
        member.storage = Storage::Compressed(compression);
        self.members.push(member);
    }

    fn take(&mut self, listing: Listing) {
        self.members = listing.members;
        self.diagnostics.extend(listing.diagnostics);
        for member in &mut self.members {
            member.is_library = is_library(&member.name);
        }
        // A wheel of a well-known library is about that library. In a frozen program a PYZ archive may well hold nothing else.
        if self.kind != Kind::Pyz && self.members.iter().all(|member| member.is_library) {
            for member in &mut self.members {
                member.is_library = is_packaging(&member.name);
            }
        }
        number_repeated_names(&mut self.members);
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What it is, with an article, and what it is wrapped in.
    #[must_use]
    pub fn name(&self) -> String {
        let wrapping = self.wrapping.iter().map(|compression| format!(" in {}", compression.name()));
        std::iter::once(self.kind.name()).chain(wrapping).collect()
    }

    /// The bytes that the spans of members are about: the file's, or what its stream unpacks to.
    #[must_use]
    pub fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    /// Its members, in its own order.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// What is to be said of it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The Python for which it was made, as far as it says so: that of members without a header.
    #[must_use]
    pub fn python(&self) -> Option<&'static Python> {
        self.python
    }

    /// The member of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// A member's bytes. What precedes damage is kept.
    #[must_use]
    pub fn read(&self, member: usize) -> Unpacked {
        self.read_up_to(member, self.limits.member_bytes)
    }

    fn read_up_to(&self, index: usize, limit: usize) -> Unpacked {
        let Some(member) = self.members.get(index) else { return Unpacked::default() };
        let packed =
            member.span.and_then(|span| self.bytes.get(span.start as usize..span.end as usize)).unwrap_or_default();
        match &member.storage {
            Storage::Plain => Unpacked::plain(packed, limit),
            Storage::Deflated => inflate(packed, limit),
            Storage::Compressed(compression) => compression.unpack(packed, limit),
            Storage::ZipLzma => unpack_zip_lzma(packed, member.size, limit),
            Storage::Encrypted => match &self.key {
                Some(key) => pyinstaller::decrypt(packed, key, limit),
                None => Unpacked::refused("It is encrypted, and its key is not in this container."),
            },
            Storage::Encoded(chain) => chain.decode(&self.bytes, limit),
            Storage::Refused(reason) => Unpacked::refused(reason),
        }
    }

    /// What a member is, told from its first bytes and what the container says of it.
    #[must_use]
    pub fn kind_of(&self, index: usize) -> Kind {
        let Some(member) = self.members.get(index) else { return Kind::Unknown };
        if member.role == Role::Setting {
            return Kind::Empty;
        }
        if let (Storage::Encoded(_), _) | (_, Role::Payload) = (&member.storage, member.role) {
            return identify(&self.read(index).bytes);
        }
        let head = self.read_up_to(index, HEAD).bytes;
        match identify_head(&head) {
            Kind::Unknown if member.role.is_bare_code() && matches!(head.first(), Some(b'c' | 0xe3)) => Kind::Code,
            kind => kind,
        }
    }

    /// The Python that a member without a header was compiled by: that of its siblings.
    #[must_use]
    pub fn python_of(&self, index: usize) -> Option<&'static Python> {
        let member = self.members.get(index)?;
        self.python.filter(|_| member.role.is_bare_code())
    }

    /// The bytes of a member as a file of its own: a code object without a header gets that of its siblings.
    #[must_use]
    pub fn export(&self, index: usize) -> Unpacked {
        let mut unpacked = self.read(index);
        if matches!(unpacked.bytes.first(), Some(b'c' | 0xe3)) {
            if let Some(header) = self.python_of(index).and_then(|python| self.header_for(python)) {
                unpacked.bytes.splice(0..0, header);
            }
        }
        unpacked
    }

    /// A header with the magic number of the container's Python and zeros for all else.
    fn header_for(&self, python: &'static Python) -> Option<Vec<u8>> {
        let is_its = |magic: &&Magic| (magic.implementation, magic.version) == (python.implementation, python.version);
        let newest = || magic::all().filter(is_its).last();
        let mut header = self.magic.or_else(newest)?.bytes().to_vec();
        let size = match python.format.header {
            HeaderLayout::Mtime => 8,
            HeaderLayout::MtimeSize => 12,
            HeaderLayout::Flags => 16,
            _ => return None,
        };
        header.resize(size, 0);
        Some(header)
    }

    /// Opens a member that holds something itself, with what this one knows: Python, key. `None` also past the limits of depth
    /// and of bytes in all.
    #[must_use]
    pub fn open_member(&self, index: usize) -> Option<Self> {
        let around = Around { python: self.python, key: self.key };
        let mut limits = self.limits;
        limits.depth = limits.depth.checked_sub(1)?;
        let bytes = self.read_up_to(index, limits.member_bytes.min(limits.total_bytes)).bytes;
        limits.total_bytes -= bytes.len();
        Self::look_within(Arc::new(bytes), around, limits)
    }
}
