//! Sets of texts, kept side by side: a pattern has many short ones, and a piece of memory for each would cost more than
//! the text in it.

use serde::{Deserialize, Serialize};

/// Sets of texts, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSets {
    /// All texts of all sets.
    joined: String,
    /// Where each text ends, in bytes.
    ends: Vec<u32>,
    /// How many of the texts are in a set and those before it.
    sets: Vec<u32>,
}

impl TextSets {
    /// Whether there is no set.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The sets.
    pub fn iter(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        (0..self.sets.len()).map(|set| {
            let texts = before(&self.sets, set)..self.sets[set] as usize;
            texts.map(|text| &self.joined[before(&self.ends, text)..self.ends[text] as usize])
        })
    }

    /// Whether `text` holds one text of every set.
    pub fn each_in(&self, text: &str) -> bool {
        self.iter().all(|mut texts| texts.any(|needed| text.contains(needed)))
    }
}

/// Where the item before one ends.
fn before(ends: &[u32], item: usize) -> usize {
    item.checked_sub(1).map_or(0, |before| ends[before] as usize)
}

impl FromIterator<Vec<String>> for TextSets {
    fn from_iter<I: IntoIterator<Item = Vec<String>>>(sets: I) -> TextSets {
        let mut all = TextSets::default();
        for texts in sets {
            for text in texts {
                all.joined.push_str(&text);
                all.ends.push(all.joined.len() as u32);
            }
            all.sets.push(all.ends.len() as u32);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_of_every_set_is_needed() {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let sets: TextSets = [owned(&["其中", "包括"]), owned(&["万人"])].into_iter().collect();
        assert!(sets.each_in("其中3万人"));
        assert!(!sets.each_in("其中3个") && !sets.each_in("3万人"));
        assert_eq!(sets.iter().map(Iterator::collect).collect::<Vec<Vec<_>>>(), [vec!["其中", "包括"], vec!["万人"]]);
        assert!(TextSets::default().is_empty() && TextSets::default().each_in(""));
    }
}
