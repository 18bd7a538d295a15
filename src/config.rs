//! The configuration of a folder of documents, `kanwu.yaml`: which of its files belong together.

use crate::rule::load::RuleError;
use crate::rule::yaml::explain;
use serde::Deserialize;

/// The name of the file.
pub const FILE_NAME: &str = "kanwu.yaml";

/// What a configuration says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Files that are compared with each other, set by set.
    pub sets: Vec<SetOfFiles>,
}

/// Files that belong together.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetOfFiles {
    /// What people call the set.
    pub name: String,
    /// Its files, relative to the folder of the configuration; `*` stands for any characters, a folder for all in it. What
    /// comes first holds: contradictions are reported in the later file.
    pub files: Vec<String>,
}

/// Reads a configuration. The error points at the words; one that is blank says nothing.
pub fn load(path: &str, text: &str) -> Result<Config, RuleError> {
    let is_blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if is_blank {
        return Ok(Config::default());
    }
    serde_yaml::from_str(text).map_err(|failure| {
        let (span, message) = explain(text, &failure);
        RuleError { path: path.to_owned(), span, message }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read() {
        let config =
            load("kanwu.yaml", "sets:\n  - name: 年度材料\n    files: [2024/要点.txt, 2024/总结*.txt]\n").unwrap();
        assert_eq!(config.sets[0].files, ["2024/要点.txt", "2024/总结*.txt"]);
        assert_eq!(load("kanwu.yaml", "# 暂无\n"), Ok(Config::default()));
    }

    #[test]
    fn mistakes_point_at_the_words() {
        let text = "sets:\n  - nam: 年度材料\n    files: [a.txt]\n";
        let error = load("kanwu.yaml", text).unwrap_err();
        assert_eq!(error.span.of(text), "nam");
        assert!(error.message.contains("name"), "{}", error.message);
    }
}
