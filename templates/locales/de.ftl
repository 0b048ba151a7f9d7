# Deutsch

colon = :{ " " }
comma = ,{ " " }
semicolon = ;{ " " }
and = { " " }&{ " " }

## Datum, Zeit, Geld

clock = { $hour }:{ $minute }
time = { $time }{ "\u00A0" }Uhr
time-range = { $from }–{ $to }{ "\u00A0" }Uhr
time-with-zone = { $time } { $zone }
time-over-days = ab { $from } bis { $day }, { $to }{ "\u00A0" }Uhr
date-range-in-month = { $from }.–{ $to }
date-range = { $from }{ "\u00A0" }– { $to }
date-with-time = { $date }, { $time }
money = { $amount }{ "\u00A0" }{ $currency }
money-range = { $from } bis { $to }
money-from = ab { $from }
money-up-to = bis { $to }

## Überschriften und Bezeichnungen

summary = Zusammenfassung
introduction = Einführung
agenda = Programm der Sitzung
moderation = Moderation
key-messages = Kernaussagen
contents = In dieser Ausgabe
held = Rückblick
coming = Demnächst
calls = Fördermöglichkeiten
news = Neuigkeiten
deadline = Frist
no-deadline = Keine Frist angegeben
deadlines-by-month = Fristen nach Monaten
funder = Fördergeber
budget = Budget
grant = Förderung je Projekt
rate = Förderquote
eligibility = Wer sich bewerben kann
countries = Länder
contact = Kontakt
links = Links
language = Sprache
organiser = Veranstalter
speakers = Vortragende
online = Online
join-online = Online teilnehmen
add-to-calendar = In den Kalender eintragen
cancelled = Abgesagt
postponed = Verschoben
view-in-browser = Diesen Newsletter im Browser ansehen
unsubscribe = Diesen Newsletter abbestellen
website = Website
handout = Handzettel
programme = Programm
table-of-contents = Inhalt
time-of-day = Zeit
call = Aufruf
status = Stand
index-of-speakers = Verzeichnis der Vortragenden
index-of-rooms = Verzeichnis der Räume
notes = Notizen
undated = Noch ohne Datum
other-sessions = Weitere Veranstaltungen
speakers-sheets = Blätter der Vortragenden
door-signs = Türschilder

## Stand eines Aufrufs

state-closing-soon = Endet bald
state-open = Offen
state-forthcoming = Angekündigt
state-closed = Beendet
state-withdrawn = Zurückgezogen
state-suspended = Ausgesetzt

## Sätze mit Werten

with-colon = { $label }:
page-of = Seite { $page } von { $pages }
as-of = Stand: { $date }
edition-number = Nr.{ "\u00A0" }{ $number }
opens-on = ab { $date }
until = bis { $date }
summary-of = Zusammenfassung von { $title }
qr-code-of = QR-Code: { $address }
all-times-in = Alle Zeiten in { $zone }
title-of-kind = { $title }: { $kind }
subject = { $title }, { $date }
next-on = nächster am { $date }
next-deadline = nächste Frist { $date }

## Anzahlen: $form ist die Pluralform, $count die Zahl

count-held = { $form ->
    [one] { $count } Sitzung zusammengefasst
   *[other] { $count } Sitzungen zusammengefasst
}
count-coming = { $form ->
    [one] { $count } kommender Termin
   *[other] { $count } kommende Termine
}
count-calls = { $form ->
    [one] { $count } Fördermöglichkeit
   *[other] { $count } Fördermöglichkeiten
}
count-news = { $form ->
    [one] { $count } Neuigkeit
   *[other] { $count } Neuigkeiten
}
count-closing-soon = { $form ->
    [one] { $count } endet bald
   *[other] { $count } enden bald
}
count-deadlines = { $form ->
    [one] { $count } Frist
   *[other] { $count } Fristen
}
count-more = { $form ->
    [one] { $count } weiterer Eintrag ist hier ausgelassen
   *[other] { $count } weitere Einträge sind hier ausgelassen
}
count-more-on-web = { $form ->
    [one] { $count } weiterer Eintrag in der Webfassung
   *[other] { $count } weitere Einträge in der Webfassung
}
