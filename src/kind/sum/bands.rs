//! Names that divide a scale, or the year, without a gap: 35岁以下, 36岁至45岁, 46岁以上; 4—9月, 10月至次年3月.

use crate::document::character::digit;

/// A stretch of a scale; none is open on that side.
type Band = (Option<u32>, Option<u32>);

/// Whether the names divide a whole scale, each value belonging to one of them.
pub(super) fn divide(names: &[&str]) -> bool {
    let numbered = names.iter().all(|name| name.contains(|c: char| digit(c).is_some()));
    names.len() > 1 && numbered && (divide_scale(names) || divide_year(names))
}

fn divide_scale(names: &[&str]) -> bool {
    let Some(mut bands) = names.iter().map(|name| band(name)).collect::<Option<Vec<Band>>>() else { return false };
    bands.sort_unstable();
    let open = bands[0].0.is_none() && bands[bands.len() - 1].1.is_none();
    let joined = |pair: &[Band]| match (pair[0].1, pair[1].0) {
        (Some(end), Some(start)) => start == end || start == end + 1,
        _ => false,
    };
    open && bands.windows(2).all(joined)
}

fn divide_year(names: &[&str]) -> bool {
    let Some(spans) = names.iter().map(|name| months(name)).collect::<Option<Vec<_>>>() else { return false };
    let mut covered = [false; 12];
    for (first, last) in spans {
        let long = (last + 12 - first) % 12;
        for month in (0..=long).map(|step| ((first - 1 + step) % 12) as usize) {
            if std::mem::replace(&mut covered[month], true) {
                return false;
            }
        }
    }
    covered.iter().all(|month| *month)
}

/// 36 and 45 of 36岁至45岁.
fn band(name: &str) -> Option<Band> {
    let numbers = numbers(name);
    let below = ["以下", "以内", "不满", "不足"].iter().any(|word| name.contains(word));
    let above = ["以上", "超过"].iter().any(|word| name.contains(word));
    match (numbers.as_slice(), below, above) {
        ([high], true, false) => Some((None, Some(*high))),
        ([low], false, true) => Some((Some(*low), None)),
        ([low, high], false, false) if low < high => Some((Some(*low), Some(*high))),
        // 20万元以上50万元以下.
        ([low, high], true, true) if low < high => Some((Some(*low), Some(*high))),
        _ => None,
    }
}

/// 10 and 3 of 10月至次年3月.
fn months(name: &str) -> Option<(u32, u32)> {
    match (numbers(name).as_slice(), name.contains('月')) {
        (&[first, last], true) if (1..=12).contains(&first) && (1..=12).contains(&last) => Some((first, last)),
        _ => None,
    }
}

fn numbers(name: &str) -> Vec<u32> {
    name.split(|c: char| digit(c).is_none()).filter_map(|run| run.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn scales_are_divided_without_a_gap() {
        for names in [
            &["35岁及以下的", "36岁至45岁的", "46岁及以上的"][..],
            &["50万元以下的", "50万元以上100万元以下的", "100万元以上的"],
            &["4—9月", "10月至次年3月"],
        ] {
            assert!(divide(names), "{names:?}");
        }
        for names in [
            &["35岁以下的", "46岁以上的"][..],
            &["35岁以下的", "60岁以下的"],
            &["30岁至45岁", "46岁至60岁"],
            &["4—9月", "7月至8月"],
            &["男", "女"],
        ] {
            assert!(!divide(names), "{names:?}");
        }
    }
}
