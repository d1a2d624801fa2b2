#[derive(Clone, Copy)]
pub struct Magic;
pub fn of(b: [u8; 4]) -> Option<Magic> {
    (b[2..] == *b"\r\n").then_some(Magic)
}
