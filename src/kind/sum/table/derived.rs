//! Columns that follow from others: shares, rates, growth, differences, products. What a column is shows in its header, and is
//! proven by its other rows: where nearly all agree, the one that does not is wrong.

use super::super::slip;
use super::Reader;
use crate::document::value::Value;
use crate::kind::Hit;
use crate::source::Span;
use rust_decimal::{Decimal, RoundingStrategy};

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// Half of the last digit shown.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Fewer rows than these prove nothing.
const FEWEST: usize = 4;

/// How a column follows from others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// a ÷ b in percent.
    Share,
    /// (a − b) ÷ b in percent.
    Growth,
    /// a − b.
    Difference,
    /// a × b, the factor being of one yuan and the product of ten thousand, or of the same.
    Product(Decimal),
}

/// What the header of a column says that it is.
const TITLES: &[(&[&str], &[Relation])] = &[
    (&["占", "比重", "比例", "构成", "率", "完成", "为预算", "为上年", "为调整", "为计划"], &[Relation::Share]),
    (&["增", "减", "同比", "变动", "升降"], &[Relation::Growth, Relation::Difference]),
    (&["结余", "差", "剩", "缺", "结转", "余额", "未", "净"], &[Relation::Difference]),
    (&["金额", "总价", "合计", "小计", "总额", "经费", "资金", "费用", "预算"], &PRODUCTS),
];

const PRODUCTS: [Relation; 2] =
    [Relation::Product(Decimal::ONE), Relation::Product(Decimal::from_parts(1, 0, 0, false, 4))];

/// Up to how many columns a table has whose columns are compared with each other.
const MOST_COLUMNS: usize = 12;

/// A figure of a column, and those it follows from.
struct Row<'d> {
    figure: Figure<'d>,
    first: Figure<'d>,
    second: Second<'d>,
}

/// What a cell says, below nought where a minus stands before it.
#[derive(Clone, Copy)]
struct Figure<'d> {
    value: &'d Value,
    number: Decimal,
}

/// The second operand: a cell, or the days of the year.
#[derive(Clone, Copy)]
enum Second<'d> {
    Cell(Figure<'d>),
    Days(Decimal),
}

impl Second<'_> {
    fn number(&self) -> Decimal {
        match self {
            Second::Cell(figure) => figure.number,
            Second::Days(days) => *days,
        }
    }
}

impl Relation {
    /// What the figure must be, without rounding; none where it cannot be said.
    fn of(self, a: Decimal, b: Decimal) -> Option<Decimal> {
        match self {
            Relation::Share => (a * HUNDRED).checked_div(b),
            Relation::Growth => ((a - b) * HUNDRED).checked_div(b),
            Relation::Difference => Some(a - b),
            Relation::Product(scale) => a.checked_mul(b)?.checked_mul(scale),
        }
    }

    /// How far the figure may be off as the two are rounded themselves.
    fn slack(self, a: Figure<'_>, b: Second<'_>) -> Decimal {
        let off = |value: &Value| if value.step == Decimal::ONE { Decimal::ZERO } else { value.step * HALF };
        let b_off = match b {
            Second::Cell(figure) => off(figure.value),
            Second::Days(_) => Decimal::ZERO,
        };
        let number = b.number();
        match self {
            Relation::Difference => off(a.value) + b_off,
            Relation::Product(scale) => (off(a.value) * number.abs() + b_off * a.number.abs()) * scale,
            Relation::Share | Relation::Growth => {
                let quotient = (a.number / number).abs();
                HUNDRED * (off(a.value) / number.abs() + quotient * b_off / number.abs())
            }
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Relation::Share => "÷",
            Relation::Growth | Relation::Difference => "-",
            Relation::Product(_) => "×",
        }
    }
}

/// Whether one of the three numbers with a digit put right makes them agree; what differs otherwise was worked out otherwise,
/// such as growth at comparable prices.
fn is_slip(row: &Row<'_>, relation: Relation, allowed: Decimal) -> bool {
    let Row { figure, first, second } = row;
    let signed = |figure: &Figure<'_>| {
        let minus = figure.number.is_sign_negative();
        slip::meant(figure.value).into_iter().map(move |number| if minus { -number } else { number })
    };
    let agree = |figure: Decimal, a: Decimal, b: Decimal| {
        relation.of(a, b).is_some_and(|exact| (exact - figure).abs() <= allowed)
    };
    signed(figure).chain([-figure.number]).any(|meant| agree(meant, first.number, second.number()))
        || signed(first).any(|meant| agree(figure.number, meant, second.number()))
        || matches!(second, Second::Cell(cell) if signed(cell).any(|meant| agree(figure.number, first.number, meant)))
}

impl<'d> Reader<'_, 'd> {
    /// Each column that its header and most of its rows say is derived from others must be so in all rows.
    pub(super) fn derived(&self, hits: &mut Vec<Hit>) {
        if self.header.len() > MOST_COLUMNS || self.grid.rows.len() <= FEWEST {
            return;
        }
        for column in 1..self.header.len() {
            let title = &self.header[column];
            let relations = TITLES
                .iter()
                .filter(|(words, _)| words.iter().any(|word| title.contains(word)))
                .flat_map(|(_, relations)| *relations);
            let mut found = relations.filter_map(|relation| self.related(column, *relation));
            if let Some(mut wrong) = found.next() {
                hits.append(&mut wrong);
            }
        }
    }

    /// The rows in which a column is not what its other rows prove that it is.
    fn related(&self, column: usize, relation: Relation) -> Option<Vec<Hit>> {
        let columns = || (1..self.header.len()).filter(move |other| *other != column);
        let pairs = columns().flat_map(|a| columns().map(move |b| (a, b))).filter(|(a, b)| a != b);
        let of_columns = pairs.map(|(a, b)| self.rows(column, a, |row| self.figure(row, b).map(Second::Cell)));
        let of_whole = columns()
            .filter(|_| relation == Relation::Share)
            .flat_map(|a| self.wholes(column, a).into_iter().map(move |whole| (a, whole)));
        let of_whole = of_whole.map(|(a, whole)| self.rows(column, a, |_| Some(whole)));
        of_whole.chain(of_columns).find_map(|rows| self.odd_ones(&rows, relation))
    }

    /// What all figures of a column may be shares of: its total, or the days of a year.
    fn wholes(&self, column: usize, of: usize) -> Vec<Second<'d>> {
        let full = |row: &usize| {
            self.value(*row, column).is_some_and(|share| share.low == HUNDRED) && self.value(*row, of).is_some()
        };
        let total = (1..self.grid.rows.len()).find(full).and_then(|row| self.figure(row, of)).map(Second::Cell);
        let days = self.header[of].contains("天数").then_some([365, 366].map(|days| Second::Days(Decimal::from(days))));
        total.into_iter().chain(days.into_iter().flatten()).collect()
    }

    /// The number of a cell: 52300, -3.3.
    fn figure(&self, row: usize, column: usize) -> Option<Figure<'d>> {
        if let Some(value) = self.value(row, column) {
            return Some(Figure { value, number: value.low });
        }
        let span = self.grid.rows[row].get(column).copied().flatten()?;
        let bare = self.case.slice(span).strip_prefix(['-', '－', '−', '—'])?;
        let value = super::plain(self.case, Span::new(span.end - bare.len(), span.end))?;
        Some(Figure { value, number: -value.low })
    }

    fn rows(&self, column: usize, a: usize, second: impl Fn(usize) -> Option<Second<'d>>) -> Vec<Row<'d>> {
        let row = |row: usize| {
            Some(Row { figure: self.figure(row, column)?, first: self.figure(row, a)?, second: second(row)? })
        };
        (1..self.grid.rows.len()).filter_map(row).filter(|row| !row.second.number().is_zero()).collect()
    }

    /// The rows that differ; none where they are too many for the relation to be meant.
    fn odd_ones(&self, rows: &[Row<'d>], relation: Relation) -> Option<Vec<Hit>> {
        if rows.len() < FEWEST {
            return None;
        }
        let expected = |row: &Row<'_>| {
            let exact = relation.of(row.first.number, row.second.number())?;
            Some(exact.round_dp_with_strategy(
                row.figure.value.step.normalize().scale(),
                RoundingStrategy::MidpointAwayFromZero,
            ))
        };
        let off = |row: &Row<'_>| expected(row).map(|expected| (expected - row.figure.number).abs());
        let exactly = |row: &&Row<'_>| off(row).is_some_and(|off| off <= row.figure.value.step);
        let right = rows.iter().filter(exactly).count();
        // What holds of nothing but noughts, or of one row in four only, is no relation.
        if right < FEWEST - 1
            || (rows.len() - right) * 4 > rows.len()
            || rows.iter().filter(|row| !row.figure.number.is_zero()).count() < FEWEST
        {
            return None;
        }
        // Rows that fit to the last digit, though the figures they follow from are rounded more coarsely, were worked out from
        // just these figures.
        let coarse = |row: &&Row<'_>| relation.slack(row.first, row.second) > row.figure.value.step;
        let worked_out = right + 1 == rows.len() && rows.iter().filter(exactly).filter(coarse).count() >= FEWEST - 1;
        let slack = |row: &Row<'_>| if worked_out { Decimal::ZERO } else { relation.slack(row.first, row.second) };
        let is_wrong = |row: &&Row<'_>| {
            let allowed = row.figure.value.step + slack(row);
            // What is taken off bears a minus that its factors do not show.
            let taken_off = matches!(relation, Relation::Product(_)) && row.figure.number.is_sign_negative();
            !taken_off && off(row).is_some_and(|off| off > allowed) && is_slip(row, relation, allowed)
        };
        let wrong = rows.iter().filter(is_wrong);
        Some(wrong.filter_map(|row| self.hit(row, relation, expected(row)?)).collect())
    }

    fn hit(&self, row: &Row<'d>, relation: Relation, expected: Decimal) -> Option<Hit> {
        let second = match row.second {
            Second::Cell(figure) => figure.number.normalize().to_string(),
            Second::Days(days) => days.to_string(),
        };
        let first = row.first.number.normalize();
        let working = match relation {
            Relation::Growth => format!("（{first}-{second}）÷{second}"),
            _ => format!("{first}{}{second}", relation.sign()),
        };
        let percent = if matches!(relation, Relation::Share | Relation::Growth) { "%" } else { "" };
        let hit = Hit::at(row.figure.value.span)
            .hole("working", working)
            .hole("total", second)
            .hole("sum", format!("{}{percent}", expected.normalize()))
            .hole("parts", "1".to_owned())
            .related(row.first.value.span, "由此得出");
        Some(match row.second {
            Second::Cell(figure) => hit.related(figure.value.span, "由此得出"),
            Second::Days(_) => hit,
        })
    }
}
