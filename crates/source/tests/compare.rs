//! Code objects held against each other, whatever instructions they have.

use pycxray::Pyc;
use pycxray_source::compare;

/// `pypy3 -c "import py_compile; py_compile.compile('conditions.py', 'conditions.pypy39.pyc')"`, PyPy 3.9.
#[test]
fn conditions_that_are_constants_have_one_way() {
    let pyc = Pyc::parse(include_bytes!("compare/conditions.pypy39.pyc").to_vec());
    let [asked, folded, otherwise] = [1, 2, 3].map(|index| (&pyc, index));
    assert_eq!(compare(asked, folded), Ok(()));
    assert_eq!(compare(folded, asked), Ok(()));
    assert!(compare(asked, otherwise).is_err());
}
