//! `bulletin merge`: what each file says of the records, and which of them holds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use bulletin::config::By;
use bulletin::diagnostic::{Code, Severity};
use bulletin::error::Error;
use bulletin::merge::{Account, Told, ToldField, Why};
use bulletin::model::table::{Table, near};
use bulletin::pipeline::{self, Job};
use bulletin::source::{Folder, Sources, Span};
use serde_json::{Map, Value, json};

use super::terminal::Terminal;
use super::{MessageFormat, Outcome, Ran, findings};

/// Tell which records several files share, and what each of them says; write nothing
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples: bulletin merge news\n\
    \u{20}         bulletin merge news --explain seed-fund\n\
    \u{20}         bulletin merge news --message-format short | grep ' start: '")]
pub struct Merge {
    /// The publication's folder, with `bulletin.toml` and the tables
    #[arg(value_name = "DIR", default_value = "data")]
    folder: PathBuf,
    /// Tell of this record where each of its fields is from, and why that one holds
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    /// Tell it in this form; `short` has a line for each field that differs
    #[arg(long, value_name = "FORM", default_value = "human")]
    message_format: Form,
}

/// How it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One line each
    Short,
    /// One JSON document
    Json,
}

/// A value that is longer than this, in characters, is cut for people.
const LONGEST: usize = 60;

/// Findings about merging; those of other kinds belong to `check`.
const OF_MERGING: [Code; 5] =
    [Code::ConflictingValues, Code::IdleCorrection, Code::MatchedRows, Code::RepeatedRow, Code::UnmatchedRows];

impl Merge {
    pub fn run(&self, terminal: &Terminal) -> Ran {
        let (mut checked, account) = pipeline::merge(&Job::new(Folder::Disk(self.folder.clone())))?;
        let sources = &checked.sources;
        let text = match &self.explain {
            Some(id) => {
                let named: Vec<&Told> = account.records.iter().filter(|told| is_named(told, id)).collect();
                if named.is_empty() {
                    let ids = account.records.iter().map(|told| told.id.as_str());
                    let help = match near(id, ids) {
                        Some(near) => format!("perhaps `{near}` is meant"),
                        None => "`bulletin export` writes the tables with all ids".to_owned(),
                    };
                    return Err(Error::Usage(format!("no record has the id `{id}`; {help}")));
                }
                self.explained(&named, &account, sources)
            }
            None => match self.message_format {
                Form::Human => summary(&account),
                Form::Short => differences(&account, sources),
                Form::Json => format!("{:#}\n", summary_json(&account)),
            },
        };
        terminal.result(&text)?;
        let of_merging = |code| OF_MERGING.contains(&code);
        checked.report.retain(|found| found.severity == Severity::Error || of_merging(found.code));
        if self.explain.is_none() && self.message_format == Form::Human {
            findings::tell(&checked, MessageFormat::Human, false, terminal)?;
        }
        Ok(if checked.report.has_errors() { Outcome::Wrong } else { Outcome::Fine })
    }

    fn explained(&self, named: &[&Told], account: &Account, sources: &Sources) -> String {
        match self.message_format {
            Form::Human => named.iter().map(|told| explain(told, account, sources)).collect::<Vec<_>>().join("\n"),
            Form::Short => named.iter().map(|told| lines(told, |_| true, sources)).collect(),
            Form::Json => {
                let records: Vec<Value> = named.iter().map(|told| record_json(told, account, sources)).collect();
                format!("{:#}\n", json!({ "version": 1, "records": records }))
            }
        }
    }
}

/// Says whether a record is meant: by its id, by another one that it is told under, or as `calls/seed-fund`.
fn is_named(told: &Told, id: &str) -> bool {
    let id = match id.split_once('/') {
        Some((table, rest)) if table == told.table.name() => rest,
        _ => id,
    };
    told.id.as_str() == id || told.rows.iter().any(|row| row.id.as_str() == id)
}

/// What the files have in common, table by table.
struct Count<'a> {
    table: Table,
    records: usize,
    /// Told in more than one origin.
    shared: Vec<&'a Told>,
    /// By the number of the one origin.
    alone: BTreeMap<usize, Vec<&'a Told>>,
    /// Fields in which files differ, and the records.
    changed: BTreeMap<&'static str, Vec<&'a Told>>,
    corrected: usize,
}

/// Fields by which a record is moved in time.
const TIMES: [&str; 4] = ["date", "start", "deadlines", "opens"];

impl<'a> Count<'a> {
    fn of(account: &'a Account) -> Vec<Count<'a>> {
        let tables = [Table::Sessions, Table::Calls, Table::News, Table::People];
        let counts = tables.into_iter().map(|table| {
            let (mut shared, mut alone, mut changed) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
            let (mut records, mut corrected) = (0, 0);
            for told in account.records.iter().filter(|told| told.table == table) {
                records += 1;
                match told.origins()[..] {
                    [origin] => alone.entry(origin).or_insert_with(Vec::new).push(told),
                    _ => shared.push(told),
                }
                corrected += told.fields.iter().filter(|field| field.correction.is_some()).count();
                for field in told.fields.iter().filter(|field| told.differs(field.name)) {
                    changed.entry(field.name).or_insert_with(Vec::new).push(told);
                }
            }
            Count { table, records, shared, alone, changed, corrected }
        });
        counts.filter(|count| count.records > 0).collect()
    }

    /// Gives those that are on another day or at another time.
    fn moved(&self) -> Vec<&'a Told> {
        self.shared.iter().filter(|told| TIMES.iter().any(|field| told.differs(field))).copied().collect()
    }

    fn retitled(&self) -> usize {
        self.changed.get("title").or(self.changed.get("name")).map_or(0, Vec::len)
    }

    /// Gives the fields that are neither a time nor the title, with the number of records.
    fn others(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let others = self.changed.iter().filter(|(name, _)| !TIMES.contains(name) && !["title", "name"].contains(name));
        others.map(|(name, records)| (*name, records.len()))
    }
}

fn summary(account: &Account) -> String {
    let mut text = String::new();
    for count in Count::of(account) {
        let files = count.alone.len();
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}: {} record{}\n", count.table.name(), count.records, plural(count.records));
        let mut line = |count: usize, what: String| {
            if count > 0 {
                text += &format!("  {count:>6}  {what}\n");
            }
        };
        let both = if account.origins.len() == 2 || files <= 2 { "in both" } else { "in several files" };
        line(count.shared.len(), both.to_owned());
        for (origin, records) in &count.alone {
            line(records.len(), format!("only in {}", account.origins[*origin]));
        }
        line(count.moved().len(), "moved in time".to_owned());
        line(count.retitled(), "retitled".to_owned());
        for (name, records) in count.others() {
            line(records, format!("with another `{name}`"));
        }
        line(count.corrected, format!("field{} corrected by hand", plural(count.corrected)));
    }
    text
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn summary_json(account: &Account) -> Value {
    let ids = |records: &[&Told]| -> Vec<String> { records.iter().map(|told| told.id.to_string()).collect() };
    let tables = Count::of(account).into_iter().map(|count| {
        let alone = count.alone.iter().map(|(origin, records)| {
            json!({ "origin": account.origins[*origin], "count": records.len(), "records": ids(records) })
        });
        let changed: Map<String, Value> =
            count.changed.iter().map(|(name, records)| ((*name).to_owned(), json!(ids(records)))).collect();
        json!({
            "table": count.table.name(), "records": count.records, "shared": count.shared.len(),
            "alone": alone.collect::<Vec<_>>(), "moved": ids(&count.moved()), "retitled": count.retitled(),
            "changed": changed, "corrected": count.corrected,
        })
    });
    json!({ "version": 1, "origins": account.origins, "tables": tables.collect::<Vec<_>>() })
}

/// Gives a line for each field that differs between files or was corrected.
fn differences(account: &Account, sources: &Sources) -> String {
    let is_told = |field: &ToldField| field.correction.is_some() || field.contests.iter().any(|contest| !contest.same);
    account.records.iter().map(|told| lines(told, is_told, sources)).collect()
}

fn lines(told: &Told, is_told: impl Fn(&ToldField) -> bool, sources: &Sources) -> String {
    let mut text = String::new();
    for field in told.fields.iter().filter(|field| is_told(field)) {
        let value = if field.is_gone { "-".to_owned() } else { cut(&value(&field.places, sources)) };
        let others = others(field, sources)
            .into_iter()
            .filter(|(_, same)| !same)
            .map(|(lost, _)| format!(" (not {} of {})", cut(&self::value(lost, sources)), place(lost, sources)));
        let others: String = others.collect();
        let (table, id, name) = (told.table.name(), &told.id, field.name);
        text += &format!("{}: {table}/{id}: {name}: {value}{others}\n", place(&field.places, sources));
    }
    text
}

/// Gives places of what else is stated, each once, and whether it says the same as what holds.
fn others<'f>(field: &'f ToldField, sources: &Sources) -> Vec<(&'f [Span], bool)> {
    let kept = value(&field.places, sources);
    let mut same = vec![field.places.as_slice()];
    for contest in field.contests.iter().rev().filter(|contest| contest.same) {
        if same.contains(&contest.won.as_slice()) {
            same.push(&contest.lost);
        } else if same.contains(&contest.lost.as_slice()) {
            same.push(&contest.won);
        }
    }
    let mut others: Vec<(&[Span], bool)> = Vec::new();
    for places in field.contests.iter().flat_map(|contest| [contest.won.as_slice(), &contest.lost]) {
        if places != field.places && others.iter().all(|(known, _)| *known != places) {
            // Two rows that were never compared may still say it in the same words.
            others.push((places, same.contains(&places) || !field.is_gone && value(places, sources) == kept));
        }
    }
    others
}

fn explain(told: &Told, account: &Account, sources: &Sources) -> String {
    let mut text = format!("{}/{}: {}\n", told.table.name(), told.id, told.title);
    for row in &told.rows {
        let by = match row.by {
            By::Id if std::ptr::eq(row, &told.rows[0]) => String::new(),
            By::Id => ": has the same id".to_owned(),
            By::Address => format!(": `{}` has the same address", row.id),
            By::Title => ": has the same title and date".to_owned(),
        };
        let origin = row.origin.map_or("", |at| &account.origins[at]);
        let from = format!("  row at {}", place(&[row.id.span], sources));
        let of = if from.contains(origin) { String::new() } else { format!(", of `{origin}`") };
        text += &format!("{from}{of}{by}\n");
    }
    text.push('\n');
    let width = told.fields.iter().map(|field| field.name.len()).max().unwrap_or(0);
    for field in &told.fields {
        let value = if field.is_gone { "(nothing)".to_owned() } else { cut(&value(&field.places, sources)) };
        text += &format!("  {:width$}  {value}\n", field.name);
        text += &format!("  {:width$}    {}{}\n", "", place(&field.places, sources), why(field));
        for (lost, same) in others(field, sources) {
            let said = if same {
                "says the same".to_owned()
            } else {
                format!("not used: {}", cut(&self::value(lost, sources)))
            };
            text += &format!("  {:width$}    {}: {said}\n", "", place(lost, sources));
        }
    }
    text
}

/// Says why a value holds, in a person's words; nothing where nothing else is stated.
fn why(field: &ToldField) -> String {
    if let Some(reason) = &field.correction {
        let reason = reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        return format!(": corrected by hand{reason}");
    }
    reason(field).map(|reason| format!(": {reason}")).unwrap_or_default()
}

fn reason(field: &ToldField) -> Option<&'static str> {
    let decisive = field.contests.iter().rfind(|contest| contest.won == field.places && !contest.same)?;
    Some(match decisive.why {
        Why::Later => "was read later",
        Why::Last => "was read later, which `prefer = \"last\"` asks for",
        Why::First => "was read first, which `prefer = \"first\"` asks for",
        Why::Newer => "was changed later, by `updated`",
        Why::Preferred => "its `[[input]]` is preferred",
        Why::Language => "is in the language of the edition",
        Why::Corrected => "corrected by hand",
    })
}

fn record_json(told: &Told, account: &Account, sources: &Sources) -> Value {
    let at = |places: &[Span]| {
        let mut known = json!({ "value": value(places, sources) });
        if let Some(span) = places.first() {
            let (line, column) = sources.position(*span);
            known["file"] = json!(sources.file(span.source).name);
            (known["line"], known["column"]) = (json!(line), json!(column));
        }
        known
    };
    let rows = told.rows.iter().map(|row| {
        let (line, column) = sources.position(row.id.span);
        let by = match row.by {
            By::Id => "id",
            By::Address => "url",
            By::Title => "title",
        };
        json!({
            "id": row.id.as_str(), "by": by, "origin": row.origin.map(|at| account.origins[at].as_str()),
            "file": sources.file(row.id.span.source).name, "line": line, "column": column,
        })
    });
    let fields = told.fields.iter().map(|field| {
        let others = others(field, sources).into_iter().map(|(place, same)| {
            let mut other = at(place);
            other["same"] = json!(same);
            other
        });
        let mut known = at(&field.places);
        if field.is_gone {
            known["value"] = Value::Null;
        }
        known["field"] = json!(field.name);
        known["others"] = json!(others.collect::<Vec<_>>());
        known["why"] = match &field.correction {
            Some(_) => json!("corrected by hand"),
            None => json!(reason(field)),
        };
        known["reason"] = json!(field.correction.as_ref().and_then(|reason| reason.as_ref()).map(|text| text.as_str()));
        known
    });
    json!({
        "table": told.table.name(), "id": told.id.as_str(), "title": told.title.as_str(),
        "rows": rows.collect::<Vec<_>>(), "fields": fields.collect::<Vec<_>>(),
    })
}

/// Gives what stands at some places, in one line.
fn value(places: &[Span], sources: &Sources) -> String {
    let one = |span: &Span| sources.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ");
    places.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn cut(text: &str) -> String {
    let head: String = text.chars().take(LONGEST).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}

fn place(places: &[Span], sources: &Sources) -> String {
    places.first().map_or_else(String::new, |span| sources.place(*span).to_string())
}
