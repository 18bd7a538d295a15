//! Rates whose total or count stands in another clause or the sentence before, where the slip shows or nothing else stands there.

use super::verdict::{Factor, Verdict, is_total};
use super::{FAR, Outcome, Rate, several};
use crate::document::Document;
use crate::document::part::PartKind;
use crate::document::value::{Value, ValueKind};
use crate::kind::compare::{clause_before, is_change, is_rate, segment};
use crate::kind::{Case, Hit};
use crate::source::Span;
use rust_decimal::Decimal;

/// How few digits of a number show a slip: a number of three digits has one of its slips by chance in three of a hundred cases.
const DIGITS: usize = 3;
/// A product this many times what it should be is another matter, where nothing names the total.
const CLOSE: f64 = 6.0;

impl<'d> Rate<'d> {
    /// Looks further and further for what agrees, and for what a slip keeps from it.
    pub(super) fn near(&self, case: &Case<'d>) -> Option<Hit> {
        let document = case.document;
        if !self.value.is_exact() && !self.averaged {
            return None;
        }
        let own = segment(document, self.value.span);
        if let Some(hit) = self.alone(case, own) {
            return hit;
        }
        let sentence = document.enclosing(PartKind::Sentence, self.value.span)?.span;
        // 一等奖2名，每名3000元；二等奖5名，每名2000元，合计1.6万元
        match several::judge(case, self, sentence) {
            Some(Outcome::Wrong(hit)) => return Some(hit),
            Some(_) => return None,
            None => {}
        }
        let previous = document.parts(PartKind::Sentence).iter().rfind(|part| part.span.end <= sentence.start);
        let line = document.line_at(self.value.span.start).span;
        let before = previous
            .map(|part| part.span)
            .filter(|span| line.contains(*span))
            .map_or(sentence, |span| Span::new(span.start, sentence.end));
        let mut found = None;
        for around in [own, sentence, before] {
            let values = self.candidates(document, around);
            let verdicts = self.verdicts(case, around, &values)?;
            if verdicts.iter().any(|verdict| verdict.right) {
                return None;
            }
            found = found.or_else(|| self.slipped(case, &values, verdicts));
        }
        found.or_else(|| self.ahead(case, sentence))
    }

    /// The values of a stretch, of a whole and its parts the whole only; what stands in brackets is of last year or the like.
    fn candidates(&self, document: &'d Document, around: Span) -> Vec<&'d Value> {
        let own = document.enclosing(PartKind::Bracket, self.value.span).map(|part| part.span);
        let bracket = |value: &Value| document.enclosing(PartKind::Bracket, value.span).map(|part| part.span);
        let values: Vec<&Value> = self
            .others(document, around)
            .into_iter()
            .filter(|value| bracket(value).is_none_or(|span| Some(span) == own))
            .collect();
        let within = |value: &Value| {
            let own = segment(document, value.span);
            document.slice(Span::new(own.start, value.span.start)).contains("其中")
        };
        let (parts, wholes): (Vec<&Value>, Vec<&Value>) = values.into_iter().partition(|value| within(value));
        let whole = |part: &&Value| wholes.iter().any(|whole| document.slice(whole.unit) == document.slice(part.unit));
        let mut kept: Vec<&Value> =
            parts.into_iter().filter(|part| !whole(part)).chain(wholes.iter().copied()).collect();
        kept.sort_by_key(|value| value.span.start);
        kept
    }

    /// The verdict of the nearest total and the nearest counts, where a slip explains it.
    fn slipped(&self, case: &Case<'d>, values: &[&'d Value], verdicts: Vec<Verdict<'d>>) -> Option<Hit> {
        let document = case.document;
        let is_named = |total: &Value| {
            if self.averaged {
                total.span.end <= self.value.span.start
            } else {
                is_total(document, total)
                    && (!is_rate(document, total) || clause_before(document, total).contains('共'))
            }
        };
        let distance = |value: &Value| {
            if value.span.end <= self.value.span.start {
                self.value.span.start - value.span.end
            } else {
                value.span.start - self.value.span.end
            }
        };
        let mut totals: Vec<&Value> =
            values.iter().copied().filter(|value| self.total(case, value).is_some() && is_named(value)).collect();
        totals.sort_by_key(|total| distance(total));
        let total = totals.first()?;
        let own: Vec<Verdict<'d>> = verdicts.into_iter().filter(|verdict| verdict.total.span == total.span).collect();
        let far = |verdict: &Verdict<'_>| {
            verdict.factors.iter().filter_map(|factor| factor.value).map(distance).max().unwrap_or(0)
        };
        let nearest = own.iter().min_by_key(|verdict| far(verdict))?;
        // 慰问标准为每户500元，共需85万元: with its total beside it, only the count stands elsewhere, and there is but one.
        let beside = !self.averaged
            && own.len() == 1
            && segment(document, self.value.span).contains(total.span)
            && case.slice(Span::new(self.value.span.end.min(total.span.start), total.span.start)).contains('共');
        nearest.is_slip(self, if beside { 2 } else { DIGITS }).then(|| self.hit(case, nearest))?
    }

    /// Where the segment holds the rate, one total, the counts and no further amount, these belong together.
    fn alone(&self, case: &Case<'d>, own: Span) -> Option<Option<Hit>> {
        let document = case.document;
        let amount = |value: &&&Value| {
            matches!(value.kind, ValueKind::Amount | ValueKind::Percent | ValueKind::Number)
                && value.low > Decimal::ZERO
        };
        let group = |value: &Value| case.document.text()[..value.span.start].ends_with('每');
        let all = self.others(document, own);
        let values: Vec<&Value> = all.iter().filter(amount).copied().filter(|value| !group(value)).collect();
        if values.iter().any(|value| !value.is_exact() || is_change(document, value))
            || values.len() > 1 + self.divisors.len()
        {
            return None;
        }
        let mut verdicts = self.verdicts(case, own, &values)?.into_iter();
        let Some(verdict) = verdicts.next() else { return self.by_subject(case, &values) };
        let complete = values.len() == 1 + verdict.factors.iter().filter(|factor| factor.value.is_some()).count();
        if verdicts.next().is_some() || !complete || verdict.right {
            return None;
        }
        // What is set for each need not have been done: the total stands with its count, or is one by name.
        let counted = verdict
            .factors
            .iter()
            .filter_map(|factor| factor.value)
            .all(|value| self.is_closed(case, value, verdict.total));
        // 按每班40人测算: nothing else is reckoned with it.
        let set = self.clause.contains('按')
            && ["测算", "计算", "核定", "核算"]
                .iter()
                .any(|word| case.document.text()[self.value.span.end..].starts_with(word));
        let sure =
            (counted || set) && verdict.apart() <= CLOSE || verdict.apart() <= FAR && verdict.is_slip(self, DIGITS);
        sure.then(|| self.hit(case, &verdict))
    }

    /// 分会场每个乡镇组织30人，15个分会场共450人: the rate's clause names what the count is of.
    fn by_subject(&self, case: &Case<'d>, values: &[&'d Value]) -> Option<Option<Hit>> {
        let [count, total] = values else { return None };
        let stated = self.total(case, total)?;
        let between = case.slice(Span::new(count.span.end, total.span.start));
        let noun = between.split('共').next().filter(|noun| noun.chars().count() > 1 && between.ends_with('共'))?;
        if self.value.span.end > count.span.start
            || !self.clause.contains(noun)
            || self.divisors.len() > 1
            || self.averaged
        {
            return None;
        }
        let verdict = Verdict::new(self, total, stated, vec![Factor::of(count, 1.0)]);
        (!verdict.right && verdict.apart() <= CLOSE).then(|| self.hit(case, &verdict))
    }

    /// The sentence after, where what is set for each is added up: 每个考场2名监考员。168个考场共需监考员336名.
    fn ahead(&self, case: &Case<'d>, sentence: Span) -> Option<Hit> {
        let document = case.document;
        let next = document.parts(PartKind::Sentence).iter().find(|part| part.span.start >= sentence.end)?.span;
        if self.averaged || !document.line_at(self.value.span.start).span.contains(next) {
            return None;
        }
        let values = self.candidates(document, next);
        let verdicts = self.verdicts(case, next, &values)?;
        if verdicts.iter().any(|verdict| verdict.right) {
            return None;
        }
        // Of several totals, the first called what the rate is.
        let alike = |verdict: &Verdict<'_>| {
            let name = clause_before(document, verdict.total).chars().rev();
            name.zip(self.clause.chars().rev()).take_while(|(a, b)| a == b).count()
        };
        let summed = |verdict: &&Verdict<'_>| {
            clause_before(document, verdict.total).contains('共')
                || case.slice(Span::new(next.start, verdict.total.span.start)).contains("共需")
        };
        let verdict = verdicts
            .iter()
            .rev()
            .filter(summed)
            .max_by_key(|verdict| alike(verdict))
            .filter(|verdict| alike(verdict) > 1)?;
        (verdict.apart() <= CLOSE || verdict.is_slip(self, DIGITS)).then(|| self.hit(case, verdict))?
    }

    /// Whether a count and a total stand on one side of the rate, next to it, or the total right before the count and its rate.
    fn is_closed(&self, case: &Case<'d>, count: &Value, total: &Value) -> bool {
        let text = case.document.text();
        let ends =
            text[self.value.span.end..].starts_with(['。', '；', '，', '\n']) || self.value.span.end == text.len();
        let (count, total, rate) = (count.span, total.span, self.value.span);
        if !ends || is_other(case.document, total) && !self.averaged {
            return false;
        }
        if count.end <= rate.start && total.end <= rate.start {
            let between = case.slice(Span::new(count.end.max(total.end), rate.start));
            return between.matches(['，', '、']).count() <= 1 && between.chars().count() <= 16;
        }
        false
    }
}

/// Whether what is said of a total makes it that of something else.
fn is_other(document: &Document, total: Span) -> bool {
    let before = &document.text()[..total.start];
    let clause = &before[before.rfind(['，', '。', '；', '\n']).unwrap_or(0)..];
    ["每", "新", "另", "拟", "其他", "其余", "已"].iter().any(|word| clause.contains(word))
}
