//! How many findings each rule and each severity has: `--statistics`.

use super::words::table;
use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// Findings counted by rule and severity.
#[derive(Default)]
pub(super) struct Statistics {
    counts: BTreeMap<(String, Severity), usize>,
}

impl Statistics {
    /// Counts findings.
    pub(super) fn count(&mut self, findings: &[Diagnostic]) {
        for finding in findings {
            *self.counts.entry((finding.rule.to_string(), finding.severity)).or_default() += 1;
        }
    }

    /// A table: the most frequent rule first, then the severities.
    pub(super) fn table(&self) -> String {
        if self.counts.is_empty() {
            return "统计：没有问题\n".to_owned();
        }
        let mut rules: Vec<(&(String, Severity), &usize)> = self.counts.iter().collect();
        rules.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let digits = rules.first().map_or(1, |(_, count)| count.to_string().len());
        let row = |count: usize, severity: Severity, rule: &str| {
            vec![format!("{count:>digits$}"), severity.chinese().to_owned(), rule.to_owned()]
        };
        let rows: Vec<Vec<String>> =
            rules.iter().map(|((rule, severity), count)| row(**count, *severity, rule)).collect();
        let totals: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
            .into_iter()
            .map(|severity| (severity, self.total(severity)))
            .filter(|(_, total)| *total > 0)
            .map(|(severity, total)| format!("{}{total}处", severity.chinese()))
            .collect();
        format!("统计：{}\n{}", totals.join("，"), table(&rows))
    }

    fn total(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|((_, known), _)| *known == severity).map(|(_, count)| count).sum()
    }
}
