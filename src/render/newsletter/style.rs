//! The look of the mail: a theme's tokens as style attributes, one for each part.
//!
//! Styles stand inline: Gmail drops `<style>` in clipped mails and for foreign accounts, and no inliner reads what
//! stands inside Outlook's conditional comments. The few classes are for dark mode and telephones alone.
//! All lengths are multiples of 4 px, lines of 8 px: one rhythm from top to foot.

use super::tags::Tags;
use crate::locale::Direction;
use crate::theme::{Color, Palette, Theme};

/// Segoe UI on Windows, the system's own face elsewhere; where neither is, that of the PDF.
const FACE: &str = "font-family:'Segoe UI',-apple-system,BlinkMacSystemFont,Roboto,'Source Sans 3',Arial,sans-serif";

macro_rules! styles {
    ($($(#[$doc:meta])+ $name:ident = $style:literal,)+) => {
        /// Style attributes, made once from a theme.
        #[derive(Debug, Clone)]
        pub struct Styles {
            $($(#[$doc])+ pub $name: String,)+
            /// What stands in `<style>`.
            pub sheet: String,
            /// What Outlook for Windows reads besides.
            pub outlook: String,
            /// The way of the lines that it is for.
            pub direction: Direction,
            /// Opening tags with some of these.
            pub tags: Tags,
        }

        impl Styles {
            /// Writes the styles of a theme.
            pub fn new(theme: &Theme) -> Styles {
                let words = Words::new(theme);
                Styles {
                    $($name: fill($style, &words),)+
                    sheet: fill(SHEET, &words),
                    outlook: fill(OUTLOOK, &words),
                    direction: Direction::Ltr,
                    tags: Tags::default(),
                }
                .with_tags()
            }

            /// Turns them to a way of writing: what was at the left is at the right.
            pub fn toward(self, direction: Direction) -> Styles {
                if direction == self.direction {
                    return self;
                }
                let outlook = format!("{}td{{text-align:right}}", self.outlook);
                let (sheet, tags) = (mirrored(&self.sheet), Tags::default());
                Styles { $($name: mirrored(&self.$name),)+ sheet, outlook, direction, tags }.with_tags()
            }
        }
    };
}

styles! {
    /// `<body>`: the canvas.
    body = "margin:0;padding:0;width:100%;background-color:{canvas}",
    /// What a mail program shows beside the subject.
    preheader = "display:none;max-height:0;overflow:hidden;mso-hide:all",
    /// Around everything.
    canvas = "background-color:{canvas};padding:24px 0 40px",
    /// The sheet of paper.
    paper = "max-width:600px;margin:0 auto;background-color:{paper}",
    /// Every layout table.
    layout = "width:100%;border-collapse:collapse",
    /// The table of a section: its type and ink go down to every cell. Outlook for Windows has them from its own sheet.
    rows = "width:100%;border-collapse:collapse;font-size:16px;line-height:24px;color:{ink}",
    /// The publisher's strip.
    strip = "padding:16px 32px;background-color:{paper};{face}",
    /// The publisher's logo; its width follows.
    logo = "display:block;border:0;height:auto;",
    /// A session's picture; its greatest width follows.
    picture = "display:block;border:0;width:100%;height:auto;margin:0 0 12px;",
    /// The cell of the logo.
    logo_cell = "padding:0 16px 0 0",
    /// The publisher's name.
    publisher = "margin:0;font-size:16px;line-height:24px;font-weight:600;color:{ink}",
    /// The field of colour that holds the title.
    field = "padding:32px 32px 28px;background-color:{accent};{face}",
    /// The series or number above the title.
    issue = "margin:0 0 8px;font-size:16px;line-height:24px;color:{on-accent}",
    /// The title.
    h1 = "margin:0;font-size:32px;line-height:40px;font-weight:700;color:{on-accent}",
    /// The line beneath it.
    subtitle = "margin:8px 0 0;font-size:18px;line-height:24px;color:{on-accent}",
    /// What is in this edition.
    contents = "padding:24px 32px 20px;background-color:{accent-soft};{face}",
    /// Its heading.
    contents_heading = "margin:0 0 8px;font-size:16px;line-height:24px;font-weight:700;color:{ink}",
    /// One of its lines.
    entry = "margin:0 0 4px;font-size:16px;line-height:24px;color:{ink}",
    /// What matters most in a section.
    detail = "color:{muted}",
    /// The opening words.
    intro = "padding:32px 32px 0;background-color:{paper};font-size:16px;line-height:24px;color:{ink};{face}",
    /// A section.
    section = "padding:40px 32px 0;background-color:{paper};{face}",
    /// Its heading and rule.
    h2_cell = "padding:0 0 8px;border-bottom:2px solid {accent}",
    /// Its heading.
    h2 = "margin:0;font-size:24px;line-height:32px;font-weight:700;color:{ink}",
    /// The cell of a date block.
    date_cell = "padding:24px 16px 20px 0;border-top:1px solid {rule};font-size:14px;line-height:20px;color:{muted}",
    /// The cell beside it.
    item_cell = "padding:24px 0 20px;border-top:1px solid {rule}",
    /// The date block of the first item of a section, beneath its heading's rule.
    first_date_cell = "width:80px;padding:24px 16px 20px 0;font-size:14px;line-height:20px;color:{muted}",
    /// The cell beside that.
    first_item_cell = "padding:24px 0 20px",
    /// The cell of an item without a date block.
    news_cell = "padding:16px 0 12px;border-top:1px solid {rule}",
    /// The first of them.
    first_news_cell = "padding:16px 0 12px",
    /// What stands above a card.
    gap = "font-size:0;line-height:16px",
    /// A card.
    card = "padding:16px 20px 12px;border:1px solid {rule};border-left:4px solid {accent}",
    /// The line of its date.
    card_date = "margin:0 0 4px;color:{accent}",
    /// The side of an agenda.
    side_cell = "padding:12px 16px 8px 0;border-top:1px solid {rule};font-size:14px;line-height:20px;color:{muted}",
    /// The cell beside it.
    line_cell = "padding:12px 0 8px;border-top:1px solid {rule}",
    /// The side of its first line.
    first_side_cell = "width:120px;padding:16px 16px 8px 0;font-size:14px;line-height:20px;color:{muted}",
    /// The cell beside that.
    first_line_cell = "padding:16px 0 8px",
    /// The day at the side.
    side_date = "font-size:15px;line-height:24px;color:{accent}",
    /// The deadlines of each month.
    months = "padding:16px 0 20px",
    /// What they are.
    months_label = "margin:0 0 4px;font-size:15px;line-height:24px;font-weight:600",
    /// The name of a month.
    month_name = "width:120px;padding:4px 12px 4px 0;font-size:14px;line-height:16px;color:{muted}",
    /// The cell of its bar.
    bar_cell = "padding:4px 0",
    /// Its bar.
    bar = "font-size:12px;line-height:16px;background-color:{accent}",
    /// How many it has.
    month_count = "padding:0 0 0 8px;font-size:14px;line-height:16px;color:{muted}",
    /// What follows the items.
    rest_cell = "padding:20px 0 0;border-top:1px solid {rule}",
    /// Items of which only the title is there.
    titles = "margin:0 0 12px;padding:0 0 0 24px",
    /// The day, large.
    day = "font-size:28px;line-height:32px;color:{accent}",
    /// Two days, a little less large.
    days = "font-size:24px;line-height:32px;color:{accent}",
    /// An item's title.
    h3 = "margin:0 0 4px;font-size:18px",
    /// A heading inside an item.
    h4 = "margin:16px 0 8px;font-size:16px",
    /// Running text.
    text = "margin:0 0 8px",
    /// The second voice.
    meta = "margin:0 0 4px;font-size:15px;color:{muted}",
    /// A label.
    label = "padding:2px 8px;color:{accent};background-color:{accent-soft}",
    /// A label that warns.
    signal = "padding:2px 8px;color:{signal};background-color:{signal-soft}",
    /// A link.
    link = "color:{accent};text-decoration:underline",
    /// What the reader can do.
    action = "margin:8px 0;font-weight:600",
    /// A list in prose.
    list = "margin:0 0 8px;padding:0 0 0 24px",
    /// Its items.
    li = "margin:0 0 8px",
    /// The second voice inside a list.
    voice = "font-size:15px;color:{muted}",
    /// A quotation.
    quote = "margin:0 0 8px;padding:0 0 0 16px;border-left:4px solid {rule}",
    /// Text letter by letter.
    code = "margin:0 0 8px;padding:8px 16px;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:24px;color:{ink};background-color:{accent-soft}",
    /// A few such letters in a line.
    letters = "font-family:Consolas,Menlo,monospace",
    /// A break between topics.
    divider = "margin:16px 0;border:0;border-top:1px solid {rule}",
    /// A table in prose.
    table = "width:100%;margin:0 0 8px;border-collapse:collapse",
    /// Its head.
    th = "font-size:15px;line-height:24px;font-weight:600;color:{ink};border-bottom:2px solid {rule}",
    /// Its cells.
    td = "font-size:15px;line-height:24px;color:{ink};border-bottom:1px solid {rule}",
    /// The last of the paper.
    foot = "padding:40px 0 0;font-size:0;line-height:0;background-color:{paper}",
    /// Beneath the paper.
    footer = "padding:24px 32px 0;background-color:{canvas};{face}",
    /// A way out of the mail.
    way_out = "margin:12px 0 0;font-size:14px;line-height:24px;color:{muted}",
    /// Its lines.
    small = "margin:0 0 4px;font-size:14px;line-height:24px;color:{muted}",
}

impl Styles {
    fn with_tags(self) -> Styles {
        Styles { tags: Tags::new(&self), ..self }
    }
}

/// Reset, telephones, dark mode (`[data-ogsc]` and `[data-ogsb]` are Outlook's on the web and on telephones).
/// On a telephone a long item has the whole width, its date in one line above it.
/// The field of the title keeps its colour in the dark, where it glows and reads as well.
/// Gmail drops the whole block at an `@` inside an `@` or at a `url()`: there is none.
const SHEET: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{-webkit-text-size-adjust:100%;text-size-adjust:100%}
p,h1,h2,h3,h4,li,td,th{word-break:break-word}
a[x-apple-data-detectors]{color:inherit!important;text-decoration:none!important}
@media (max-width:600px){
.cv{padding-top:0!important}
.px{padding-left:16px!important;padding-right:16px!important}
.fi{padding-top:24px!important;padding-bottom:20px!important}
.dc{width:72px!important;padding-right:12px!important}
.sd{width:104px!important;padding-right:12px!important}
.st,.sb{display:block!important;width:auto!important}
.st{padding:16px 0 4px!important}
.st br{display:none!important}
.sb{padding-top:0!important;border:0!important}
.h1{font-size:26px!important;line-height:32px!important}
}
@media (prefers-color-scheme:dark){
.cv{background-color:{dark-canvas}!important}
.pa{background-color:{dark-paper}!important}
.so{background-color:{dark-accent-soft}!important}
.tx{color:{dark-ink}!important}
.mu,.dc,.sd,.st{color:{dark-muted}!important}
a,.ac{color:{dark-accent}!important}
.la{color:{dark-accent}!important;background-color:{dark-accent-soft}!important}
.si{color:{dark-signal}!important;background-color:{dark-signal-soft}!important}
td,th,hr,blockquote{border-color:{dark-rule}!important}
.h2{border-color:{dark-accent}!important}
.ca{border-left-color:{dark-accent}!important}
.ba{background-color:{dark-accent}!important}
img.lo{background-color:{paper}!important;padding:4px!important;border-radius:4px}
}
[data-ogsc] .tx{color:{dark-ink}!important}
[data-ogsc] .mu,[data-ogsc] .dc,[data-ogsc] .sd,[data-ogsc] .st{color:{dark-muted}!important}
[data-ogsc] a,[data-ogsc] .ac,[data-ogsc] .la{color:{dark-accent}!important}
[data-ogsc] .si{color:{dark-signal}!important}
[data-ogsb] .cv{background-color:{dark-canvas}!important}
[data-ogsb] .pa{background-color:{dark-paper}!important}
[data-ogsb] .so,[data-ogsb] .la{background-color:{dark-accent-soft}!important}
[data-ogsb] .ba{background-color:{dark-accent}!important}
[data-ogsb] .si{background-color:{dark-signal-soft}!important}
";

/// Outlook for Windows hands no type down from a table to its cells.
const OUTLOOK: &str = "\
table{border-collapse:collapse}\
td,th,p,a,li,h1,h2,h3,h4{font-family:\"Segoe UI\",sans-serif;mso-line-height-rule:exactly}\
td,p,li{font-size:16px;line-height:24px}\
td{color:{ink}}";

/// The colours of a theme as text.
struct Words {
    light: [String; 10],
    dark: [String; 10],
}

impl Words {
    fn new(theme: &Theme) -> Words {
        let said = |palette: &Palette| {
            let Palette { ink, muted, paper, canvas, accent, accent_soft, on_accent, signal, signal_soft, rule } =
                palette;
            [ink, muted, paper, canvas, accent, accent_soft, on_accent, signal, signal_soft, rule]
                .map(|color| hex(*color))
        };
        Words { light: said(&theme.light), dark: said(&theme.dark) }
    }

    /// Gives what a name between braces stands for.
    fn word(&self, name: &str) -> Option<&str> {
        let (colors, token) = match name.strip_prefix("dark-") {
            Some(token) => (&self.dark, token),
            None => (&self.light, name),
        };
        let at = match token {
            "face" => return Some(FACE),
            "ink" => 0,
            "muted" => 1,
            "paper" => 2,
            "canvas" => 3,
            "accent" => 4,
            "accent-soft" => 5,
            "on-accent" => 6,
            "signal" => 7,
            "signal-soft" => 8,
            "rule" => 9,
            _ => return None,
        };
        Some(&colors[at])
    }
}

/// Writes a colour as CSS does; a hundred times a theme, so without the machinery of `format!`.
fn hex(Color(parts): Color) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    let mut hex = String::with_capacity(7);
    hex.push('#');
    parts.into_iter().for_each(|part| hex.extend([digit(part >> 4), digit(part & 15)]));
    hex
}

/// Puts words in the places of their names. A brace that holds no name stays: CSS has its own.
fn fill(pattern: &str, words: &Words) -> String {
    let mut filled = String::with_capacity(pattern.len() + 96);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open + 1..];
        let close = rest.find('}').unwrap_or(rest.len());
        match words.word(&rest[..close]) {
            Some(word) => {
                filled.push_str(word);
                rest = &rest[close + 1..];
            }
            None => filled.push('{'),
        }
    }
    filled.push_str(rest);
    filled
}

/// Mirrors declarations: `left` is `right`, and of four lengths the second and the fourth change places.
pub(crate) fn mirrored(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    // Property and value by turns, each with the sign that ends it.
    for part in css.split_inclusive(['{', '}', ';', ':']) {
        let (text, end) = part.split_at(part.trim_end_matches(['{', '}', ';', ':']).len());
        let (value, important) = match text.strip_suffix("!important") {
            Some(value) => (value, "!important"),
            None => (text, ""),
        };
        let mut words = value.split(' ');
        match [(); 5].map(|()| words.next()) {
            [Some(top), Some(right), Some(bottom), Some(left), None]
                if top.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                out.extend([top, " ", left, " ", bottom, " ", right]);
            }
            _ if value.contains("-left-") => out.push_str(&value.replace("-left-", "-right-")),
            _ if value.contains("-right-") => out.push_str(&value.replace("-right-", "-left-")),
            _ if value.ends_with("-left") => out.extend([value.trim_end_matches("left"), "right"]),
            _ if value.ends_with("-right") => out.extend([value.trim_end_matches("right"), "left"]),
            _ if value == "left" => out.push_str("right"),
            _ if value == "right" => out.push_str("left"),
            _ => out.push_str(value),
        }
        out.extend([important, end]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn harbour() -> Styles {
        Styles::new(&Theme::named(crate::theme::DEFAULT).expect("a theme that comes with the program"))
    }

    #[test]
    fn names_become_colours_and_braces_stay() {
        let styles = harbour();
        assert_eq!(styles.link, "color:#0b4f7d;text-decoration:underline");
        assert!(styles.sheet.contains(".mu,.dc,.sd,.st{color:#b3bfcc!important}"), "{}", styles.sheet);
        assert_eq!(styles.sheet.matches('{').count(), styles.sheet.matches('}').count());
        assert!(!format!("{styles:?}").contains("dark-"));
    }

    #[test]
    fn the_other_way_is_the_mirror() {
        for (css, expected) in [
            ("width:80px;padding:24px 16px 20px 0", "width:80px;padding:24px 0 20px 16px"),
            ("margin:0 0 8px;border-left:4px solid #123456", "margin:0 0 8px;border-right:4px solid #123456"),
            (".dc{padding-right:12px!important}", ".dc{padding-left:12px!important}"),
            (".st{padding:1px 2px 3px 4px!important}", ".st{padding:1px 4px 3px 2px!important}"),
            ("text-align:left;border:0", "text-align:right;border:0"),
        ] {
            assert_eq!(mirrored(css), expected);
            assert_eq!(mirrored(expected), css);
        }
        let (usual, other) = (harbour(), harbour().toward(Direction::Rtl));
        assert_eq!(usual.sheet, mirrored(&other.sheet));
        assert_eq!(other.list, mirrored(&usual.list));
        assert!(other.date_cell.contains("24px 0 20px 16px"), "{}", other.date_cell);
    }

    #[test]
    fn the_sheet_is_small_and_survives_gmail() {
        let sheet = harbour().sheet;
        assert!(sheet.len() < 3072, "{} bytes", sheet.len());
        assert!(!sheet.contains("url("));
        let mut depth = 0;
        for c in sheet.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                '@' => assert_eq!(depth, 0, "an `@` inside a block"),
                _ => {}
            }
        }
    }
}
