//! The encryption of PYZ archives that PyInstaller had up to 5.x (`--key`): AES, the key beside the lock.
//!
//! The first 16 bytes of a member are the initialization vector. Up to 3.x it is CFB with a feedback of 8 bits (PyCrypto's
//! default), from 4.0 on CTR (tinyaes). What comes out is a zlib stream, which tells the two apart.

use aes::Aes128;
use aes::cipher::{KeyIvInit, StreamCipher};
use pycxray::{Field, Pyc};

use crate::kind::Compression;
use crate::unpack::Unpacked;

/// The module of a frozen program that has nothing but the key.
pub(crate) const KEY_MODULE: &str = "pyimod00_crypto_key";
/// Bytes of a block, of a key, of an initialization vector.
const BLOCK: usize = 16;

/// The key: the one string of 16 bytes that the module holds besides the names.
pub(crate) fn key_in(module: &[u8]) -> Option<[u8; BLOCK]> {
    let pyc = Pyc::parse(module);
    let code = pyc.code(*pyc.codes().first()?)?;
    let mut constants = code.items(Field::Consts).filter_map(|id| pyc.text(id));
    constants.find_map(|text| text.try_into().ok())
}

/// Decrypts a member and unpacks it.
pub(crate) fn decrypt(bytes: &[u8], key: &[u8; BLOCK], limit: usize) -> Unpacked {
    let Some((vector, encrypted)) = bytes.split_first_chunk::<BLOCK>() else {
        return Unpacked { bytes: Vec::new(), trouble: Some("It is too short to be encrypted.".to_owned()) };
    };
    let mut counter = encrypted.to_vec();
    ctr::Ctr128BE::<Aes128>::new(key.into(), vector.into()).apply_keystream(&mut counter);
    let unpacked = Compression::Zlib.unpack(&counter, limit);
    if !unpacked.bytes.is_empty() {
        return unpacked;
    }
    let mut feedback = encrypted.to_vec();
    cfb8::Decryptor::<Aes128>::new(key.into(), vector.into()).decrypt(&mut feedback);
    let unpacked = Compression::Zlib.unpack(&feedback, limit);
    if unpacked.bytes.is_empty() {
        let trouble = "The key of this archive does not decrypt it.".to_owned();
        return Unpacked { bytes: Vec::new(), trouble: Some(trouble) };
    }
    unpacked
}
