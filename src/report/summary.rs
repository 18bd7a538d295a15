//! What was judged, what was not, and what was found.

use super::{FileReport, Outcome};
use crate::diagnostic::Severity;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The tally of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Characters of prose in them, white space not counted.
    pub characters: usize,
    /// How many files had each encoding.
    pub encodings: BTreeMap<String, usize>,
    /// Findings that must be mended.
    pub errors: usize,
    /// Findings that should be mended.
    pub warnings: usize,
    /// Findings worth a look.
    pub infos: usize,
    /// Findings that can be mended without a person looking.
    pub fixable: usize,
    /// Findings below the level that is shown; in none of the other counts.
    pub hidden: usize,
    /// Files passed over, by extension with its dot.
    pub unchecked: BTreeMap<String, usize>,
    /// Files that should have been checked and could not be.
    pub failed: usize,
}

impl Summary {
    /// Counts one file and its findings.
    pub fn count(&mut self, report: &FileReport) {
        match &report.outcome {
            Outcome::Checked { source, findings, .. } => {
                self.files += 1;
                self.characters += source.prose.text.chars().filter(|c| !c.is_whitespace()).count();
                *self.encodings.entry(source.encoding.name.to_string()).or_default() += 1;
                for finding in findings {
                    match finding.severity {
                        Severity::Error => self.errors += 1,
                        Severity::Warning => self.warnings += 1,
                        Severity::Info => self.infos += 1,
                    }
                    self.fixable += usize::from(finding.fix.as_ref().is_some_and(|fix| fix.safe));
                }
            }
            Outcome::Unread { failure: true, .. } => self.failed += 1,
            Outcome::Unread { failure: false, .. } => self.count_unchecked(&report.path),
        }
    }

    /// Counts a file that was passed over without a word of its own, such as one of a type this build cannot read.
    pub fn count_unchecked(&mut self, path: &str) {
        let extension = Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let key = extension.map_or_else(|| "无扩展名".to_owned(), |extension| format!(".{extension}"));
        *self.unchecked.entry(key).or_default() += 1;
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.files == 0 {
            f.write_str("没有检查任何文件。")?;
        } else {
            write!(
                f,
                "已检查{}份（{}字{}）：{}",
                self.files,
                self.characters,
                self.encoding_words(),
                self.found_words()
            )?;
        }
        if self.failed > 0 {
            write!(f, "\n无法检查{}份。", self.failed)?;
        }
        if !self.unchecked.is_empty() {
            let total: usize = self.unchecked.values().sum();
            write!(f, "\n未检查{total}份：{}", most_first(&self.unchecked))?;
        }
        Ok(())
    }
}

impl Summary {
    /// The encoding of a single file; of many, only where one is out of the ordinary.
    fn encoding_words(&self) -> String {
        let ordinary = self.encodings.keys().all(|name| name == "UTF-8");
        match (self.files, self.encodings.len(), ordinary) {
            (1, 1, _) => self.encodings.keys().map(|name| format!("，{name}")).collect(),
            (_, _, true) => String::new(),
            _ => format!("，{}", most_first(&self.encodings)),
        }
    }

    fn found_words(&self) -> String {
        let hidden = match self.hidden {
            0 => String::new(),
            hidden => format!("另有{hidden}处低于显示级别，未显示。"),
        };
        if self.findings() == 0 {
            let nothing =
                if self.hidden == 0 { "未发现规则范围内的问题。" } else { "没有要显示的问题；" };
            return format!("{nothing}{hidden}");
        }
        let counts = [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Info, self.infos)];
        let found: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| format!("{}{count}处", severity.chinese()))
            .collect();
        match self.fixable {
            0 => format!("{}。{hidden}", found.join("，")),
            fixable => format!("{}；可自动修改{fixable}处。{hidden}", found.join("，")),
        }
    }
}

/// `.wps 2、.pdf 1`: the most numerous first, equals by name.
fn most_first(counts: &BTreeMap<String, usize>) -> String {
    let mut entries: Vec<(&String, &usize)> = counts.iter().collect();
    entries.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let words: Vec<String> = entries.iter().map(|(name, count)| format!("{name} {count}")).collect();
    words.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
        pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn says_what_was_and_was_not_judged() {
        let one = Summary {
            files: 1,
            characters: 6132,
            encodings: counts(&[("UTF-8", 1)]),
            errors: 1,
            warnings: 1,
            infos: 1,
            fixable: 2,
            ..Summary::default()
        };
        assert_eq!(one.to_string(), "已检查1份（6132字，UTF-8）：必须改1处，建议改1处，提示1处；可自动修改2处。");
        let clean = Summary {
            files: 16,
            characters: 50321,
            encodings: counts(&[("UTF-8", 16)]),
            unchecked: counts(&[(".pdf", 1), (".wps", 2)]),
            failed: 1,
            ..Summary::default()
        };
        assert_eq!(
            clean.to_string(),
            "已检查16份（50321字）：未发现规则范围内的问题。\n无法检查1份。\n未检查3份：.wps 2、.pdf 1"
        );
    }

    #[test]
    fn is_never_clean_for_nothing() {
        assert_eq!(Summary::default().to_string(), "没有检查任何文件。");
    }

    #[test]
    fn names_encodings_out_of_the_ordinary() {
        let mixed = Summary {
            files: 3,
            characters: 9,
            encodings: counts(&[("UTF-8", 1), ("GB18030", 2)]),
            ..Summary::default()
        };
        assert_eq!(mixed.to_string(), "已检查3份（9字，GB18030 2、UTF-8 1）：未发现规则范围内的问题。");
    }

    #[test]
    fn counts_extensions_without_regard_to_case() {
        let mut summary = Summary::default();
        for path in ["a/甲.WPS", "乙.wps", "丙"] {
            summary.count_unchecked(path);
        }
        assert_eq!(summary.unchecked, counts(&[(".wps", 2), ("无扩展名", 1)]));
    }
}
