//! Quick answers to where in a document a place is: rules ask for nearly every part and every match.

use super::layout::Line;
use super::part::Part;
use crate::source::Span;

/// Bytes that share an entry of a [`LineIndex`], as a power of two.
const BLOCK_BITS: u32 = 6;

/// The line of every byte, to be had without a search.
#[derive(Clone, Debug, Default)]
pub(super) struct LineIndex {
    /// For each block of bytes, the line that holds its first byte.
    blocks: Vec<u32>,
}

impl LineIndex {
    pub(super) fn new(lines: &[Line], length: usize) -> LineIndex {
        let mut line = 0;
        let blocks = (0..=length >> BLOCK_BITS).map(|block| {
            line = last_at(lines, line, block << BLOCK_BITS);
            line as u32
        });
        LineIndex { blocks: blocks.collect() }
    }

    /// The index of the line that holds the byte at `offset`: the last that starts at or before it.
    pub(super) fn line_of(&self, lines: &[Line], offset: usize) -> usize {
        let block = self.blocks.get(offset >> BLOCK_BITS).or(self.blocks.last());
        last_at(lines, block.map_or(0, |&line| line as usize), offset)
    }
}

/// The last line that starts at or before `offset`, from `line` on.
fn last_at(lines: &[Line], mut line: usize, offset: usize) -> usize {
    while lines.get(line + 1).is_some_and(|next| next.full.start <= offset) {
        line += 1;
    }
    line
}

/// Where the parts of one kind start and how far they reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    starts: Vec<usize>,
    /// The end of whichever part reaches farthest among those up to here.
    ends: Vec<usize>,
}

impl Reach {
    pub(super) fn new(parts: &[Part]) -> Reach {
        let mut farthest = 0;
        let ends = parts.iter().map(|part| {
            farthest = part.span.end.max(farthest);
            farthest
        });
        Reach { ends: ends.collect(), starts: parts.iter().map(|part| part.span.start).collect() }
    }

    /// The innermost of `parts` that covers `span`.
    pub(super) fn enclosing<'d>(&self, parts: &'d [Part], span: Span) -> Option<&'d Part> {
        let after = self.starts.partition_point(|&start| start <= span.start);
        // Parts of one kind nest little, so the innermost is among the few that start just before.
        (after.saturating_sub(64)..after)
            .rev()
            .take_while(|&index| self.ends[index] >= span.end)
            .map(|index| &parts[index])
            .find(|part| part.span.contains(span))
    }
}
