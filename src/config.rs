//! `bulletin.toml`: what is published, for whom, from which files, and how.

use crate::artifact::Kind;
use crate::diagnostic::{Allowance, Code, Diagnostic, Rules, Severity};
use crate::locale::Lang;
use crate::model::cell::{Cells, YES, shorten};
use crate::model::table::Table;
use crate::model::value::{Language, check_placeholders};
use crate::model::{Date, Layout, Layouts, Mailing, Print, Publisher, Target, Zone};
use crate::record::{Record, Value};
use crate::source::{Span, Spanned, Text};
use crate::theme::Own;

pub use adapter::Adapter;
pub use column::Column;
pub use dialect::{Dialect, Written};
pub use input::{Condition, Input, Test};
pub use languages::{Languages, Telling};
pub use mapping::{Inner, Lookup, Mapping, Piece, Words};
pub use merging::{By, Merging, Prefer, Preferred};
pub use request::Request;

use section::{Section, unknown_key};

mod adapter;
mod column;
mod dialect;
mod input;
mod languages;
mod mapping;
mod merging;
mod print;
mod request;
mod section;

/// The name of the file.
pub const FILE: &str = "bulletin.toml";

/// All of `bulletin.toml`.
#[derive(Debug)]
pub struct Config {
    /// `[edition]`.
    pub edition: Head,
    /// `[publisher]`.
    pub publisher: Publisher,
    /// `[select]`.
    pub select: Select,
    /// `[publisher]`: where the logo is.
    pub logo: Logo,
    /// `[theme]`: the name of a theme.
    pub theme: Option<Text>,
    /// `[theme]`: the publication's own colours.
    pub colors: Own,
    /// `[theme]`: path of a file that replaces `theme.typ`.
    pub look: Option<Text>,
    /// `[newsletter]`.
    pub mailing: Mailing,
    /// `[handout]`.
    pub print: Print,
    /// What is made where nobody asks for certain kinds.
    pub kinds: Vec<Kind>,
    /// `[check]`.
    pub rules: Rules,
    /// `[merge]`.
    pub merging: Merging,
    /// `[[input]]`, in order.
    pub inputs: Vec<Request>,
}

/// Where the logo is, and how large.
#[derive(Debug, Clone, Default)]
pub struct Logo {
    /// Address or path.
    pub at: Option<Text>,
    /// Width and height in pixels, of one that is on the web: `240x80`.
    pub size: Option<Text>,
}

/// What names an edition.
#[derive(Debug)]
pub struct Head {
    /// Names it; made from title and date where empty.
    pub id: Option<Text>,
    /// Its title.
    pub title: Text,
    /// A line under the title.
    pub subtitle: Option<Text>,
    /// Its number, as printed.
    pub number: Option<Text>,
    /// The day on which it goes out.
    pub date: Spanned<Date>,
    /// Its language.
    pub lang: Lang,
    /// Languages that stand in where the data has nothing in its own.
    pub fallback: Vec<Language>,
    /// The zone of everything that has none of its own.
    pub timezone: Zone,
}

/// What belongs to the edition.
#[derive(Debug, Default)]
pub struct Select {
    /// Held sessions and dated news from this day on; a month before the edition where empty.
    pub since: Option<Spanned<Date>>,
    /// Coming sessions up to this day.
    pub until: Option<Spanned<Date>>,
    /// A deadline at most so many days away is closing soon; 14 where empty.
    pub closing_soon: Option<i32>,
    /// Just these sessions, by id.
    pub sessions: Option<Vec<Text>>,
    /// Just these calls, by id.
    pub calls: Option<Vec<Text>>,
    /// Just these news items, by id.
    pub news: Option<Vec<Text>>,
}

impl Config {
    /// Decodes the file. `None`: title or date are missing, and that has been told.
    pub fn decode(record: &Record<'_>, cells: &mut Cells<'_>) -> Option<Config> {
        let mut file = Section::new(record, "");
        let edition = file.section("edition", cells);
        let publisher = file.section("publisher", cells);
        let select = file.section("select", cells);
        let theme = file.section("theme", cells);
        let newsletter = file.section("newsletter", cells);
        let handout = file.section("handout", cells);
        let check = file.section("check", cells);
        let inputs = file.tables("input", cells);
        let merging = file.section("merge", cells);
        file.finish(cells);

        let head = decode_head(edition.as_ref().unwrap_or(record), edition.is_some(), cells);
        if let Some(head) = &head {
            cells.zone = head.timezone.clone();
        }
        let (publisher, logo) = publisher.map(|record| decode_publisher(&record, cells)).unwrap_or_default();
        let select = select.map(|record| decode_select(&record, cells)).unwrap_or_default();
        let (theme, look, colors) = theme.map(|record| decode_theme(&record, cells)).unwrap_or_default();
        let mailing = newsletter.map(|record| decode_mailing(&record, cells)).unwrap_or_default();
        let mut kinds = Kind::USUAL.to_vec();
        let print = handout.map(|record| print::decode(&record, &mut kinds, cells)).unwrap_or_default();
        let rules = check.map(|record| decode_rules(&record, cells)).unwrap_or_default();
        let merging = merging.map(|record| Merging::decode(&record, cells)).unwrap_or_default();
        let inputs = inputs.iter().filter_map(|record| Request::decode(record, cells)).collect();
        Some(Config {
            edition: head?,
            publisher,
            logo,
            select,
            theme,
            look,
            colors,
            mailing,
            print,
            kinds,
            rules,
            merging,
            inputs,
        })
    }
}

fn decode_head(record: &Record<'_>, is_there: bool, cells: &mut Cells<'_>) -> Option<Head> {
    let mut section = Section::new(record, "edition");
    let (id, title) = (section.line("id", cells), section.line("title", cells));
    let (subtitle, number) = (section.line("subtitle", cells), section.line("number", cells));
    let stated = section.take("date");
    let date = stated.and_then(|value| cells.date(value, "date"));
    let lang = section.lang(cells).unwrap_or(Lang::English);
    let fallback = section.take("fallback").map(|value| Languages::decode(value, cells)).unwrap_or_default();
    let timezone = section.take("timezone").and_then(|value| cells.zone(value, "timezone"));
    if is_there {
        section.finish(cells);
    }
    for (key, missing, help) in [
        ("title", title.is_none(), "name the edition: `title = \"Research news\"`"),
        ("date", stated.is_none_or(Value::is_empty), "give the day on which it goes out: `date = 2024-06-26`"),
    ] {
        if missing {
            let start = record.span.part(0..0);
            cells.report.add(
                Diagnostic::error(Code::MissingField, format!("`[edition]` has no `{key}`")).at(start, "").help(help),
            );
        }
    }
    let timezone = timezone.map_or_else(Zone::utc, |zone| zone.value);
    Some(Head { id, title: title?, subtitle, number, date: date?, lang, fallback, timezone })
}

fn decode_publisher(record: &Record<'_>, cells: &mut Cells<'_>) -> (Publisher, Logo) {
    let mut section = Section::new(record, "publisher");
    let publisher = Publisher {
        name: section.line("name", cells),
        address: section.line("address", cells),
        url: section.url("url", cells),
        email: section.mailbox("email", cells),
        logo: None,
        initiative: section.line("initiative", cells),
    };
    let logo = Logo { at: section.line("logo", cells), size: section.line("logo-size", cells) };
    section.finish(cells);
    (publisher, logo)
}

fn decode_select(record: &Record<'_>, cells: &mut Cells<'_>) -> Select {
    let mut section = Section::new(record, "select");
    let mut ids = |key: &'static str, section: &mut Section<'_>| section.take(key).map(|value| cells.lines(value, key));
    let (sessions, calls, news) =
        (ids("sessions", &mut section), ids("calls", &mut section), ids("news", &mut section));
    let select = Select {
        since: section.take("since").and_then(|value| cells.date(value, "since")),
        until: section.take("until").and_then(|value| cells.date(value, "until")),
        closing_soon: section.days("closing-soon", cells),
        sessions,
        calls,
        news,
    };
    section.finish(cells);
    select
}

fn decode_theme(record: &Record<'_>, cells: &mut Cells<'_>) -> (Option<Text>, Option<Text>, Own) {
    let mut section = Section::new(record, "theme");
    let (name, look) = (section.line("name", cells), section.line("look", cells));
    let light = section.colors(cells);
    let dark = section.section("dark", cells).map(|record| {
        let mut section = Section::new(&record, "theme.dark");
        let dark = section.colors(cells);
        section.finish(cells);
        dark
    });
    section.finish(cells);
    (name, look, Own { light, dark: dark.unwrap_or_default() })
}

fn decode_mailing(record: &Record<'_>, cells: &mut Cells<'_>) -> Mailing {
    let mut section = Section::new(record, "newsletter");
    let utm = section.section("utm", cells).map(|utm| decode_utm(&utm, cells)).unwrap_or_default();
    let mailing = Mailing {
        subject: section.line("subject", cells),
        preheader: section.line("preheader", cells),
        intro: section.take("intro").and_then(|value| cells.mail_prose(value, "intro")),
        from: section.mailbox("from", cells),
        to: section.mailbox("to", cells),
        reply_to: section.mailbox("reply-to", cells),
        list_id: section.list_id("list-id", cells),
        unsubscribe_url: section.way_out("unsubscribe-url", cells),
        web_url: section.https("web-url", cells),
        target: section.word("target", &Target::ALL, cells).unwrap_or_default(),
        attach_calendar: section.word("attach-calendar", YES, cells),
        draft: section.word("draft", YES, cells).unwrap_or_default(),
        layouts: section.take("layout").map(|value| decode_layouts(value, cells)).unwrap_or_default(),
        overhead: section.bytes("overhead", cells).unwrap_or_default(),
        utm,
    };
    section.finish(cells);
    let intro = mailing.intro.as_ref().map(|intro| intro.source());
    for (key, text) in
        [("subject", mailing.subject.as_ref()), ("preheader", mailing.preheader.as_ref()), ("intro", intro)]
    {
        if let Some(text) = text {
            check_placeholders(text.quote(), key, cells.report);
        }
    }
    mailing
}

/// Decodes `layout`: one word for all sections, or a word for each.
fn decode_layouts(value: &Value<'_>, cells: &mut Cells<'_>) -> Layouts {
    const LAYOUTS: &[(&str, Layout)] = &[("list", Layout::List), ("cards", Layout::Cards), ("agenda", Layout::Agenda)];
    let Value::Record(record) = value else {
        let layout = cells.word(value, "layout", LAYOUTS).map(|layout| layout.value).unwrap_or_default();
        return Layouts { held: layout, coming: layout, calls: layout, news: layout };
    };
    let mut section = Section::new(record, "newsletter.layout");
    let mut one = |key: &'static str| {
        let word = section.take(key).and_then(|value| cells.word(value, key, LAYOUTS));
        word.map(|layout| layout.value).unwrap_or_default()
    };
    let layouts = Layouts { held: one("held"), coming: one("coming"), calls: one("calls"), news: one("news") };
    section.finish(cells);
    layouts
}

fn decode_utm(record: &Record<'_>, cells: &mut Cells<'_>) -> Vec<(String, String)> {
    let mut section = Section::new(record, "newsletter.utm");
    let mut parameters = Vec::new();
    for key in ["source", "medium", "campaign", "term", "content"] {
        if let Some(text) = section.line(key, cells) {
            parameters.push((format!("utm_{key}"), text.value.to_string()));
        }
    }
    section.finish(cells);
    parameters
}

fn decode_rules(record: &Record<'_>, cells: &mut Cells<'_>) -> Rules {
    const LEVELS: &[(&str, Option<Severity>)] = &[
        ("error", Some(Severity::Error)),
        ("warning", Some(Severity::Warning)),
        ("note", Some(Severity::Note)),
        ("off", None),
    ];
    let mut rules = Rules::default();
    let allowances = Section::new(record, "check").tables("allow", cells);
    rules.allowances = allowances.iter().filter_map(|record| decode_allowance(record, cells)).collect();
    for (name, value) in record.fields().filter(|(name, _)| name.as_str() != "allow") {
        match Code::from_name(name.as_str()) {
            Some(code) if !code.is_adjustable() => always_an_error(code, value.span(), cells),
            Some(code) => {
                if let Some(level) = cells.word(value, name.as_str(), LEVELS) {
                    rules.levels.insert(code, level.value);
                }
            }
            None => unknown_key(name, "check", Code::ALL.iter().map(|code| code.as_str()), cells),
        }
    }
    rules
}

fn decode_allowance(record: &Record<'_>, cells: &mut Cells<'_>) -> Option<Allowance> {
    let mut section = Section::new(record, "check.allow");
    let (code, reason) = (section.line("code", cells), section.line("reason", cells));
    let id = section.line("record", cells);
    section.finish(cells);
    for (key, stated) in [("code", &code), ("reason", &reason)] {
        if stated.is_none() {
            cells.report.add(
                Diagnostic::error(Code::MissingField, format!("an allowance has no `{key}`"))
                    .at(record.span, "")
                    .help("write `{ code = \"name-variants\", record = \"rust-101\", reason = \"two sisters\" }`"),
            );
        }
    }
    let (name, reason) = (code?, reason?);
    let Some(code) = Code::from_name(name.as_str()) else {
        unknown_key(&name, "check", Code::ALL.iter().map(|code| code.as_str()), cells);
        return None;
    };
    if !code.is_adjustable() {
        always_an_error(code, name.span, cells);
        return None;
    }
    Some(Allowance { code, record: id, reason, span: record.span })
}

fn always_an_error(code: Code, place: Span, cells: &mut Cells<'_>) {
    cells.report.add(
        Diagnostic::error(Code::BadValue, format!("`{code}` is always an error")).at(place, "").help("delete the line"),
    );
}

/// Names a table of the data dictionary, or tells that there is none.
fn decode_table(text: &Text, cells: &mut Cells<'_>) -> Option<Table> {
    let table = Table::from_name(text.as_str());
    if table.is_none() {
        let names: Vec<String> = Table::ALL.iter().map(|table| format!("`{}`", table.name())).collect();
        cells.report.add(
            Diagnostic::error(Code::BadValue, format!("there is no table `{}`", shorten(text.as_str())))
                .at(text.span, "")
                .help(format!("it is one of {}", names.join(", "))),
        );
    }
    table
}
