//! Short forms whose noun comes back in what they stand for, and places of several levels written together.

use super::{Listed, Stated};
use crate::document::Document;
use crate::document::character::is_han;
use crate::document::enumeration::same_unit;
use crate::document::part::PartKind;
use crate::document::value::ValueKind;
use crate::source::Span;
use rust_decimal::Decimal;

/// “三个到位”：宣传到位、培训到位、监管到位: how often the noun occurs in the sentence after the colon or bracket, or before
/// the mark.
pub(super) fn echo(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let start = stated.span.start;
    let quote = document.enclosing(PartKind::Quote, Span::at(stated.end)).filter(|quote| quote.text.start == start)?;
    let words = document.slice(Span::new(stated.end, quote.text.end.max(stated.end)));
    let noun = ["个", "大", "项", "张", "类", "种", "条"]
        .iter()
        .find_map(|unit| words.strip_prefix(unit))
        .filter(|noun| !noun.is_empty())
        .unwrap_or(words);
    let length = noun.chars().count();
    if !(1..=4).contains(&length) || !noun.chars().all(is_han) {
        return None;
    }
    let sentence = document.enclosing(PartKind::Sentence, quote.span)?.span;
    let after = document.slice(Span::new(quote.span.end, sentence.end.max(quote.span.end)));
    let before = document.slice(Span::new(sentence.start, quote.span.start));
    let loose = loose_opener(after);
    let place = if let Some(inside) = after.strip_prefix('（') {
        let end = inside.find('）')?;
        Span::new(quote.span.end + '（'.len_utf8(), quote.span.end + '（'.len_utf8() + end)
    } else if let Some(at) = opener(after, length) {
        Span::new(quote.span.end + at, sentence.end)
    } else if let Some(at) = loose {
        let list = Span::new(quote.span.end + at, sentence.end);
        let run = document.slice(list).split(['、', '，', '；', '。']).take_while(|part| part.contains(noun)).count();
        return (run > 2).then(|| Listed::new(run, vec![list]));
    } else {
        let start = before.rfind(['，', '：', '；']).map_or(0, |at| at + '，'.len_utf8());
        Span::new(sentence.start + start, quote.span.start)
    };
    let words = document.slice(place);
    // “五个专项治理”：……，部署开展……“五个专项治理”: the list stands before the form said again.
    if words.contains(document.slice(quote.text)) {
        return None;
    }
    // One character comes back by chance in two words, not in three.
    if length == 1 && words.matches(['、', '，']).count() < 2 {
        return None;
    }
    // Each stands in an entry of its own.
    let found = words.split(['、', '，', '；']).filter(|part| part.contains(noun)).count();
    // Some of a known form may be told after 的要求，.
    if place.start > quote.span.end && !after.starts_with(['：', ':', '（']) && !after.starts_with("，即") && found < 3
    {
        return None;
    }
    let entries = words.trim_end_matches(['。', '，']).split('、').count();
    // All of a list before the mark, and most of one after it.
    let whole = place.end > quote.span.start || entries == found;
    (found > 1 && whole).then(|| Listed::new(found, vec![place]))
}

/// Where the list begins behind a short form: after ：, ，即 or, for a noun of two characters, 的要求，.
fn opener(after: &str, length: usize) -> Option<usize> {
    let near = after.find(['：', '，', ':'])?;
    let words = &after[..near];
    let colon = !after[near..].starts_with('，');
    let told = words.is_empty() && (colon || after[near..].starts_with("，即"));
    let asked = length > 1
        && matches!(words, "要求" | "的要求" | "的原则" | "原则" | "的思路" | "的标准" | "工作机制" | "机制");
    (told || asked).then_some(near)
}

/// “五个一”农村环境提升工程，即一个……、一个……: where what the short form names stands between.
fn loose_opener(after: &str) -> Option<usize> {
    let (at, _) = after.match_indices("，即").next()?;
    let words = &after[..at];
    let plain = words.chars().all(is_han) && words.chars().count() <= 12;
    (plain && !words.is_empty()).then_some(at + "，即".len())
}

/// 早稻3万亩，晚稻4万亩，两项合计7万亩: the amounts before in the unit of the sum.
pub(super) fn added(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = &document.text()[stated.span.end..];
    if !matches!(stated.unit, "项" | "个" | "类" | "者" | "笔" | "处") {
        return None;
    }
    let word = ["合计", "共计", "总计", "相加", "之和", "加起来"].iter().find(|word| text.starts_with(**word))?;
    let sentence = document.enclosing(PartKind::Sentence, stated.span)?.span;
    let at = stated.span.end + word.len();
    let sum =
        document.values_in(Span::new(at, sentence.end.max(at))).first().filter(|sum| sum.kind == ValueKind::Amount)?;
    let before = document.values_in(Span::new(sentence.start, stated.span.start));
    let alike: Vec<Span> =
        before.iter().filter(|value| same_unit(document, value, sum)).map(|value| value.span).collect();
    let one_each = before.iter().filter(|value| value.kind == ValueKind::Amount).count() == alike.len();
    // 余额27800元，折合200元；基础养老金185元，两项合计385元: the last ones are meant.
    let last = before.iter().rev().filter(|value| same_unit(document, value, sum)).take(stated.number);
    if alike.len() > stated.number && last.map(|value| value.low).sum::<Decimal>() == sum.low {
        return None;
    }
    (alike.len() > 1 && one_each).then(|| Listed::new(alike.len(), alike))
}

/// 三个关键：对党员，……；对干部，……；对群众，……: the clauses that begin with one word.
pub(super) fn parallel(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let line = document.line_at(stated.span.start).span;
    let rest = document.slice(Span::new(stated.span.end, line.end.max(stated.span.end)));
    let colon = rest.find(['：', '。'])?;
    let noun = &rest[..colon];
    if noun.chars().count() > 6 || !noun.chars().all(is_han) {
        return None;
    }
    let start = stated.span.end + colon + '：'.len_utf8();
    let sentence = document.enclosing(PartKind::Sentence, Span::at(start)).map_or(line, |sentence| sentence.span);
    let list = Span::new(start, sentence.end.min(line.end).max(start));
    let parts: Vec<&str> = document.slice(list).split('；').collect();
    let heads = || parts.iter().map(|part| part.split(['，', '（']).next().unwrap_or_default());
    // 四个阶段：启动阶段（2月），……；实施阶段，……；验收阶段，……: each begins with its own name.
    let rest_of_line = document.slice(Span::new(list.end, line.end.max(list.end)));
    let is_name = |head: &str| head.len() > noun.len() && head.ends_with(noun) && head.chars().count() <= 12;
    if noun.chars().count() > 1 && parts.len() > 1 && heads().all(is_name) && !rest_of_line.contains(noun) {
        return Some(Listed::new(parts.len(), vec![list]));
    }
    let lead = parts[0].chars().next().filter(|lead| "对在从向抓".contains(*lead))?;
    // Of a sentence of its own the clauses must name the noun: 三个环节。在摸底环节，…….
    let own = rest[colon..].starts_with('。');
    let fits = |head: &str| head.starts_with(lead) && head.chars().count() <= 12 && (!own || head.ends_with(noun));
    (parts.len() > 1 && heads().all(fits)).then(|| Listed::new(parts.len(), vec![list]))
}

/// 市县两级: more levels than there are places written together.
pub(super) fn places(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = document.text();
    let head = &text[..stated.span.start];
    let run: Vec<char> = head.chars().rev().take_while(|c| "国部省市州盟县区旗乡镇街村社组".contains(*c)).collect();
    let start = stated.span.start - run.iter().map(|c| c.len_utf8()).sum::<usize>();
    let lead = text[..start].chars().next_back();
    let apart = lead.is_none_or(|c| {
        matches!(c, '，' | '。' | '；' | '：' | '、' | '“' | '\n' | '的' | '了' | '和' | '由' | '在' | '按')
    });
    let listed = lead == Some('、');
    let found = run.len();
    let wrong = stated.number > found || apart;
    (found > 1 && wrong && !listed).then(|| Listed::new(found, vec![Span::new(start, stated.span.start)]))
}

/// 八大类商品价格“六涨二降”: the numbers in the short form behind it.
pub(super) fn shared(document: &Document, stated: &Stated<'_>) -> Option<Listed> {
    let text = document.text();
    let line = document.line_at(stated.span.start).span;
    let open = stated.end + text[stated.end..line.end.max(stated.end)].find('“')?;
    let quote = document.parts(PartKind::Quote).iter().find(|quote| quote.span.start == open)?;
    let digit = |c: char| "一二三四五六七八九十".chars().position(|digit| digit == c).map(|at| at + 1);
    let words: Vec<char> = document.slice(quote.text).chars().collect();
    let pairs: Vec<(usize, char)> = words.chunks(2).filter_map(|pair| Some((digit(pair[0])?, *pair.get(1)?))).collect();
    let moves = pairs.len() * 2 == words.len() && pairs.iter().all(|(_, way)| "涨降平升增减持".contains(*way));
    let found = pairs.iter().map(|(number, _)| number).sum();
    (moves && pairs.len() > 1).then(|| Listed::new(found, vec![quote.span]))
}
