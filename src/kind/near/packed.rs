//! Numbers stored side by side: they are read as fast as they are copied.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers of one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed<T>(pub Vec<T>);

/// A number of a fixed width.
pub trait Number: Copy {
    /// Its bytes in memory.
    const BYTES: usize;
    /// Writes it.
    fn put(self, bytes: &mut Vec<u8>);
    /// Reads it from as many bytes as it has.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($($kind:ty)*) => {$(
        impl Number for $kind {
            const BYTES: usize = size_of::<$kind>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn get(bytes: &[u8]) -> $kind {
                let mut number = [0; size_of::<$kind>()];
                number.copy_from_slice(bytes);
                <$kind>::from_le_bytes(number)
            }
        }
    )*};
}

number!(u16 u32);

impl<T: Number> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.0.len() * T::BYTES);
        self.0.iter().for_each(|number| number.put(&mut bytes));
        bytes.serialize(serializer)
    }
}

impl<'de, T: Number> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed<T>, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        Ok(Packed(bytes.chunks_exact(T::BYTES).map(T::get).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let numbers = (Packed(vec![1u16, 0x4e00, u16::MAX]), Packed(vec![7u32, u32::MAX]));
        let stored = postcard::to_stdvec(&numbers).unwrap();
        assert_eq!(postcard::from_bytes::<(Packed<u16>, Packed<u32>)>(&stored).unwrap(), numbers);
        assert_eq!(stored.len(), 2 + 6 + 8);
    }
}
