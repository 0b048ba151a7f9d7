//! What is written back is read again as the very same records, in each format.

use std::collections::BTreeMap;

use bulletin::artifact::{Artifact, Kind};
use bulletin::diagnostic::{Code, Severity};
use bulletin::locale::Lang;
use bulletin::model::table::{Form, Table};
use bulletin::pack;
use bulletin::pipeline::export::{Exported, Format, export};
use bulletin::pipeline::{Checked, Job, build, check};
use bulletin::source::Folder;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use snapbox::IntoData as _;

const CONFIG: &str = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\ntimezone = \"Europe/Brussels\"\n";

const FORMATS: [Format; 4] =
    [Format::Csv { separator: b',' }, Format::Csv { separator: b';' }, Format::Json, Format::Xlsx];

/// Text that a format could take for something else: formulas, numbers, lists, signs of its own.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("=1+1".to_owned()),
        Just("=\"x\"".to_owned()),
        Just("+49 30".to_owned()),
        Just("-5".to_owned()),
        Just("@SUM(A1)".to_owned()),
        Just("007".to_owned()),
        Just("1e5".to_owned()),
        Just("22.5".to_owned()),
        Just("2024-02-03".to_owned()),
        Just("TRUE".to_owned()),
        Just("[\"a\", \"b\"]".to_owned()),
        Just("[{\"name\": 1}]".to_owned()),
        Just("[1]".to_owned()),
        Just("a; b".to_owned()),
        Just("a, b & c".to_owned()),
        Just("say \"so\"".to_owned()),
        Just("sep=;".to_owned()),
        Just("_x0041_".to_owned()),
        Just("'quoted'".to_owned()),
        Just("ann-lee".to_owned()),
        Just("é漢字🎉".to_owned()),
        Just("a\u{A0}b\u{202F}c".to_owned()),
        "[a-zA-Z<>&\"'#;,|\\\\\\[\\](){} ]{0,12}[a-z]",
    ];
    (proptest::collection::vec(piece, 1..3), any::<bool>()).prop_map(|(pieces, spaced)| {
        let text = pieces.join(" ");
        if spaced { format!("  {text}\t ") } else { text }
    })
}

fn prose() -> impl Strategy<Value = String> {
    proptest::collection::vec(hostile(), 1..4).prop_map(|lines| lines.join("\n\n- "))
}

fn date() -> impl Strategy<Value = String> {
    (1890i32..2100, 1u8..13, 1u8..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn time() -> impl Strategy<Value = String> {
    (0u8..24, 0u8..60, prop_oneof![Just(None), (0u8..60).prop_map(Some)]).prop_map(|(hour, minute, second)| {
        let second = second.map(|second| format!(":{second:02}")).unwrap_or_default();
        format!("{hour:02}:{minute:02}{second}")
    })
}

fn zone() -> impl Strategy<Value = String> {
    prop_oneof![Just("Europe/Berlin"), Just("AoE"), Just("UTC+2"), Just("America/New_York")].prop_map(str::to_owned)
}

fn url() -> impl Strategy<Value = String> {
    let tail = "[a-zA-Z0-9;,()=&?#-]{0,12}";
    let head = prop_oneof![Just("https://example.org/"), Just("http://example.org/https://a.org/")];
    let web = (head, tail).prop_map(|(head, tail)| format!("{head}{tail}"));
    prop_oneof![4 => web, 1 => Just("mailto:a@example.org?subject=a;b".to_owned()), 1 => Just("tel:+4930123".to_owned())]
}

fn money() -> impl Strategy<Value = String> {
    (0u64..9_000_000_000, prop_oneof![Just("EUR"), Just("SEK")])
        .prop_map(|(sum, currency)| format!("{currency} {}.{:02}", sum / 100, sum % 100))
}

/// One that has a record, one that has none, somebody with a part in this alone.
fn person() -> BoxedStrategy<Value> {
    let part = || proptest::option::of(hostile());
    let stated = (hostile(), part(), part(), proptest::option::of(url()));
    prop_oneof![
        Just(json!({ "id": "ann-lee" })),
        Just(json!({ "id": "ann-lee", "role": "Chair, for once" })),
        Just(json!("Bo Ek")),
        Just(json!("Cy Oh & Di Wu, guides, The Club, Ltd")),
        stated.prop_map(|(name, role, organisation, url)| {
            object([
                ("name", Some(json!(name))),
                ("role", role.map(Value::from)),
                ("organisation", organisation.map(Value::from)),
                ("url", url.map(Value::from)),
            ])
        }),
    ]
    .boxed()
}

fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    Value::Object(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn value(form: Form) -> BoxedStrategy<Value> {
    let text = |strategy: BoxedStrategy<String>| strategy.prop_map(Value::from).boxed();
    let many = |strategy: BoxedStrategy<Value>| proptest::collection::vec(strategy, 1..4).prop_map(Value::from).boxed();
    match form {
        Form::Line => text(hostile().boxed()),
        Form::Prose => text(prose().boxed()),
        Form::Date => text(date().boxed()),
        Form::Time => text(time().boxed()),
        Form::Zone => text(zone().boxed()),
        Form::Url => text(url().boxed()),
        Form::Money => text(money().boxed()),
        Form::Lines => many(text(hostile().boxed())),
        Form::Proses => many(text(prose().boxed())),
        Form::People => many(person()),
        Form::Word(words) => proptest::sample::select(words).prop_map(Value::from).boxed(),
        Form::Number => Just(Value::Null).boxed(),
        Form::Rows(table) => many(record(table)),
        Form::Links => {
            let link = (proptest::option::of(hostile()), url());
            many(
                link.prop_map(|(label, url)| object([("label", label.map(Value::from)), ("url", Some(url.into()))]))
                    .boxed(),
            )
        }
    }
}

/// A record of a table, some of its fields filled; what its rows and titles need is there.
fn record(table: Table) -> BoxedStrategy<Value> {
    // A duration says what an end says; a deadline alone what a list of one says.
    let left = ["id", "session", "call", "order", "duration", "deadline"];
    let needed = ["title", "name", "text", "date"];
    let mut strategy = Just(Map::new()).boxed();
    for field in table.fields().iter().filter(|field| !left.contains(&field.name)) {
        let cell = if field.name == "lang" {
            // Another one than the edition's would be told as untranslated.
            proptest::option::of(Just("en".into())).boxed()
        } else if ["end-date", "end"].contains(&field.name) {
            // An event that ends before it starts is no event.
            let last = if field.name == "end" { "23:59:59" } else { "2150-06-01" };
            proptest::option::of(Just(last.into())).boxed()
        } else if needed.contains(&field.name) {
            value(field.form).prop_map(Some).boxed()
        } else {
            proptest::option::weighted(0.4, value(field.form)).boxed()
        };
        strategy = (strategy, cell)
            .prop_map(|(mut record, cell)| {
                record.extend(cell.map(|cell| (field.name.to_owned(), cell)));
                record
            })
            .boxed();
    }
    strategy.prop_map(Value::Object).boxed()
}

fn records(table: Table) -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec((record(table), any::<bool>()), 0..4).prop_map(|records| {
        let named = records.into_iter().enumerate().map(|(at, (mut record, has_id))| {
            if has_id {
                record["id"] = format!("0{at}; 7").into();
            }
            record
        });
        named.collect()
    })
}

fn write(files: &BTreeMap<String, Vec<u8>>, format: Format) -> Exported {
    export(Job::new(Folder::Memory(files.clone())), format, false).expect("it is in memory")
}

fn errors(checked: &Checked) -> Vec<&str> {
    let findings = checked.report.diagnostics().iter();
    findings.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.message.as_str()).collect()
}

fn again(artifacts: &[Artifact]) -> BTreeMap<String, Vec<u8>> {
    let tables = artifacts.iter().map(|artifact| (artifact.name.clone(), artifact.bytes.clone()));
    tables.chain([("bulletin.toml".to_owned(), CONFIG.as_bytes().to_vec())]).collect()
}

/// Gives the files of a newsletter without those whose bytes tell when they were made.
fn newsletter(files: &BTreeMap<String, Vec<u8>>, lang: Lang) -> Vec<(String, String)> {
    let job = Job { lang: Some(lang), only: vec![Kind::Newsletter], ..Job::new(Folder::Memory(files.clone())) };
    let built = build(&job, &|_, _| {}).expect("it is in memory");
    let artifacts = built.artifacts.unwrap_or_else(|| panic!("{:?}", errors(&built.checked)));
    let texts = artifacts.into_iter().filter(|one| one.name != "facts.json");
    texts.map(|one| (one.name, String::from_utf8(one.bytes).expect("UTF-8"))).collect()
}

/// Languages that stand in for others, people who want to be written to, and rows of several files: the edition stays
/// what it is when its tables are written back and read again, in whichever form.
#[test]
fn what_is_written_back_gives_the_same_edition() {
    let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\nlang = \"en\"\nfallback = [\"de\", \"fr\"]\n\
        timezone = \"Europe/Brussels\"\n[newsletter]\nfrom = \"news@example.org\"\n";
    let sessions = "id,title,title.de,summary,summary.de,summary.fr,date,start,speakers,moderators,updated\n\
        mixed,Hello,Hallo,,Worte,Mots,2024-07-01,09:00,ann,\"Bob Roe, Chair\",2024-05-01\n\
        german,,Nur Deutsch,,Mehr Worte,,2024-07-02,10:00,ann,,\n\
        titled,,Nur der Titel,Words,,,2024-07-03,10:00,cy,,\n\
        three,,Drei,,,Trois mots,2024-07-04,10:00,\"Dee, speaker\",,\n";
    let agenda = "session,order,title,lang\nmixed,1,Opening,en\nmixed,1,Beginn,de\ngerman,1,Beginn,de\ngerman,2,Ende,de\n\
        titled,1,Opening,en\n";
    let people = "id,name,role,role.de,email,phone,public,url\n\
        ann,Ann Lee,Director,Direktorin,ann@example.org,,true,\n\
        bob,Bob Roe,Chair,,bob@example.org,,false,\ncy,Cy Oh,Guide,,,+32 2 555 12 34,true,\n";
    let config = format!("{head}[merge]\nprefer = \"last\"\n[[input]]\ntable = \"calls\"\npath = \"portal-*.csv\"\n");
    let first = "id,title,lang,deadline,summary,updated\nfund,Fund,en,2024-09-01,,2024-05-02\nfund,Fonds,de,,Nur Deutsch,\n\
        preis,Preis,de,2024-10-01,Worte,2024-05-04\n";
    let second = "id,title,deadline,url\nfund,Seed fund,2024-09-02,https://example.org/fund\n";
    let files = [
        ("bulletin.toml", config.as_str()),
        ("sessions.csv", sessions),
        ("agenda.csv", agenda),
        ("people.csv", people),
        ("portal-1.csv", first),
        ("portal-2.csv", second),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
    let expected = newsletter(&files, Lang::English);
    let all: String = expected.iter().map(|(_, text)| text.as_str()).collect();
    for part in ["lang=\"de\"", "lang=\"fr\"", "Nur der Titel", "mailto:ann@example.org", "Seed fund"] {
        assert!(all.contains(part), "{part}");
    }
    let german = newsletter(&files, Lang::German);
    for format in FORMATS {
        let written = write(&files, format);
        assert_eq!(written.counts.to_string(), "4 sessions, 2 calls, 0 news, 3 people");
        let written = written.artifacts.expect("it has no errors");
        let mut files = again(&written);
        files.insert("bulletin.toml".to_owned(), head.into());
        for ((name, text), (_, expected)) in newsletter(&files, Lang::English).iter().zip(&expected) {
            let tables: String = written.iter().map(|one| String::from_utf8_lossy(&one.bytes).into_owned()).collect();
            let tables = if format == Format::Xlsx { String::new() } else { tables };
            snapbox::assert_data_eq!(text, expected.clone().raw());
            assert!(text == expected, "{name} {format:?} {tables}");
        }
        for ((name, text), (_, expected)) in newsletter(&files, Lang::German).iter().zip(&german) {
            assert!(text == expected, "{name} {format:?} in German: {text}");
        }
    }
}

/// A list of which one item is told in this language and another in that: each keeps its own, whatever the form.
#[test]
fn what_stands_in_within_a_list_keeps_its_language() {
    let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\nlang = \"en\"\nfallback = [\"de\", \"fr\"]\n";
    let sessions = "id,title,title.de,date\na,Hello,Hallo,2024-07-01\nb,Hi,,2024-07-02\n";
    let agenda = "session,order,lang,title,speakers,body,title.de,body.fr\na,1,en,Opening,ann,,,\na,1,de,Beginn,ann,,,\n\
        a,2,de,Nur Deutsch,,,,\na,3,en,English alone,,,,\nb,1,en,Welcome,,,,\nb,2,fr,Adieu,,,,\n\
        a,4,,,,English words,Deutscher Titel,\nb,3,,Three,,,,Trois mots\na,5,en,Five,,,,\na,5,de,,ann,Deutsche Worte,,\n";
    let messages = "session,order,lang,text\na,1,de,Eins\na,1,en,One\na,2,fr,Deux\n";
    let people = "id,name\nann,Ann Lee\n";
    let files = [
        ("bulletin.toml", head),
        ("sessions.csv", sessions),
        ("agenda.csv", agenda),
        ("key-messages.csv", messages),
        ("people.csv", people),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
    let told = |files: &BTreeMap<String, Vec<u8>>, lang| {
        let checked = check(&Job { lang: Some(lang), ..Job::new(Folder::Memory(files.clone())) }).expect("in memory");
        let mut told: Vec<String> = (checked.report.diagnostics().iter())
            .filter(|told| told.code == Code::Untranslated)
            .map(|told| format!("{} {}", told.message, told.labels[0].text))
            .collect();
        told.sort();
        (told, format!("{:?}", checked.edition.map(|edition| pack::data::data(&edition))))
    };
    for format in FORMATS {
        let written = write(&files, format).artifacts.expect("it has no errors");
        let mut again = again(&written);
        again.insert("bulletin.toml".to_owned(), head.into());
        for lang in [Lang::English, Lang::German, Lang::French] {
            assert_eq!(told(&again, lang), told(&files, lang), "{format:?} in {}", lang.tag());
        }
        let twice = write(&again, format).artifacts.expect("it has no errors");
        let names = |artifacts: &[Artifact]| artifacts.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&twice), names(&written));
        for (one, other) in written.iter().zip(&twice) {
            assert!(one.bytes == other.bytes, "{} {format:?}", one.name);
        }
        let text: String = written.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
        assert_eq!(text.matches("Nur Deutsch").count(), usize::from(format != Format::Xlsx), "{format:?} {text}");
    }
}

/// JSON has no formulas: what looks like one is text, and stays text in tables that have some.
#[test]
fn a_text_that_begins_like_a_formula_stays_text() {
    let news = json!([{ "id": "a", "title": "=\"x\" &a", "date": "2026-11-02", "tags": ["  =A2"] }]);
    // A comma in a name makes it a list of objects, which stands in one cell.
    let speaker = json!({ "name": "Bo, Ek", "role": "=\"x\" &b" });
    let sessions = json!([{ "id": "s", "title": "T", "date": "2026-11-02", "speakers": [speaker, "Cy Oh"] }]);
    let files = [
        ("news.json", news.to_string()),
        ("sessions.json", sessions.to_string()),
        ("bulletin.toml", CONFIG.to_owned()),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into();
    let expected = write(&files, Format::Json).artifacts.expect("it has no errors");
    let texts = [r#""=\"x\" &a""#, r#""=\"x\" &b""#];
    let all: Vec<_> = expected.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert!(texts.iter().all(|text| all.iter().any(|file| file.contains(text))), "{all:?}");
    for format in FORMATS {
        let written = write(&files, format).artifacts.expect("the same data");
        let read = write(&again(&written), Format::Json);
        let read = read.artifacts.unwrap_or_else(|| panic!("{format:?}: {:?}", errors(&read.checked)));
        let bytes = |files: &[Artifact]| files.iter().map(|file| file.bytes.clone()).collect::<Vec<_>>();
        assert_eq!(bytes(&read), bytes(&expected), "{format:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Writing, reading and writing again gives the same records, whatever the way.
    #[test]
    fn what_is_written_back_is_read_as_the_same(
        sessions in records(Table::Sessions),
        calls in records(Table::Calls),
        news in records(Table::News),
        mut people in records(Table::People),
        with_people: bool,
    ) {
        if !with_people {
            // Where anybody has a record, an id must be that of one.
            people.clear();
        } else {
            // An id that is made of a name may be that of somebody else.
            people.iter_mut().enumerate().for_each(|(at, person)| person["id"] = format!("p-{at}").into());
            people.push(json!({ "id": "ann-lee", "name": "Lee, Ann", "role": "Lead", "email": "ann@example.org" }));
            people.push(json!({ "name": "Bo Ek", "organisation": "Ek & Sons; since 1900", "public": true, "phone": "+49 30" }));
        }
        let tables = [("sessions", sessions.into()), ("calls", calls.into()), ("news", news.into()), ("people", people.into())];
        let mut files: BTreeMap<String, Vec<u8>> =
            tables.map(|(name, rows): (&str, Value)| (format!("{name}.json"), rows.to_string().into_bytes())).into();
        files.insert("bulletin.toml".to_owned(), CONFIG.into());
        let first = write(&files, Format::Json);
        // A telephone number is no name, and told.
        prop_assume!(first.artifacts.is_some());
        let json = first.artifacts.unwrap_or_default();
        for format in FORMATS {
            let written = write(&files, format).artifacts.expect("the same data");
            let read = write(&again(&written), Format::Json);
            let shown = || written.iter().map(|one| String::from_utf8_lossy(&one.bytes).into_owned()).collect::<String>();
            let read = read.artifacts.unwrap_or_else(|| panic!("{format:?}: {:?}\n{}", errors(&read.checked), shown()));
            prop_assert_eq!(read.len(), json.len());
            for (read, json) in read.iter().zip(&json) {
                let (read, json) = (String::from_utf8_lossy(&read.bytes), String::from_utf8_lossy(&json.bytes));
                prop_assert_eq!(read, json, "{:?}\n{}", format, shown());
            }
        }
    }
}
