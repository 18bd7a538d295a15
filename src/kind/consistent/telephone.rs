//! One office, one telephone number.

use super::super::Across;
use crate::ledger::Ledger;
use crate::ledger::telephone::is_turned;

/// Reports telephone numbers that are one of an earlier document with two digits exchanged; of two, the one in fewer
/// documents.
pub fn across<'l>(ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
    let count = |digits: &str| {
        ledgers.iter().filter(|ledger| ledger.telephones.iter().any(|number| number.value == digits)).count()
    };
    for (at, ledger) in ledgers.iter().enumerate() {
        for number in &ledger.telephones {
            let earlier = ledgers[..at].iter().enumerate();
            let mut known =
                earlier.flat_map(|(other, earlier)| earlier.telephones.iter().map(move |theirs| (other, theirs)));
            if let Some((other, theirs)) = known.find(|(_, theirs)| {
                is_turned(&theirs.value, &number.value) && count(&theirs.value) >= count(&number.value)
            }) {
                hits.push(Across {
                    at: (at, &number.place),
                    related: (other, &theirs.place, "另一份文件的号码"),
                    holes: vec![("other", theirs.place.words.clone()), ("file", ledgers[other].file_name().to_owned())],
                });
            }
        }
    }
}
