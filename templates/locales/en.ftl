# English, as written in Europe: British spelling, day before month, 24 hours.

colon = :{ " " }
comma = ,{ " " }
semicolon = ;{ " " }
and = { " " }&{ " " }

## Dates, times, money

clock = { $hour }:{ $minute }
time = { $time }
time-range = { $from }–{ $to }
time-with-zone = { $time } { $zone }
time-over-days = from { $from } until { $day }, { $to }
date-range-in-month = { $from }–{ $to }
date-range = { $from }{ "\u00A0" }– { $to }
date-with-time = { $date }, { $time }
money = { $currency }{ "\u00A0" }{ $amount }
money-range = { $from } to { $to }
money-from = from { $from }
money-up-to = up to { $to }

## Headings and labels

summary = Summary
introduction = Introduction
agenda = Agenda of the meeting
moderation = Moderation
key-messages = Key messages
contents = In this edition
held = Looking back
coming = Coming up
calls = Funding opportunities
news = News
deadline = Deadline
no-deadline = No deadline given
deadlines-by-month = Deadlines by month
funder = Funder
budget = Budget
grant = Grant per project
rate = Funding rate
eligibility = Who can apply
countries = Countries
contact = Contact
links = Links
language = Language
organiser = Organiser
speakers = Speakers
online = Online
join-online = Join online
add-to-calendar = Add to calendar
cancelled = Cancelled
postponed = Postponed
view-in-browser = View this newsletter in the browser
unsubscribe = Unsubscribe from this newsletter
website = Website
handout = Handout
programme = Programme
table-of-contents = Contents
time-of-day = Time
call = Call
status = Status
index-of-speakers = Index of speakers
index-of-rooms = Index of rooms
notes = Notes
undated = No date yet
other-sessions = Other sessions
speakers-sheets = Speakers’ sheets
door-signs = Door signs

## States of a call

state-closing-soon = Closing soon
state-open = Open
state-forthcoming = Forthcoming
state-closed = Closed
state-withdrawn = Withdrawn
state-suspended = Suspended

## Sentences with values

with-colon = { $label }:
page-of = Page { $page } of { $pages }
as-of = As of { $date }
edition-number = No.{ "\u00A0" }{ $number }
opens-on = opens { $date }
until = until { $date }
summary-of = Summary of { $title }
qr-code-of = QR code: { $address }
all-times-in = All times are { $zone }
title-of-kind = { $title }: { $kind }
subject = { $title }, { $date }
next-on = next on { $date }
next-deadline = next deadline { $date }

## Counts: $form is the plural form, $count the number

count-held = { $form ->
    [one] { $count } session summed up
   *[other] { $count } sessions summed up
}
count-coming = { $form ->
    [one] { $count } coming session
   *[other] { $count } coming sessions
}
count-calls = { $form ->
    [one] { $count } funding opportunity
   *[other] { $count } funding opportunities
}
count-news = { $form ->
    [one] { $count } news item
   *[other] { $count } news items
}
count-closing-soon = { $form ->
    [one] { $count } closing soon
   *[other] { $count } closing soon
}
count-deadlines = { $form ->
    [one] { $count } deadline
   *[other] { $count } deadlines
}
count-more = { $form ->
    [one] { $count } more is left out here
   *[other] { $count } more are left out here
}
count-more-on-web = { $form ->
    [one] { $count } more in the web version
   *[other] { $count } more in the web version
}
