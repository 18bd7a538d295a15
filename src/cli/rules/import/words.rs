//! The words of a list: read out of its cells, and refused where a rule could not use them.

use super::columns::{Columns, Role};
use super::sheet::{Cell, Row, Sheet, is_blank, is_invisible};
use std::collections::{BTreeSet, HashMap};

/// The most characters of a wrong or right form, or of a longer string in which a wrong form is right.
const LONGEST_WORD: usize = 40;

/// The most characters of any other cell.
const LONGEST_CELL: usize = 4000;

/// What parts the strings in the column not-when; a table knows the first only.
const PARTS: [char; 5] = ['、', '，', '；', ',', ';'];

/// A wrong form and the right one.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// The number of its row.
    pub(super) row: usize,
    pub(super) wrong: String,
    pub(super) right: String,
    /// Longer strings in which the wrong form is right.
    pub(super) not_when: Vec<String>,
    pub(super) basis: String,
}

impl Word {
    /// Whether the wrong form would be reported in `text`.
    fn is_found_in(&self, text: &str) -> bool {
        text.match_indices(&self.wrong).any(|(at, _)| {
            !self.not_when.iter().any(|longer| {
                longer.match_indices(&self.wrong).any(|(inside, _)| {
                    at.checked_sub(inside).is_some_and(|start| text.as_bytes()[start..].starts_with(longer.as_bytes()))
                })
            })
        })
    }
}

/// What became of a list.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) words: Vec<Word>,
    /// Why it cannot be used, in Chinese, in the order of the rows.
    pub(super) mistakes: Vec<String>,
    /// What the user should know, in Chinese.
    pub(super) notes: Vec<String>,
}

impl Words {
    /// Reads the words below the headings.
    pub(super) fn read(sheet: &Sheet, columns: &Columns) -> Words {
        let mut words = Words::default();
        let mut rows_of: HashMap<String, usize> = HashMap::new();
        for row in &sheet.rows[columns.skipped..] {
            let is_idle = Role::ALL.iter().all(|role| cell_of(row, columns, *role).is_none_or(Cell::is_blank));
            if is_idle {
                words.notes.push(format!("{}没有误和正，略去", sheet.row(row.number)));
                continue;
            }
            match read_row(sheet, columns, row) {
                Ok(word) => words.add(word, sheet, columns, &mut rows_of),
                Err(mistakes) => words.mistakes.extend(mistakes),
            }
        }
        if words.words.is_empty() && words.mistakes.is_empty() {
            words.mistakes.push(format!("{}里没有词，请在列名下面填写", sheet.place().trim_end_matches('：')));
        }
        words.look_across(sheet);
        words
    }

    fn add(&mut self, word: Word, sheet: &Sheet, columns: &Columns, rows_of: &mut HashMap<String, usize>) {
        let Some(&index) = rows_of.get(&word.wrong) else {
            rows_of.insert(word.wrong.clone(), self.words.len());
            return self.words.push(word);
        };
        let known = &mut self.words[index];
        if known.right != word.right {
            return self.mistakes.push(format!(
                "{}：“{}”在第{}行应为“{}”，这里应为“{}”，请只留一个",
                place(sheet, columns, word.row, Role::Right),
                word.wrong,
                known.row,
                known.right,
                word.right
            ));
        }
        self.notes.push(format!("{}与第{}行相同，已合并", sheet.row(word.row), known.row));
        for longer in word.not_when {
            if !known.not_when.contains(&longer) {
                known.not_when.push(longer);
            }
        }
        if known.basis.is_empty() {
            known.basis = word.basis;
        }
    }

    /// Notes which words a rule reports in what another row says is right, and which are likely several in one cell.
    fn look_across(&mut self, sheet: &Sheet) {
        for word in self.words.iter().filter(|word| word.wrong.contains(['、', '；', ';', '/', '／', '|'])) {
            self.notes.push(format!("{}：“{}”会当作一个词来查，是几个词时请分成几行", sheet.row(word.row), word.wrong));
        }
        let index: HashMap<&str, usize> =
            self.words.iter().enumerate().map(|(index, word)| (word.wrong.as_str(), index)).collect();
        let mut found = BTreeSet::new();
        for (other, Word { right, .. }) in self.words.iter().enumerate() {
            let bounds: Vec<usize> = right.char_indices().map(|(at, _)| at).chain([right.len()]).collect();
            for (position, &start) in bounds.iter().enumerate() {
                let inside = bounds[position + 1..].iter().filter_map(|&end| index.get(&right[start..end]));
                found.extend(inside.map(|&word| (word, other)));
            }
        }
        found.retain(|&(word, other)| word != other && self.words[word].is_found_in(&self.words[other].right));
        for (word, other) in found {
            let (word, other) = (&self.words[word], &self.words[other]);
            self.notes.push(format!(
                "{}：“{}”是第{}行的正“{}”的一部分，改对后还会报出",
                sheet.row(word.row),
                word.wrong,
                other.row,
                other.right
            ));
        }
    }
}

fn cell_of<'a>(row: &'a Row, columns: &Columns, role: Role) -> Option<&'a Cell> {
    row.cells.get(columns.of(role)?)
}

fn place(sheet: &Sheet, columns: &Columns, row: usize, role: Role) -> String {
    match columns.of(role) {
        Some(column) => sheet.cell(row, column),
        None => sheet.row(row),
    }
}

/// The word of a row, or everything that is wrong with the row.
fn read_row(sheet: &Sheet, columns: &Columns, row: &Row) -> Result<Word, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut read = |role: Role| -> String {
        match text(cell_of(row, columns, role), role) {
            Ok(text) => text,
            Err(reason) => {
                mistakes.push((role, reason));
                String::new()
            }
        }
    };
    let (wrong, right, longer, basis) = (read(Role::Wrong), read(Role::Right), read(Role::NotWhen), read(Role::Basis));
    let not_when: Vec<String> = longer
        .split(PARTS)
        .map(|part| part.trim_matches(is_blank).to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let word = Word { row: row.number, wrong, right, not_when, basis };
    if !word.wrong.is_empty() {
        mistakes.extend(problems(&word));
    }
    if mistakes.is_empty() {
        return Ok(word);
    }
    let told = mistakes.into_iter().map(|(role, reason)| {
        let colon = if reason.starts_with(['是', '成', '的']) { "" } else { "：" };
        format!("{}{colon}{reason}", place(sheet, columns, row.number, role))
    });
    Err(told.collect())
}

/// What is written in a cell, without the blanks around it; the error says why it cannot be used.
fn text(cell: Option<&Cell>, role: Role) -> Result<String, String> {
    let is_word = matches!(role, Role::Wrong | Role::Right);
    let text = match cell {
        None => "",
        Some(Cell::Other(reason)) => return Err((*reason).to_owned()),
        Some(Cell::Text(text)) => text.trim_matches(is_blank),
    };
    if text.is_empty() && is_word {
        return Err(format!("是空的，应填“{}”；合并的单元格请先取消合并", role.label()));
    }
    let longest = if is_word { LONGEST_WORD } else { LONGEST_CELL };
    let length = text.chars().count();
    if length > longest {
        return Err(format!("有{length}字，最多{longest}字，请缩短"));
    }
    let problem = |c: char| match c {
        '\t' => Some("制表符"),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some("换行"),
        c if c.is_control() || is_invisible(c) => Some("看不见的字符"),
        _ => None,
    };
    if let Some(problem) = text.chars().find_map(problem) {
        return Err(format!("有{problem}，请删去后写成一行"));
    }
    if role == Role::Wrong && text.starts_with('#') {
        return Err("以“#”开头，在表里会当作说明，请去掉“#”".to_owned());
    }
    Ok(text.to_owned())
}

/// Why a rule could not use a word.
fn problems(word: &Word) -> Vec<(Role, String)> {
    let Word { wrong, right, not_when, .. } = word;
    let mut problems = Vec::new();
    if wrong.chars().count() == 1 {
        problems.push((Role::Wrong, format!("“{wrong}”只有一个字，会报出所有有它的词，请写成两个字以上的词")));
    }
    for longer in not_when {
        let length = longer.chars().count();
        if longer == wrong {
            problems.push((Role::NotWhen, format!("“{longer}”就是误，写上等于不查，应是含有它的更长文字")));
        } else if !longer.contains(wrong.as_str()) {
            problems.push((Role::NotWhen, format!("“{longer}”不含“{wrong}”，应是含有它的更长文字，以“、”分开")));
        } else if length > LONGEST_WORD {
            problems.push((Role::NotWhen, format!("“{longer}”有{length}字，最多{LONGEST_WORD}字，请缩短")));
        }
    }
    if wrong == right {
        problems.push((Role::Right, format!("“{right}”与误相同，请改正其中一个")));
    } else if word.is_found_in(right) {
        let reason = format!(
            "“{wrong}”是正“{right}”的一部分，改对后还会报出，请换个写法，或在“{}”一列写上“{right}”",
            Role::NotWhen.label()
        );
        problems.push((Role::Wrong, reason));
    }
    problems
}
