//! Numbers and texts stored side by side, and read where they are stored: nothing is unpacked of what no document asks for.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;

/// Numbers of one width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed<T> {
    /// One after the other, the lowest byte of each first.
    bytes: Cow<'static, [u8]>,
    width: PhantomData<T>,
}

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

impl<T: Number> Packed<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / T::BYTES
    }

    /// The number at a place, from 0 on.
    pub fn at(&self, place: usize) -> T {
        T::get(&self.bytes[place * T::BYTES..][..T::BYTES])
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        self.bytes.chunks_exact(T::BYTES).map(T::get)
    }

    /// Adds one at the end.
    pub fn push(&mut self, number: T) {
        number.put(self.bytes.to_mut());
    }

    /// The place from `start` on and before `end` of the first number that is not less, by a key; numbers are sorted by it.
    pub fn lower_bound<K: Ord>(&self, mut start: usize, mut end: usize, key: &K, of: impl Fn(T) -> K) -> usize {
        while start < end {
            let middle = start.midpoint(end);
            if of(self.at(middle)) < *key {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }
}

impl<T> Default for Packed<T> {
    fn default() -> Packed<T> {
        Packed { bytes: Cow::Borrowed(&[]), width: PhantomData }
    }
}

impl<T: Number> Extend<T> for Packed<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, numbers: I) {
        numbers.into_iter().for_each(|number| self.push(number));
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bytes.serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed<T>, D::Error> {
        let bytes: &'static [u8] = Deserialize::deserialize(deserializer)?;
        Ok(Packed { bytes: Cow::Borrowed(bytes), width: PhantomData })
    }
}

/// Texts, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    text: Cow<'static, str>,
    /// Where each ends, in bytes.
    ends: Packed<u32>,
}

impl Joined {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with a number, from 0 on.
    pub fn at(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends.at(before));
        &self.text[start as usize..self.ends.at(number) as usize]
    }

    /// Adds one at the end.
    pub fn push(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
        self.ends.push(self.text.len() as u32);
    }
}

impl Serialize for Joined {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.text, &self.ends).serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Joined {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Joined, D::Error> {
        let (text, ends): (&'static str, _) = Deserialize::deserialize(deserializer)?;
        Ok(Joined { text: Cow::Borrowed(text), ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let (mut short, mut long) = (Packed::<u16>::default(), Packed::<u32>::default());
        short.extend([1, 0x4e00, u16::MAX]);
        long.extend([7, u32::MAX]);
        let stored = postcard::to_stdvec(&(&short, &long)).unwrap().leak();
        assert_eq!(stored.len(), 2 + 6 + 8);
        assert_eq!(postcard::from_bytes::<(Packed<u16>, Packed<u32>)>(stored).unwrap(), (short.clone(), long));
        assert_eq!(short.iter().collect::<Vec<_>>(), [1, 0x4e00, u16::MAX]);
        let places = [0, 1, 2, 0x4e00, 0x4e01].map(|key| short.lower_bound(0, short.len(), &key, |number| number));
        assert_eq!(places, [0, 0, 1, 1, 2]);
    }

    #[test]
    fn texts_are_read_as_written() {
        let mut joined = Joined::default();
        ["甲", "", "乙丙"].into_iter().for_each(|text| joined.push(text));
        let read: Joined = postcard::from_bytes(postcard::to_stdvec(&joined).unwrap().leak()).unwrap();
        assert_eq!(read, joined);
        assert_eq!((0..read.len()).map(|number| read.at(number)).collect::<Vec<_>>(), ["甲", "", "乙丙"]);
    }
}
