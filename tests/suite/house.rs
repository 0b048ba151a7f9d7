//! The house checks itself: who may use whom, and that nothing is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bulletin::diagnostic::Code;
use bulletin::locale::{Labels, Lang};
use bulletin::theme::THEMES;

use crate::support::root;

/// Things that pass. None of them uses a verb.
const NOUNS: [&str; 16] = [
    "bytes",
    "cores",
    "source",
    "diagnostic",
    "error",
    "record",
    "prose",
    "model",
    "locale",
    "schema",
    "theme",
    "config",
    "fact",
    "artifact",
    "reading",
    "lib",
];
/// Deeds. None of them uses another.
const VERBS: [&str; 10] =
    ["read", "arrange", "merge", "copydesk", "render", "typeset", "prove", "impose", "pack", "deliver"];
/// Templates that become Typst text, those of `parts/` aside.
const TYPST: [&str; 4] = ["summary.typ", "handout.typ", "speakers.typ", "signs.typ"];
/// What knows more than one verb.
const STORY: [&str; 1] = ["pipeline"];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// Gives the room of a file and the rooms that its code outside tests names.
fn imports(path: &Path) -> (String, BTreeSet<String>) {
    let inside = path.strip_prefix(root().join("src")).expect("a file of src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    let room = first.trim_end_matches(".rs").to_owned();
    let text = fs::read_to_string(path).expect("text");
    let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(&text);
    let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut rooms = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        rooms.insert(part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("").to_owned());
    }
    (room, rooms)
}

#[test]
fn no_room_uses_what_it_must_not() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    for file in files {
        // Files of tests may build whatever they look at.
        if file.file_stem().is_some_and(|stem| stem == "tests" || stem == "fixture") {
            continue;
        }
        let (room, used) = imports(&file);
        for other in used.iter().filter(|other| **other != room) {
            let shown = file.display();
            if NOUNS.contains(&room.as_str()) {
                assert!(!VERBS.contains(&other.as_str()), "{shown}: a noun uses the verb `{other}`");
            }
            if VERBS.contains(&room.as_str()) {
                assert!(!VERBS.contains(&other.as_str()), "{shown}: a verb uses the verb `{other}`");
            }
            if !STORY.contains(&room.as_str()) && room != "lib" {
                assert!(!STORY.contains(&other.as_str()), "{shown}: only the front door tells the story");
            }
            assert!(other != "cli", "{shown}: the library knows of the command line");
        }
    }
}

#[test]
fn every_room_is_on_the_map() {
    for entry in fs::read_dir(root().join("src")).expect("src") {
        let name = entry.expect("an entry").file_name().into_string().expect("Unicode");
        let room = name.trim_end_matches(".rs");
        let known = NOUNS.contains(&room) || VERBS.contains(&room) || STORY.contains(&room);
        assert!(known || room == "cli" || room == "main", "`{room}` is in no list of this test");
        let map = fs::read_to_string(root().join("src/lib.rs")).expect("text");
        assert!(room == "lib" || map.contains(room), "`{room}` is not on the map in src/lib.rs");
    }
}

#[test]
fn every_language_has_every_label() {
    for lang in Lang::ALL {
        let text = fs::read_to_string(root().join(format!("templates/locales/{}.ftl", lang.tag()))).expect("a file");
        let keys = |text: &str| -> BTreeSet<String> {
            let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
        };
        let english = fs::read_to_string(root().join("templates/locales/en.ftl")).expect("a file");
        assert_eq!(keys(&text), keys(&english), "{} and English have the same labels", lang.tag());
        for key in Labels::KEYS {
            assert!(keys(&text).contains(*key), "{}: `{key}` is missing", lang.tag());
        }
    }
}

#[test]
fn every_label_is_said_somewhere() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let code: String = files
        .iter()
        .filter(|file| !file.ends_with("locale/labels.rs"))
        .map(|file| fs::read_to_string(file).expect("text"))
        .collect();
    let templates = ["newsletter.html", "newsletter.txt", "web.html"]
        .into_iter()
        .chain(TYPST)
        .map(|name| root().join("templates").join(name));
    let parts =
        fs::read_dir(root().join("templates/parts")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let templates: String =
        templates.into_iter().chain(parts).map(|file| fs::read_to_string(file).expect("text")).collect();
    let english = fs::read_to_string(root().join("templates/locales/en.ftl")).expect("a file");
    for key in english.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key) {
        let field = format!("labels.{}", key.replace('-', "_"));
        let said = code.contains(&format!("\"{key}\"")) || code.contains(&field) || templates.contains(&field);
        assert!(said || key.starts_with([' ', '#']), "nobody says `{key}`");
    }
}

#[test]
fn every_finding_has_its_line_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).expect("text");
    for code in Code::ALL {
        let line = format!("| `{code}` | {} |", code.summary());
        assert!(readme.contains(&line), "README.md has no line `{line}`");
    }
    let pages = fs::read_dir(root().join("src/diagnostic/pages")).expect("a folder");
    assert_eq!(pages.count(), Code::ALL.len(), "a page of `src/diagnostic/pages` belongs to no code");
}

#[test]
fn every_file_of_templates_is_registered() {
    let names = |folder: &str, end: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(root().join("templates").join(folder)).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("Unicode"));
        names.filter_map(|name| name.strip_suffix(end).map(str::to_owned)).collect()
    };
    assert_eq!(names("themes", ".toml"), THEMES.iter().map(|(name, _)| (*name).to_owned()).collect());
    assert_eq!(names("locales", ".ftl"), Lang::ALL.iter().map(|lang| lang.tag().to_owned()).collect());
}

/// In a Typst template every value stands inside a string literal, so that it can never be code.
#[test]
fn values_in_typst_templates_are_quoted() {
    let (mut text, mut inside) = (String::new(), false);
    for name in TYPST {
        text += &fs::read_to_string(root().join("templates").join(name)).expect("a template");
    }
    for entry in fs::read_dir(root().join("templates/parts")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "typ") {
            text += &fs::read_to_string(path).expect("text");
        }
    }
    let mut rest = text.as_str();
    let mut values = 0;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("{{") {
            let end = rest.find("}}").expect("a closed value");
            let value = &rest[..end + 2];
            // Prose is code already: `render::typ` alone makes it, with a literal around every text.
            assert!(inside || value.ends_with(".code() }}"), "{value} stands outside a string literal");
            values += 1;
            rest = &rest[end + 2..];
        } else if rest.starts_with("{#") {
            rest = &rest[rest.find("#}").expect("a closed comment") + 2..];
        } else if rest.starts_with("{%") {
            rest = &rest[rest.find("%}").expect("a closed tag") + 2..];
        } else {
            inside ^= c == '"';
            rest = &rest[c.len_utf8()..];
        }
    }
    assert!(values > 10 && !inside);
}
