//! The resource in which py2exe puts a program's scripts.

use std::ops::Range;

use object::LittleEndian as LE;
use object::pe::ImageNtHeaders32;
use object::pe::ImageNtHeaders64;
use object::read::pe::{ImageNtHeaders, PeFile, ResourceDirectoryEntryData, ResourceNameOrId};

/// The tag that a script begins with (`scriptinfo` in py2exe's `start.c`).
pub(crate) const TAG: [u8; 4] = 0x7856_3412_u32.to_le_bytes();

/// The name of the resource type: UTF-16 in the file.
const TYPE: &str = "PYTHONSCRIPT";

/// Where the resource `PYTHONSCRIPT` of a Windows program lies in the file.
pub(crate) fn script(bytes: &[u8]) -> Option<Range<usize>> {
    if !bytes.starts_with(b"MZ") {
        return None;
    }
    let found = script_of::<ImageNtHeaders32>(bytes).or_else(|| script_of::<ImageNtHeaders64>(bytes))?;
    bytes.get(found.clone())?.starts_with(&TAG).then_some(found)
}

fn script_of<Pe: ImageNtHeaders>(bytes: &[u8]) -> Option<Range<usize>> {
    let file = PeFile::<Pe>::parse(bytes).ok()?;
    let sections = file.section_table();
    let directory = file.data_directories().resource_directory(bytes, &sections).ok()??;
    let scripts = directory.root().ok()?.entries.iter().find(|entry| match entry.name_or_id() {
        ResourceNameOrId::Name(name) => name.to_string_lossy(directory).is_ok_and(|name| name == TYPE),
        ResourceNameOrId::Id(_) => false,
    })?;
    // The type leads to a name, that to a language, that to the data.
    let mut entry = scripts.data(directory).ok()?;
    for _ in 0..3 {
        match entry {
            ResourceDirectoryEntryData::Table(table) => entry = table.entries.first()?.data(directory).ok()?,
            ResourceDirectoryEntryData::Data(data) => {
                let address = data.offset_to_data.get(LE);
                let (start, _) = sections.pe_file_range_at(address)?;
                let start = start as usize;
                return Some(start..start.checked_add(data.size.get(LE) as usize)?);
            }
        }
    }
    None
}
