//! What is compiled in and read from its compact form when it is first asked for: most documents need few of all rules.

use serde::Deserialize;
use std::sync::OnceLock;

/// A value that is there, or its compact form.
pub struct Stored<T> {
    compact: &'static [u8],
    value: OnceLock<Box<T>>,
}

impl<T> Stored<T> {
    /// A value that is there.
    pub fn made(value: T) -> Stored<T> {
        Stored { compact: &[], value: OnceLock::from(Box::new(value)) }
    }

    /// One to be read later. The build script wrote the compact form, so that it can be.
    pub fn compact(compact: &'static [u8]) -> Stored<T> {
        Stored { compact, value: OnceLock::new() }
    }

    /// The value; `make` makes it of what is read from the compact form.
    pub fn get<R: Deserialize<'static>>(&self, make: impl FnOnce(R) -> T) -> &T {
        self.value.get_or_init(|| {
            let read = postcard::from_bytes(self.compact);
            Box::new(make(read.expect("the build script wrote what this reads: both share the types")))
        })
    }
}
