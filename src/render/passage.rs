//! Prose of a record, as either engine takes it.

use askama::filters::Safe;

use crate::locale::Direction;
use crate::prose::{Block, Prose};

use super::typ::Calls;

/// Prose and the place that it has in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Passage {
    blocks: Vec<Block>,
    /// Level of its highest headings, and the way of the page; none where there is no prose.
    place: Option<(u8, Direction)>,
}

impl Passage {
    /// Takes prose whose first headings are to be of `level`, on a page that goes `way`.
    pub(super) fn new(prose: &Prose, level: u8, way: Direction) -> Passage {
        Passage { blocks: prose.blocks(), place: Some((level, way)) }
    }

    /// Says whether there is nothing to print.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Gives it as Typst code, for the template alone: it is not escaped.
    pub(super) fn code(&self) -> Safe<String> {
        Safe(self.place.map(|(level, way)| Calls::blocks(&self.blocks, level, way).into()).unwrap_or_default())
    }

    /// Gives it as blocks whose headings stand below one of level `above`.
    pub(super) fn below(&self, above: u8) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        for block in &mut blocks {
            if let Block::Heading(level, _) = block {
                *level = (*level + above).min(6);
            }
        }
        blocks
    }
}
