//! 人民币壹拾贰万元整（￥120000元）: a sum of money in capital numerals against the same in figures.

use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One sum of money, written in capital numerals and in figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Capital {
    /// 大写金额所在的槽位。
    pub capital: String,
    /// 小写金额所在的槽位，可带万、亿。
    pub figure: String,
}

impl Capital {
    pub(super) fn slots(&self) -> Vec<&str> {
        vec![&self.capital, &self.figure]
    }

    pub(super) fn judge(&self, case: &Case<'_>) -> Option<Hit> {
        let found = case.found?;
        let (capital, figure) = (found.slot(&self.capital)?, found.slot(&self.figure)?);
        let sum = read_capital(case.slice(capital))?;
        let stated = read_figure(case, figure)?;
        (sum != stated).then(|| {
            Hit::at(figure)
                .hole("expected", sum.normalize().to_string())
                .hole("working", case.slice(capital))
                .related(capital, "大写")
        })
    }
}

/// The sum that capital numerals say: 叁佰贰拾陆万元整, 壹仟零伍元叁角. None for what is not written in full.
fn read_capital(text: &str) -> Option<Decimal> {
    let (mut total, mut group, mut digit) = (Decimal::ZERO, Decimal::ZERO, None);
    let mut yuan = false;
    for c in text.chars() {
        let place = |digit: &mut Option<u32>, times: Decimal| Decimal::from(digit.take().unwrap_or(1)) * times;
        match c {
            '零' | '〇' => digit = None,
            '拾' | '十' => group += place(&mut digit, Decimal::TEN),
            '佰' | '百' => group += place(&mut digit, Decimal::ONE_HUNDRED),
            '仟' | '千' => group += place(&mut digit, Decimal::ONE_THOUSAND),
            '万' | '萬' | '亿' => {
                group += Decimal::from(digit.take().unwrap_or(0));
                let times = Decimal::from(if c == '亿' { 100_000_000 } else { 10_000 });
                // 壹万亿 is as many times 亿 as stand before it.
                total = if c == '亿' { (total + group) * times } else { total + group * times };
                group = Decimal::ZERO;
            }
            '元' | '圆' | '圓' => {
                total += group + Decimal::from(digit.take().unwrap_or(0));
                (group, yuan) = (Decimal::ZERO, true);
            }
            '角' => total += Decimal::new(i64::from(digit.take()?), 1),
            '分' => total += Decimal::new(i64::from(digit.take()?), 2),
            '整' | '正' => {}
            _ => {
                let value = "壹贰叁肆伍陆柒捌玖".chars().position(|known| known == c)?;
                if digit.replace(value as u32 + 1).is_some() {
                    return None;
                }
            }
        }
    }
    (yuan && digit.is_none() && !total.is_zero()).then_some(total)
}

/// The number that figures say: 3,260,000.00, 12万.
fn read_figure(case: &Case<'_>, span: Span) -> Option<Decimal> {
    let text = case.slice(span);
    let (digits, times) = match text
        .strip_suffix('万')
        .map(|rest| (rest, 10_000))
        .or(text.strip_suffix('亿').map(|rest| (rest, 100_000_000)))
    {
        Some((rest, times)) => (rest, times),
        None => (text, 1),
    };
    let digits: String = digits.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    digits.parse::<Decimal>().ok().map(|number| number * Decimal::from(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_read() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(read_capital(text).map(|sum| sum.normalize().to_string()).as_deref(), expected, "{text}");
        };
        check("壹拾贰万元整", Some("120000"));
        check("叁佰贰拾陆万元整", Some("3260000"));
        check("拾伍元", Some("15"));
        check("壹仟零伍元叁角", Some("1005.3"));
        check("壹亿零叁佰万零肆拾元零伍分", Some("103000040.05"));
        check("玖拾捌万柒仟陆佰伍拾肆元叁角贰分", Some("987654.32"));
        check("壹贰元", None);
        check("壹佰", None);
    }
}
