//! 78×40%+82×60%=80.4: a sum written out, and what it is said to come to.

use super::times_apart;
use crate::kind::{Case, Hit};
use serde::{Deserialize, Serialize};
use std::iter::Peekable;
use std::vec::IntoIter;

/// A formula and its result.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// 算式所在的槽位：数、四则运算符和括号，数后可带“%”“万”“亿”和计量单位。
    pub formula: String,
    /// 得数所在的槽位。
    pub result: String,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    Number(f64),
    Plus,
    Minus,
    Times,
    Divided,
    Open,
    Close,
}

impl Formula {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.formula, &self.result]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let place = case.found?.slot(&self.formula)?;
        let result = case.found?.slot(&self.result)?;
        let numerals = case.slice(result).trim_end_matches(['万', '亿']);
        let [Token::Number(stated)] = tokens(numerals)?[..] else { return None };
        let word = &case.slice(result)[numerals.len()..];
        let scale = match word {
            "万" => 1e4,
            "亿" => 1e8,
            _ => 1.0,
        };
        let computed = value_of(case.slice(place))?;
        let decimals = numerals.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
        // Decimals are cut off as often as rounded; 100×1.5%=1.5万元 reckons in 万元, a share in percent.
        let slack = 10_f64.powi(-i32::try_from(decimals).ok()?) * 1.001;
        let readings = [computed / scale, computed, computed * 100.0];
        if readings.iter().any(|reading| (reading - stated).abs() <= slack) {
            return None;
        }
        let meant = readings.into_iter().min_by(|a, b| times_apart(*a, stated).total_cmp(&times_apart(*b, stated)))?;
        let expected = format!("{:.*}", decimals.max(2), meant);
        let expected = expected.trim_end_matches('0').trim_end_matches('.');
        Some(
            Hit::at(result)
                .hole("expected", format!("{expected}{word}"))
                .hole("working", case.slice(place))
                .related(place, "算式"),
        )
    }
}

/// What a formula comes to; none where it is not one from end to end.
fn value_of(formula: &str) -> Option<f64> {
    let tokens = tokens(formula)?;
    if !tokens.iter().any(|token| matches!(token, Token::Plus | Token::Minus | Token::Times | Token::Divided)) {
        return None;
    }
    let mut tokens = tokens.into_iter().peekable();
    let value = sum(&mut tokens)?;
    (tokens.next().is_none() && value.is_finite()).then_some(value)
}

fn tokens(formula: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = formula.trim();
    while let Some(c) = rest.chars().next() {
        let numerals = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        if numerals > 0 {
            let mut number: f64 = rest[..numerals].replace(',', "").parse().ok()?;
            rest = &rest[numerals..];
            let unit = rest.find(|c: char| "+＋-－−×✕*÷/（）()0123456789 ".contains(c)).unwrap_or(rest.len());
            number *= match rest[..unit].chars().next() {
                Some('%' | '％') => 0.01,
                Some('万') => 1e4,
                Some('亿') => 1e8,
                _ => 1.0,
            };
            rest = &rest[unit..];
            tokens.push(Token::Number(number));
            continue;
        }
        tokens.push(match c {
            '+' | '＋' => Token::Plus,
            '-' | '－' | '−' => Token::Minus,
            '×' | '✕' | '*' => Token::Times,
            '÷' | '/' => Token::Divided,
            '（' | '(' => Token::Open,
            '）' | ')' => Token::Close,
            _ => return None,
        });
        rest = rest[c.len_utf8()..].trim_start();
    }
    Some(tokens)
}

type Tokens = Peekable<IntoIter<Token>>;

fn sum(tokens: &mut Tokens) -> Option<f64> {
    let mut value = product(tokens)?;
    loop {
        match tokens.peek() {
            Some(Token::Plus) => {
                tokens.next();
                value += product(tokens)?;
            }
            Some(Token::Minus) => {
                tokens.next();
                value -= product(tokens)?;
            }
            _ => return Some(value),
        }
    }
}

fn product(tokens: &mut Tokens) -> Option<f64> {
    let mut value = term(tokens)?;
    loop {
        match tokens.peek() {
            Some(Token::Times) => {
                tokens.next();
                value *= term(tokens)?;
            }
            Some(Token::Divided) => {
                tokens.next();
                value /= term(tokens)?;
            }
            _ => return Some(value),
        }
    }
}

fn term(tokens: &mut Tokens) -> Option<f64> {
    match tokens.next()? {
        Token::Number(number) => Some(number),
        Token::Open => {
            let value = sum(tokens)?;
            (tokens.next()? == Token::Close).then_some(value)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn formulas_are_reckoned() {
        let check = |formula: &str, value: f64| assert!((value_of(formula).unwrap() - value).abs() < 1e-9, "{formula}");
        check("78×40%+82×40%+41×2×20%", 80.4);
        check("100×1.5%+（320－100）×1.1%", 3.92);
        check("120人×5天×60元", 36000.0);
        check("1.2万亩×300元/2", 1_800_000.0);
        assert!(value_of("320").is_none());
        assert!(value_of("（320+1").is_none());
    }
}
