//! The characters a match can begin with, and those it can end with: where none of them stands, none need be sought.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// An end of a match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Where it begins.
    First,
    /// Where it ends.
    Last,
}

/// The characters that can stand at one end of a match; `None` when it may be empty or that cannot be said.
pub fn outermost(hir: &Hir, side: Side) -> Option<ClassUnicode> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let mut characters = std::str::from_utf8(&literal.0).ok()?.chars();
            let c = if side == Side::First { characters.next() } else { characters.next_back() };
            c.map(|c| ClassUnicode::new([ClassUnicodeRange::new(c, c)]))
        }
        HirKind::Class(Class::Unicode(class)) => Some(class.clone()),
        HirKind::Repetition(repetition) if repetition.min > 0 => outermost(&repetition.sub, side),
        HirKind::Capture(capture) => outermost(&capture.sub, side),
        HirKind::Concat(parts) => {
            let mut all = ClassUnicode::empty();
            for index in 0..parts.len() {
                let part = if side == Side::First { &parts[index] } else { &parts[parts.len() - 1 - index] };
                all.union(&if_any(part, side)?);
                if part.properties().minimum_len().is_some_and(|least| least > 0) {
                    return Some(all);
                }
            }
            None
        }
        HirKind::Alternation(parts) => {
            let mut all = ClassUnicode::empty();
            for part in parts {
                all.union(&outermost(part, side)?);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The characters at one end of a part that may be empty when it is not.
fn if_any(hir: &Hir, side: Side) -> Option<ClassUnicode> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(ClassUnicode::empty()),
        HirKind::Repetition(repetition) => if_any(&repetition.sub, side),
        HirKind::Capture(capture) => if_any(&capture.sub, side),
        HirKind::Concat(_) if hir.properties().minimum_len() == Some(0) => None,
        HirKind::Alternation(parts) => {
            let mut all = ClassUnicode::empty();
            for part in parts {
                all.union(&if_any(part, side)?);
            }
            Some(all)
        }
        _ => outermost(hir, side),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, side: Side) -> Option<String> {
        let class = outermost(&regex_syntax::parse(source).unwrap(), side)?;
        Some(class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect())
    }

    #[test]
    fn what_may_be_absent_lets_the_next_be_outermost() {
        assert_eq!(of("甲?乙丙?", Side::First).as_deref(), Some("乙甲"));
        assert_eq!(of(r"[，。]\n*\z", Side::Last).as_deref(), Some("\n。，"));
        assert_eq!(of("(?:甲乙|丙)+$", Side::Last).as_deref(), Some("丙乙"));
        assert_eq!(of("甲|乙?", Side::Last), None);
        assert_eq!(of("甲*", Side::First), None);
    }
}
