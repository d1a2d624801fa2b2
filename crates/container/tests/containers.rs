//! Containers made by the real tools are opened down to the code in them.

mod files;

use std::sync::Arc;

use pycxray::{Field, Options, Pyc, Version};
use pycxray_container::{Address, Container, Kind, Limits, Role, identify};

fn open(name: &str) -> Container {
    Container::open(files::bytes(name), Limits::default()).unwrap_or_else(|| panic!("{name} is a container"))
}

/// The names of the code objects of a member.
fn names_at(file: &str, member: &str) -> (Version, Vec<String>) {
    let found = Address::resolve(files::bytes(file), member, Limits::default()).expect(member);
    assert_eq!(found.unpacked.trouble, None, "{file}!{member}");
    let options = Options { python: found.python, ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(found.unpacked.bytes), options);
    let name =
        |&id: &_| pyc.code(id).and_then(|code| code.text(Field::Name).map(|name| String::from_utf8_lossy(name).into()));
    (pyc.python().version, pyc.codes().iter().filter_map(name).collect())
}

const PROGRAMS: [(&str, Version); 5] = [
    ("containers/pyinstaller-6-3.12.bin", Version::new(3, 12)),
    ("containers/pyinstaller-5.13-3.11.bin", Version::new(3, 11)),
    ("containers/pyinstaller-4.10-3.9.bin", Version::new(3, 9)),
    ("containers/pyinstaller-3.6-3.7.bin", Version::new(3, 7)),
    ("containers/pyinstaller-3.6-2.7.bin", Version::new(2, 7)),
];

#[test]
fn a_program_of_pyinstaller_is_opened_down_to_its_modules() {
    for (file, version) in PROGRAMS {
        let (script, names) = names_at(file, "prog");
        assert_eq!((script, names[0].as_str(), names[1].as_str()), (version, "<module>", "main"), "{file}");
        // The module is in the archive of modules, which all but the newest encrypt.
        let (module, names) = names_at(file, "PYZ-00.pyz!basket");
        assert_eq!((module, names[0].as_str(), names[1].as_str()), (version, "<module>", "Basket"), "{file}");
    }
}

#[test]
fn the_authors_own_modules_are_told_from_libraries() {
    let program = open("containers/pyinstaller-6-3.12.bin");
    let modules = program.open_member(program.find("PYZ-00.pyz").expect("PYZ")).expect("it opens");
    let own = |name| !modules.members()[modules.find(name).expect(name)].is_library;
    assert!(own("basket") && !own("string"));
}

#[test]
fn a_script_without_a_header_is_exported_with_that_of_its_siblings() {
    for (file, version) in PROGRAMS {
        let program = open(file);
        let script = program.find("prog").expect("the script");
        assert_eq!(program.members()[script].role, Role::Script);
        let pyc = Pyc::parse(program.export(script).bytes);
        assert!(pyc.detection().certain && pyc.python().version == version, "{file}: {:?}", pyc.detection());
        assert_eq!(pyc.diagnostics(), [], "{file}");
    }
}

#[test]
fn an_altered_cookie_is_found_by_its_table() {
    for (file, _) in PROGRAMS {
        let mut bytes = files::bytes(file).to_vec();
        let cookie = bytes.len() - 88;
        bytes[cookie..cookie + 8].copy_from_slice(b"\0altered");
        // A signature, say, behind the archive.
        bytes.extend([0x55; 5000]);
        assert_eq!(identify(&bytes), Kind::PyInstaller, "{file}");
        let program = Container::open(Arc::new(bytes), Limits::default()).expect("it opens");
        assert!(program.find("prog").is_some(), "{file}");
        let codes: Vec<&str> = program.diagnostics().iter().map(|said| said.code.as_str()).collect();
        assert_eq!(codes, ["altered-cookie"], "{file}");
    }
}

#[test]
fn a_tar_archive_is_opened_through_its_compression() {
    for (extension, name) in [("gz", "gzip"), ("bz2", "bz2"), ("xz", "xz"), ("zst", "zstd")] {
        let file = format!("containers/folder.tar.{extension}");
        let archive = open(&file);
        assert_eq!(archive.name(), format!("a tar archive in {name}"));
        assert_eq!(names_at(&file, "folder/__pycache__/basket.cpython-38.pyc").0, Version::new(3, 8));
        let source = archive.find("folder/basket.py").expect("the source");
        assert_eq!(archive.kind_of(source), Kind::Source);
    }
}

#[test]
fn zip_archives_are_known_by_what_is_in_them() {
    assert_eq!(open("containers/zipapp-3.12.pyz").kind(), Kind::Zipapp);
    assert_eq!(open("containers/shop-1.0-py3-none-any.whl").kind(), Kind::Wheel);
    let (version, names) = names_at("containers/zipapp-3.12.pyz", "basket.pyc");
    assert_eq!((version, names[1].as_str()), (Version::new(3, 12), "Basket"));
}

#[test]
fn a_program_of_cx_freeze_is_opened_down_to_its_modules() {
    let programs = [
        ("containers/cx_freeze-8.7-3.12.zip", "__main__prog.pyc", Version::new(3, 12)),
        ("containers/cx_freeze-6.15-3.9.zip", "prog__main__.pyc", Version::new(3, 9)),
    ];
    for (file, script, version) in programs {
        let library = open(file);
        assert_eq!(library.kind(), Kind::CxFreezeLibrary, "{file}");
        for (member, code) in [(script, "main"), ("basket.pyc", "Basket")] {
            let (found, names) = names_at(file, member);
            assert_eq!((found, names[0].as_str(), names[1].as_str()), (version, "<module>", code), "{file}");
            assert!(!library.members()[library.find(member).expect(member)].is_library, "{file}!{member}");
        }
    }
}

/// Where all that is known to be others' is all that there is, it is what the reader came for.
#[test]
fn a_library_by_itself_is_listed_as_if_it_were_its_authors() {
    let files = ["requests/api.py", "requests/models.py", "requests-2.0.dist-info/RECORD"];
    let files = files.map(|name| (name.to_owned(), 0)).to_vec();
    let folder = Container::of_folder(Arc::default(), files, Limits::default());
    let libraries: Vec<bool> = folder.members().iter().map(|member| member.is_library).collect();
    assert_eq!(libraries, [false, false, true]);
}

/// What pex and shiv put beside the author's modules is not the author's.
#[test]
fn applications_of_pex_and_shiv_are_opened_down_to_their_modules() {
    let applications = [
        ("containers/pex-2.105-3.12.pex", ".deps/shop-1.0-py3-none-any.whl/", ".bootstrap/pex/__init__.pyc"),
        ("containers/shiv-1.0-3.12.pyz", "site-packages/", "site-packages/shop-1.0.dist-info/METADATA"),
    ];
    for (file, folder, library) in applications {
        let application = open(file);
        assert_eq!(application.kind(), Kind::Zipapp, "{file}");
        for module in ["basket.py", "prog.py"] {
            let member = application.find(&format!("{folder}{module}")).expect(module);
            assert!(!application.members()[member].is_library, "{file}!{module}");
            assert_eq!(application.kind_of(member), Kind::Source, "{file}!{module}");
        }
        assert!(application.members()[application.find(library).expect(library)].is_library, "{file}!{library}");
    }
    let (version, names) = names_at("containers/pex-2.105-3.12.pex", "__main__.pyc");
    assert_eq!((version, names[0].as_str()), (Version::new(3, 12), "<module>"));
}

#[test]
fn an_archive_behind_a_program_is_found() {
    let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
    bytes.resize(5000, 0);
    bytes.extend_from_slice(&files::bytes("containers/shop-1.0-py3-none-any.whl"));
    let archive = Container::open(Arc::new(bytes), Limits::default()).expect("it opens");
    let source = archive.find("shop/__init__.py").expect("the module");
    assert!(archive.read(source).bytes.starts_with(b"\"\"\"Things in a basket"));
}

#[test]
fn an_address_that_leads_nowhere_says_so() {
    let wrong = Address::resolve(files::bytes("containers/folder.tar.gz"), "folder/nothing", Limits::default());
    let message = wrong.expect_err("there is no such member").to_string();
    assert_eq!(message, "There is no member \"folder/nothing\" in a tar archive in gzip.");
}

#[test]
fn limits_end_with_a_sentence() {
    let limits = Limits { members: 1, member_bytes: 100, ..Limits::default() };
    let archive = Container::open(files::bytes("containers/shop-1.0-py3-none-any.whl"), limits).expect("it opens");
    assert_eq!(archive.members().len(), 1);
    assert_eq!(archive.diagnostics()[0].code, "limit-members");
    let member = archive.read(0);
    assert_eq!(member.bytes.len(), 100);
    assert_eq!(member.trouble.as_deref(), Some("It has more than 100 bytes unpacked: the rest is left out."));
}
