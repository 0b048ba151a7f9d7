//! Prose as Typst code: each block and inline becomes a call of a function of `theme.typ`, with string literals.

use crate::locale::{Direction, LTR_ISOLATE, POP_ISOLATE, RTL_ISOLATE};
use crate::prose::{Align, Block, Inline, Table, plain_inlines};

use super::escape::literal;
use super::line::{way, way_of_blocks};

/// The longest paragraph that is kept with a list or table behind it, in bytes: some three lines.
const LEAD_IN: usize = 240;

/// Typst code that this file wrote: arguments, each followed by a comma. Nothing else may stand outside of a string
/// literal in a `.typ` template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Calls(String);

impl Calls {
    /// Writes blocks. Headings go down by as many levels as bring the highest to `level`; none skips a level.
    pub(super) fn blocks(blocks: &[Block], level: u8, way: Direction) -> Calls {
        let mut writer = Writer { out: String::new(), levels: Vec::new(), top: level, way };
        for (at, block) in blocks.iter().enumerate() {
            writer.block(block, blocks.get(at + 1));
            // One block a line, for those who read the Typst text.
            writer.out.truncate(writer.out.trim_end().len());
            writer.out.push('\n');
        }
        Calls(writer.out)
    }
}

impl From<Calls> for String {
    fn from(calls: Calls) -> String {
        calls.0
    }
}

struct Writer {
    out: String,
    /// Levels as written of the headings that are open, outermost first; their number tells the level as printed.
    levels: Vec<u8>,
    top: u8,
    /// The way of what is written into.
    way: Direction,
}

impl Writer {
    fn call(&mut self, name: &str, arguments: impl FnOnce(&mut Self)) {
        self.out.push_str(name);
        self.out.push('(');
        arguments(self);
        self.out.push_str("), ");
    }

    fn named(&mut self, name: &str, value: &str) {
        self.out.push_str(name);
        self.out.push_str(": ");
        self.string(value);
    }

    /// Writes the arguments of a block, and its way where it goes across the page.
    fn directed(&mut self, way: Option<Direction>, arguments: impl FnOnce(&mut Self)) {
        let around = self.way;
        if let Some(way) = way.filter(|way| *way != around) {
            self.named("dir", way.name());
            self.way = way;
        }
        arguments(self);
        self.way = around;
    }

    fn string(&mut self, text: &str) {
        literal(text, &mut self.out);
        self.out.push_str(", ");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, blocks.get(at + 1));
        }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Paragraph(inlines) if leads(inlines, next) => {
                self.call("lead-in", |w| w.directed(way(inlines), |w| w.inlines(inlines)));
            }
            Block::Paragraph(inlines) => {
                self.call("paragraph", |w| w.directed(way(inlines), |w| w.inlines(inlines)));
            }
            Block::Heading(written, inlines) => {
                let level = self.level(*written);
                self.call("subheading", |w| {
                    w.named("level", &level.to_string());
                    match way(inlines).filter(|way| *way != w.way) {
                        Some(way) => {
                            let start = if way == Direction::Ltr { LTR_ISOLATE } else { RTL_ISOLATE };
                            w.string(start.encode_utf8(&mut [0; 4]));
                            w.inlines(inlines);
                            w.string(POP_ISOLATE.encode_utf8(&mut [0; 4]));
                        }
                        None => w.inlines(inlines),
                    }
                });
            }
            Block::List(start, items) => self.call(if start.is_some() { "numbered" } else { "bullets" }, |w| {
                if let Some(start) = start {
                    w.named("start", &start.to_string());
                }
                // CommonMark §5.3 calls a list loose when its items hold paragraphs apart.
                if items.iter().any(|item| item.iter().filter(|b| matches!(b, Block::Paragraph(_))).count() > 1) {
                    w.named("loose", "true");
                }
                w.directed(way_of_blocks(std::slice::from_ref(block)), |w| {
                    for item in items {
                        w.call("item", |w| w.blocks(item));
                    }
                });
            }),
            Block::Quote(blocks) => {
                self.call("quotation", |w| w.directed(way_of_blocks(blocks), |w| w.blocks(blocks)));
            }
            Block::Code(text) => self.call("code-block", |w| {
                w.directed(Direction::of(text).or(Some(Direction::Ltr)), |w| {
                    for line in text.trim_end().lines() {
                        w.string(&line.replace('\t', "    "));
                    }
                });
            }),
            Block::Table(table) => self.call("prose-table", |w| {
                w.directed(way_of_blocks(std::slice::from_ref(block)), |w| w.table(table));
            }),
            Block::Rule => self.call("topic-break", |_| {}),
        }
    }

    /// Gives the level at which a heading is printed: one below the nearest open one that was written higher.
    fn level(&mut self, written: u8) -> u8 {
        while self.levels.last().is_some_and(|open| *open >= written) {
            self.levels.pop();
        }
        self.levels.push(written);
        let depth = u8::try_from(self.levels.len() - 1).expect("CommonMark has six levels");
        (self.top + depth).min(6)
    }

    fn table(&mut self, table: &Table) {
        self.call("head", |w| w.cells(&table.head, &table.alignments));
        for row in &table.rows {
            self.call("row", |w| w.cells(row, &table.alignments));
        }
    }

    fn cells(&mut self, cells: &[Vec<Inline>], alignments: &[Align]) {
        // GFM: a row has as many cells as the head, missing ones are empty.
        for (at, align) in alignments.iter().enumerate() {
            let align = match align {
                Align::Start => "start",
                Align::Center => "center",
                Align::End => "end",
            };
            self.call("cell", |w| {
                w.named("align", align);
                w.inlines(cells.get(at).map_or(&[], Vec::as_slice));
            });
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.string(text),
                Inline::Emph(inner) => self.call("emphasis", |w| w.inlines(inner)),
                Inline::Strong(inner) => self.call("strong-emphasis", |w| w.inlines(inner)),
                Inline::Code(text) => {
                    let text = self.way.isolate(text);
                    self.call("inline-code", |w| w.string(&text));
                }
                Inline::Link(address, inner) => self.call("hyperlink", |w| {
                    w.named("to", address.as_str());
                    w.inlines(inner);
                }),
                Inline::Break => self.call("line-break", |_| {}),
            }
        }
    }
}

/// Says whether a paragraph is a line or two that lead to a list, table or code, and so must not end a page.
fn leads(inlines: &[Inline], next: Option<&Block>) -> bool {
    let mut plain = String::new();
    plain_inlines(inlines, &mut plain);
    plain.len() <= LEAD_IN && matches!(next, Some(Block::List(..) | Block::Table(_) | Block::Code(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::prose;

    fn written(markdown: &str) -> String {
        Calls::blocks(&prose(markdown).blocks(), 2, Direction::Ltr).0
    }

    #[test]
    fn prose_becomes_calls_with_string_literals() {
        let lines = |markdown| written(markdown).lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            lines("One *two* **three** `four`  \n[five \"5\"](https://example.org/?a=1)."),
            [concat!(
                r#"paragraph("One ", emphasis("two", ), " ", strong-emphasis("three", ), " ", inline-code("four", ), "#,
                r#"line-break(), hyperlink(to: "https://example.org/?a=1", "five \"5\"", ), ".", ),"#
            )]
        );
        assert_eq!(
            lines("- a\n  1. b\n\n> c\n\n---\n\n    d\n    \te\n"),
            [
                r#"bullets(item(lead-in("a", ), numbered(start: "1", item(paragraph("b", ), ), ), ), ),"#,
                r#"quotation(paragraph("c", ), ),"#,
                "topic-break(),",
                r#"code-block("d", "    e", ),"#,
            ]
        );
        assert_eq!(lines("a\n\n| b |\n|---|\n")[0], r#"lead-in("a", ),"#);
        assert_eq!(lines("- a\n\n  b\n"), [r#"bullets(loose: "true", item(paragraph("a", ), paragraph("b", ), ), ),"#]);
        assert_eq!(
            lines("| a | b |\n|---|--:|\n| 1 |\n"),
            [concat!(
                r#"prose-table(head(cell(align: "start", "a", ), cell(align: "end", "b", ), ), "#,
                r#"row(cell(align: "start", "1", ), cell(align: "end", ), ), ),"#
            )]
        );
    }

    #[test]
    fn blocks_that_go_across_say_so() {
        let calls = Calls::blocks(&prose("Text `a`: نص\n\nنص `a`\n\n1. One\n\n# Head").blocks(), 2, Direction::Rtl).0;
        assert_eq!(
            calls.lines().collect::<Vec<_>>(),
            [
                r#"paragraph(dir: "ltr", "Text ", inline-code("a", ), ": نص", ),"#,
                r#"lead-in("نص ", inline-code("\u{2066}a\u{2069}", ), ),"#,
                r#"numbered(start: "1", dir: "ltr", item(paragraph("One", ), ), ),"#,
                r#"subheading(level: "2", "\u{2066}", "Head", "\u{2069}", ),"#,
            ]
        );
    }

    #[test]
    fn hostile_prose_stays_text() {
        assert_eq!(
            written("\") #panic(\"x\n#let y = `\\\") #read(` $z$"),
            concat!(r##"paragraph("\") #panic(\"x #let y = ", inline-code("\\\") #read(", ), " $z$", ),"##, "\n")
        );
    }

    #[test]
    fn no_heading_level_is_skipped() {
        let levels = |markdown: &str| {
            let calls = written(markdown);
            let levels = calls.split("level: \"").skip(1).map(|rest| rest[..1].to_owned());
            levels.collect::<Vec<_>>().join("")
        };
        assert_eq!(levels("# a\n## b\n### c\n## d\n# e"), "23432");
        assert_eq!(levels("### a\n###### b\n# c\n#### d\n### e\n## f"), "232333");
        assert_eq!(levels("# a\n## b\n### c\n#### d\n##### e\n###### f"), "234566");
    }
}
