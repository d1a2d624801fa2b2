//! What PyInstaller makes: an archive (`CArchive`, or PKG) behind a loader, in it scripts and an archive of modules (PYZ).

mod carchive;
mod cipher;
mod pyz;

pub(crate) use carchive::{find, list};
pub(crate) use cipher::{KEY_MODULE, decrypt, key_in};
pub(crate) use pyz::{list as list_pyz, magic as pyz_magic};
