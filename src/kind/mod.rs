//! The verbs: what a rule can demand of a part. One file each, one line each in the registry below.
//!
//! A verb is told a [`Case`] — the document, the part, what `find` matched there — and reports [`Hit`]s. It knows its own
//! place and its related places; severity, message, ground and fix are the rule's.

use crate::document::Document;
use crate::document::part::Part;
use crate::document::value::Value;
use crate::ledger::{Ledger, Place};
use crate::pattern::Pattern;
use crate::pattern::scan::{Match, Scan};
use crate::source::Span;
use crate::table::Shelf;
use serde::{Deserialize, Serialize};

/// What a verb looks at.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The document.
    pub document: &'a Document,
    /// The part given; for a run of siblings, the whole run.
    pub part: &'a Part,
    /// The siblings, when the rule is given `siblings`; else empty.
    pub members: &'a [&'a Part],
    /// What `find` matched in the part.
    pub found: Option<&'a Match<'a>>,
    /// The fact tables.
    pub tables: &'a Shelf,
    /// What the automaton found in the document.
    pub scan: &'a Scan<'a>,
}

impl<'a> Case<'a> {
    /// The words in question: what `find` matched, else the part.
    pub fn span(&self) -> Span {
        self.found.map_or(self.part.span, |found| found.span)
    }

    /// The values a slot binds; without a slot name, the value the part is.
    pub fn values(&self, slot: Option<&str>) -> &'a [Value] {
        match (slot, self.found) {
            (Some(slot), Some(found)) => found.values(self.document, slot),
            _ => self.part.value.map_or(&[], |index| &self.document.values[index..=index]),
        }
    }

    /// The text under a span of the prose.
    pub fn slice(&self, span: Span) -> &'a str {
        self.document.slice(span)
    }
}

/// What a verb found wrong.
#[derive(Clone, Debug, Default)]
pub struct Hit {
    /// The exact words; bytes of the prose.
    pub span: Span,
    /// Other places it rests on, with a few words on each.
    pub related: Vec<(Span, String)>,
    /// What the message and the fix may name, besides what every rule may.
    pub holes: Vec<(&'static str, String)>,
}

impl Hit {
    /// A hit with nothing more to say.
    pub fn at(span: Span) -> Hit {
        Hit { span, ..Hit::default() }
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Hit {
        self.related.push((span, message.into()));
        self
    }

    /// Adds what a hole stands for.
    #[must_use]
    pub fn hole(mut self, name: &'static str, text: impl Into<String>) -> Hit {
        self.holes.push((name, text.into()));
        self
    }
}

/// What a verb found wrong between the documents of a set.
#[derive(Clone, Debug)]
pub struct Across<'l> {
    /// The document, as an index into the set, and the words.
    pub at: (usize, &'l Place),
    /// A place in another document that it rests on, with a few words on it.
    pub related: (usize, &'l Place, &'static str),
    /// What the message may name.
    pub holes: Vec<(&'static str, String)>,
}

/// A verb.
pub trait Find {
    /// The holes its hits fill, besides those every rule has.
    const HOLES: &'static [&'static str];

    /// The patterns that are searched for in whole documents.
    fn searched(&mut self) -> Vec<&mut Pattern> {
        Vec::new()
    }

    /// The slots of `find` it speaks of.
    fn slots(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The table it consults when it is run.
    fn table(&self) -> Option<&str> {
        None
    }

    /// Whether it can find anything wrong in a run of siblings of a document, as far as that is soon told.
    fn may_find_among_siblings(&self, _document: &Document) -> bool {
        true
    }

    /// Reports what is wrong in one case.
    fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>);

    /// Whether it can compare the documents of a set, as it is written in the rule.
    fn compares_documents(&self) -> bool {
        false
    }

    /// Reports what is wrong between the documents of a set.
    fn find_across<'l>(&self, _ledgers: &'l [Ledger], _hits: &mut Vec<Across<'l>>) {}
}

pub mod bounds;

macro_rules! kinds {
    ($($(#[$doc:meta])* $module:ident => $verb:ident,)*) => {
        $(pub mod $module;)*

        /// What a rule demands: `then: {verb: …}`.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Verb {
            $($(#[$doc])* $verb($module::$verb),)*
        }

        impl Verb {
            /// The names of all verbs.
            pub const NAMES: &[&str] = &[$(stringify!($module)),*];

            /// The name of this one.
            pub fn name(&self) -> &'static str {
                match self { $(Verb::$verb(_) => stringify!($module),)* }
            }

            /// The holes its hits fill.
            pub fn holes(&self) -> &'static [&'static str] {
                match self { $(Verb::$verb(_) => <$module::$verb as Find>::HOLES,)* }
            }

            /// The patterns it searches for.
            pub fn searched(&mut self) -> Vec<&mut Pattern> {
                match self { $(Verb::$verb(verb) => verb.searched(),)* }
            }

            /// The slots of `find` it speaks of.
            pub fn slots(&self) -> Vec<&str> {
                match self { $(Verb::$verb(verb) => verb.slots(),)* }
            }

            /// The table it consults when it is run.
            pub fn table(&self) -> Option<&str> {
                match self { $(Verb::$verb(verb) => verb.table(),)* }
            }

            /// Whether it can find anything wrong in a run of siblings of a document, as far as that is soon told.
            pub fn may_find_among_siblings(&self, document: &Document) -> bool {
                match self { $(Verb::$verb(verb) => verb.may_find_among_siblings(document),)* }
            }

            /// Reports what is wrong in one case.
            pub fn find(&self, case: &Case<'_>, hits: &mut Vec<Hit>) {
                match self { $(Verb::$verb(verb) => verb.find(case, hits),)* }
            }

            /// Whether it can compare the documents of a set, as it is written in the rule.
            pub fn compares_documents(&self) -> bool {
                match self { $(Verb::$verb(verb) => verb.compares_documents(),)* }
            }

            /// Reports what is wrong between the documents of a set.
            pub fn find_across<'l>(&self, ledgers: &'l [Ledger], hits: &mut Vec<Across<'l>>) {
                match self { $(Verb::$verb(verb) => verb.find_across(ledgers, hits),)* }
            }
        }
    };
}

mod prose;

kinds! {
    /// Text that must not occur.
    forbid => Forbid,
    /// Text or a field that must occur.
    require => Require,
    /// One form, one name, one value throughout.
    consistent => Consistent,
    /// Dates that agree with the calendar and with known facts.
    calendar => Calendar,
    /// References that have their target.
    resolves => Resolves,
    /// No two equal.
    unique => Unique,
    /// How long a part may be.
    length => Length,
    /// Numbers that follow each other.
    sequence => Sequence,
    /// Parts in a fixed order.
    order => Order,
    /// Marks that belong together.
    pair => Pair,
    /// A value within bounds.
    between => Between,
    /// Words or a number among those listed.
    #[serde(rename = "one_of")]
    one_of => OneOf,
    /// A value that must be a certain one.
    equals => Equals,
    /// Parts against their total.
    sum => Sum,
    /// Values that determine each other: share, growth, product, order.
    compare => Compare,
    /// A stated number against what is listed.
    count => Count,
    /// Fixed terms, written exactly.
    near => Near,
}
