//! A publication with some of everything that is printed, by which the proof of paper is held to its word.

pub const CONFIG: &str = r#"
[edition]
title = "Harbour days"
subtitle = "Three meetings on maps"
date = 2024-06-26
timezone = "Europe/Brussels"
[publisher]
name = "Lakeside Library"
address = "Quay 7, Ghent"
initiative = "Funded by the region"
url = "https://example.org"
email = "office@library.test"
[newsletter]
from = "news@example.org"
"#;

pub const CONTENT: &str = r#"[handout]
content = ["contents", "programme", "grid", "messages", "calls", "news", "index", "contact"]
also = ["speakers", "signs"]
"#;

pub const SESSIONS: &str = r#"[
  { "id": "spring", "title": "Spring talk", "date": "2024-06-12", "start": "08:30", "end": "09:45", "room": "Attic",
    "place": "Brussels", "url": "https://example.org/spring", "summary": "Forty people came.",
    "key-messages": ["Maps come first"] },
  { "id": "May", "title": "May walk", "date": "2024-06-05", "start": "14:15", "room": "Cellar", "place": "Namur",
    "url": "https://example.org/may", "summary": "Thirty members went.", "key-messages": ["Boats come second"] },
  { "id": "one", "title": "Autumn school", "kind": "workshop", "language": "Dutch", "series": "Maps", "date": "2024-09-10",
    "start": "10:00", "end": "11:15", "room": "Blue hall", "place": "Ghent", "url": "https://example.org/autumn",
    "online-url": "https://meet.example.net/autumn", "organiser": "Map Society", "summary": "Old charts are drawn anew.",
    "speakers": [{ "name": "Cleo Brandt", "role": "Archivist", "organisation": "City Archive", "url": "https://example.org/cleo" }],
    "moderators": ["Nora Falk, Editor, Lakeside Press"], "links": [{ "label": "Reader", "url": "https://example.org/reader" }],
    "agenda": [
      { "title": "Sources", "start": "10:05", "speakers": ["Ada Moreau, Librarian, Town Library"], "body": "Where charts lie." },
      { "title": "Colours", "start": "10:40", "speakers": ["Ben Ito, Adviser, Paint Office"], "body": "How paper ages." }
    ] },
  { "id": "two", "title": "Winter forum", "kind": "debate", "language": "French", "series": "Boats", "date": "2024-11-21",
    "start": "13:30", "end": "15:45", "room": "Red hall", "place": "Lille", "url": "https://example.org/winter",
    "online-url": "https://meet.example.net/winter", "organiser": "Boat Guild", "summary": "New hulls are weighed.",
    "speakers": [{ "name": "Dov Castell", "role": "Curator", "organisation": "Ship Museum", "url": "https://example.org/dov" }],
    "moderators": ["Olaf Gray, Producer, Quay Radio"], "links": [{ "label": "Plans", "url": "https://example.org/plans" }] },
  { "id": "off", "title": "Night sail", "status": "cancelled", "date": "2024-11-21", "start": "21:00", "room": "Pier",
    "speakers": ["Dov Castell, Curator, Ship Museum"] },
  { "id": "show", "title": "Long exhibition", "date": "2024-12-02", "end-date": "2024-12-09", "start": "09:00" }
]"#;

pub const CALLS: &str = "\
id,title,deadline,time,budget,url,programme,summary
seed,Seed fund,2024-09-19,17:00,EUR 150000,https://example.org/seed,Lakeside Grants,For first drafts.
bridge,Bridge fund,2024-10-23,12:00,EUR 275000,https://example.org/bridge,Harbour Grants,For last miles.
";

pub const NEWS: &str = "\
id,title,date,place,url,summary
hall,New reading hall,2024-07-04,Bruges,https://example.org/hall,It has forty seats.
maps,Maps online,2024-07-15,Leuven,https://example.org/maps,They are all drawn.
";
