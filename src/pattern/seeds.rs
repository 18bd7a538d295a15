//! Texts that are searched for all at once, each with the numbers of what needs it.

use crate::source::Span;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::collections::BTreeMap;

/// An automaton that finds texts in one pass. It is stored as built, as building takes far longer than reading.
#[derive(Default)]
pub struct Seeds {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// The numbers, for one text of the automaton after the other.
    numbers: Vec<u32>,
    /// For each text, where its numbers end.
    ends: Vec<u32>,
}

impl Seeds {
    /// Prepares the search for some texts.
    pub fn new(texts: BTreeMap<String, Vec<u32>>) -> Seeds {
        let automaton = build(texts.keys());
        let mut numbers = Vec::new();
        let ends = texts.into_values().map(|of_text| {
            numbers.extend(of_text);
            numbers.len() as u32
        });
        Seeds { automaton, ends: ends.collect(), numbers }
    }

    /// Finds all places of all texts, overlapping ones too, in the order of their ends; `each` is told the place and the
    /// numbers of the text.
    pub fn each(&self, text: &str, mut each: impl FnMut(Span, &[u32])) {
        let Some(automaton) = &self.automaton else { return };
        for place in automaton.find_overlapping_iter(text) {
            each(Span::new(place.start(), place.end()), self.numbers_of(place.value() as usize));
        }
    }

    fn numbers_of(&self, text: usize) -> &[u32] {
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[text] as usize]
    }
}

fn build<'a>(texts: impl Iterator<Item = &'a String>) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    let texts: Vec<(&String, u32)> = texts.zip(0u32..).collect();
    if texts.is_empty() {
        return None;
    }
    // Texts are distinct and none is empty, so the automaton can always be built.
    CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(texts).ok()
}

/// Numbers as bytes: read in a fraction of the time that numbers of any length take.
fn to_bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn from_bytes(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|&number| u32::from_le_bytes(number)).collect()
}

impl Serialize for Seeds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let automaton = self.automaton.as_ref().map(|automaton| automaton.serialize());
        (automaton, to_bytes(&self.numbers), to_bytes(&self.ends)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seeds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seeds, D::Error> {
        let (bytes, numbers, ends): (Option<&[u8]>, &[u8], &[u8]) = Deserialize::deserialize(deserializer)?;
        let read = |bytes| CharwiseDoubleArrayAhoCorasick::deserialize(bytes).map(|(automaton, _)| automaton);
        let automaton = bytes.map(read).transpose().map_err(D::Error::custom)?;
        Ok(Seeds { automaton, numbers: from_bytes(numbers), ends: from_bytes(ends) })
    }
}
