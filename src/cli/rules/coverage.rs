//! Which requirements of the standards are rules and which are not, and why: the last section of the reference, made from
//! `rules/coverage.tsv`.

use super::reference::plain;

const DATA: &str = include_str!("../../../rules/coverage.tsv");

const OPENING: &str = "
## 哪些要求没有写成规则

逐条对照标准和通行要求，看每一条由什么来查。下表数字是要求的条数，一条要求可能由几条规则来查，一条规则也可能查几条要求；\
各列的含义：

- 规则：有规则来查。
- 词表：由规则按词表、年表等逐项来查。
- 版面：纸张、字体、位置、分页等，文本里没有，需要版面信息。
- 两可：两种写法都合法，或属文风取舍，报了只会扰人。
- 难判：要懂文意或知道文外的事，单看文字不能判定。
- 待做：单看文字可以判定，程序还做不到。
";

/// What is done about a requirement, as the data and the table name it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Status(usize);

const STATUSES: [(&str, &str); 6] = [
    ("rule", "规则"),
    ("table", "词表"),
    ("layout", "版面"),
    ("taste", "两可"),
    ("undecidable", "难判"),
    ("engine", "待做"),
];

const LAYOUT: Status = Status(2);

impl Status {
    fn name(self) -> &'static str {
        STATUSES[self.0].1
    }

    /// Whether a rule sees to it.
    fn is_done(self) -> bool {
        self.0 < LAYOUT.0
    }
}

/// A line of the data: a requirement, or several of one sort.
struct Requirement<'a> {
    standard: &'a str,
    clause: &'a str,
    words: &'a str,
    status: Status,
    count: usize,
    reason: &'a str,
}

impl<'a> Requirement<'a> {
    fn read(line: &'a str) -> Option<Requirement<'a>> {
        let [standard, clause, words, status, _rules, count, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        let status = Status(STATUSES.iter().position(|(name, _)| *name == status)?);
        Some(Requirement { standard, clause, words, status, count: count.parse().ok()?, reason })
    }

    /// `难判`, or `难判，10项`.
    fn sort(&self) -> String {
        match self.count {
            1 => self.status.name().to_owned(),
            count => format!("{}，{count}项", self.status.name()),
        }
    }

    /// `5.1.1 点号不重复`.
    fn place(&self) -> String {
        match self.clause {
            "" => plain(self.words),
            clause => format!("{} {}", plain(clause), plain(self.words)),
        }
    }
}

/// The section.
pub(super) fn section() -> String {
    let lines = DATA.lines().filter(|line| !line.starts_with('#')).skip(1);
    let all: Vec<Requirement> =
        lines.map(|line| Requirement::read(line).unwrap_or_else(|| panic!("rules/coverage.tsv: {line}"))).collect();
    let standards: Vec<&[Requirement]> = all.chunk_by(|one, next| one.standard == next.standard).collect();
    let mut text = OPENING.to_owned();
    text.push_str(&counts(&standards, &all));
    text.push_str("\n### 需要版面信息\n\n");
    for requirements in &standards {
        let places: Vec<String> =
            requirements.iter().filter(|one| one.status == LAYOUT).map(Requirement::place).collect();
        if !places.is_empty() {
            text.push_str(&format!("- {}：{}\n", plain(requirements[0].standard), places.join("；")));
        }
    }
    for requirements in &standards {
        let left: Vec<&Requirement> =
            requirements.iter().filter(|one| !one.status.is_done() && one.status != LAYOUT).collect();
        if left.is_empty() {
            continue;
        }
        text.push_str(&format!("\n### {}\n\n", plain(requirements[0].standard)));
        for one in left {
            text.push_str(&format!("- {}（{}）：{}\n", one.place(), one.sort(), plain(one.reason)));
        }
    }
    text
}

/// Per standard, how many requirements are of each status.
fn counts(standards: &[&[Requirement]], all: &[Requirement]) -> String {
    let names = STATUSES.map(|(_, name)| name).join(" | ");
    let mut text = format!("\n| 依据 | {names} | 合计 |\n|---|{}---|\n", "---|".repeat(STATUSES.len()));
    let mut row = |name: &str, requirements: &[Requirement]| {
        let mut cells = [0; STATUSES.len()];
        for one in requirements {
            cells[one.status.0] += one.count;
        }
        let total: usize = cells.iter().sum();
        text.push_str(&format!("| {name} | {} | {total} |\n", cells.map(|count| count.to_string()).join(" | ")));
    };
    for requirements in standards {
        row(&plain(requirements[0].standard), requirements);
    }
    row("合计", all);
    text
}
