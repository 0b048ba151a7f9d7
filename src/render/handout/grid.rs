//! Times and rooms of a day as grids of one page each: rooms side by side, time from top to bottom.

use std::borrow::Cow;

use crate::locale::Locale;
use crate::model::print::{Orientation, Paper};
use crate::model::{Edition, Print, Room, Rooms, Session, Time};
use crate::render::talk;

/// A room narrower than this holds no words, in millimetres.
const NARROWEST: f64 = 24.0;

/// Margins and the column of hours, in millimetres.
const ASIDE: f64 = 51.0;

/// What stands above and below a grid, in millimetres.
const ABOVE: f64 = 85.0;

/// The room that a talk of usual length gets at least, in millimetres: three lines.
const LINES: f64 = 8.5;

/// A talk without an end is drawn as long as this, in minutes.
const UNKNOWN: i64 = 30;

/// One page.
pub(super) struct Grid<'a> {
    /// Day, hours and rooms that it shows.
    pub(super) title: String,
    pub(super) rooms: Vec<Cow<'a, str>>,
    /// The length of each row.
    pub(super) minutes: Vec<i64>,
    /// Row by row; one that reaches over several rows stands in its first.
    pub(super) cells: Vec<Cell<'a>>,
}

/// A cell and over how many rows it reaches.
pub(super) enum Cell<'a> {
    /// In the first column.
    Hour(usize, String),
    /// Whether it begins with a full hour.
    Free(usize, bool),
    Slot(Slot<'a>),
}

/// A talk in the grid.
pub(super) struct Slot<'a> {
    pub(super) span: usize,
    pub(super) minutes: i64,
    pub(super) id: String,
    pub(super) time: String,
    pub(super) title: Cow<'a, str>,
    pub(super) state: &'a str,
}

/// A talk with its place in time, in minutes since the day began.
#[derive(Clone)]
struct Block<'a> {
    id: String,
    session: &'a Session,
    from: i64,
    until: i64,
}

/// Talks of one room that do not overlap.
struct Lane<'a> {
    room: Room<'a>,
    blocks: Vec<Block<'a>>,
}

/// Draws a day, where it has a grid.
pub(super) fn grids<'a>(sessions: &[(String, &'a Session)], edition: &'a Edition, locale: &'a Locale) -> Vec<Grid<'a>> {
    if !edition.has_grid(sessions.iter().map(|(_, one)| *one)) {
        return Vec::new();
    }
    let blocks: Vec<Block<'a>> = sessions.iter().filter_map(|(id, one)| Block::new(id, one, edition)).collect();
    let houses = Rooms::of(&edition.coming);
    let lanes = lanes(blocks, &houses, locale);
    let day = sessions.first().and_then(|(_, one)| talk::day(one)).map(|day| locale.day_month(day)).unwrap_or_default();
    let hours = hours(&lanes, &edition.print);
    let groups = lanes.len().div_ceil(widest(&edition.print));
    let mut grids = Vec::new();
    for part in hours.windows(2) {
        for lanes in lanes.chunks(lanes.len().div_ceil(groups)) {
            grids.extend(page(lanes, &houses, part[0], part[1], &day, locale));
        }
    }
    grids
}

impl<'a> Block<'a> {
    fn new(id: &str, session: &'a Session, edition: &Edition) -> Option<Block<'a>> {
        let (day, start) = (talk::day(session)?, session.start?.value);
        let from = minute(start);
        let later = i64::from((session.last_day()? - day).get_days()) * 24 * 60;
        let until = session.end.map_or(from + UNKNOWN, |end| minute(end.value) + later);
        let until = if until > from { until } else { from + UNKNOWN };
        edition.has_slot(session).then(|| Block { id: id.to_owned(), session, from, until })
    }
}

fn minute(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

/// Puts talks into rooms; where talks of a room overlap, it gets another lane.
fn lanes<'a>(blocks: Vec<Block<'a>>, rooms: &Rooms<'a>, locale: &Locale) -> Vec<Lane<'a>> {
    let mut lanes: Vec<Lane<'a>> = Vec::new();
    for block in blocks {
        let Some(room) = rooms.room(block.session) else { continue };
        let fits =
            |lane: &&mut Lane<'_>| lane.room == room && lane.blocks.last().is_none_or(|last| last.until <= block.from);
        match lanes.iter_mut().find(fits) {
            Some(lane) => lane.blocks.push(block),
            None => lanes.push(Lane { room, blocks: vec![block] }),
        }
    }
    lanes.sort_by(|one, next| locale.order(one.room.name, next.room.name).then(one.room.cmp(&next.room)));
    lanes
}

/// Gives how many rooms a page holds side by side.
fn widest(print: &Print) -> usize {
    let (width, _) = sheet(print);
    let inner = width - if print.paper == Paper::A5 { ASIDE - 14.0 } else { ASIDE };
    ((inner / NARROWEST) as usize).max(1)
}

fn sheet(print: &Print) -> (f64, f64) {
    let (width, height) = print.paper.size();
    if print.orientation == Orientation::Landscape { (height, width) } else { (width, height) }
}

/// Cuts a day into parts of one page each, at full hours where the fewest talks are cut.
fn hours(lanes: &[Lane<'_>], print: &Print) -> Vec<i64> {
    let blocks = || lanes.iter().flat_map(|lane| &lane.blocks);
    let first = blocks().map(|block| block.from / 60 * 60).min().unwrap_or(0);
    let last = blocks().map(|block| (block.until + 59) / 60 * 60).max().unwrap_or(first + 60);
    let mut lengths: Vec<i64> = blocks().map(|block| block.until - block.from).collect();
    lengths.sort_unstable();
    // A short talk, as the day has them.
    let usual = lengths.get(lengths.len() / 4).copied().unwrap_or(UNKNOWN).max(5);
    let (_, height) = sheet(print);
    let room = (height - if print.paper == Paper::A5 { ABOVE - 15.0 } else { ABOVE }) / LINES * usual as f64;
    let pages = ((last - first) as f64 / room).ceil().max(1.0) as i64;
    let mut cuts = vec![first];
    for page in 1..pages {
        let ideal = first + (last - first) * page / pages;
        let cost = |hour: i64| {
            let cut = blocks().filter(|block| block.from < hour && hour < block.until).count() as i64;
            (cut, (hour - ideal).abs())
        };
        let near = ((ideal - 60) / 60 * 60..=ideal + 60).step_by(60);
        let cut = near.filter(|hour| *hour > cuts[cuts.len() - 1] && *hour < last).min_by_key(|hour| cost(*hour));
        cuts.extend(cut);
    }
    cuts.push(last);
    cuts
}

/// Draws some rooms from one hour to another; nothing where no talk is then.
fn page<'a>(
    lanes: &[Lane<'a>],
    among: &Rooms<'_>,
    first: i64,
    last: i64,
    day: &str,
    locale: &'a Locale,
) -> Option<Grid<'a>> {
    let shown = |block: &&Block<'_>| block.from < last && block.until > first;
    // Rooms that nobody is in are left out.
    let lanes: Vec<_> = lanes.iter().filter(|lane| lane.blocks.iter().any(|block| shown(&block))).collect();
    let blocks = || lanes.iter().flat_map(|lane| &lane.blocks).filter(shown);
    // So are the hours before the first talk and after the last.
    let first = blocks().map(|block| block.from / 60 * 60).min()?.max(first);
    let last = blocks().map(|block| (block.until + 59) / 60 * 60).max()?.min(last);
    let mut edges: Vec<i64> = (first..=last).step_by(60).collect();
    for block in blocks() {
        edges.extend([block.from.max(first), block.until.min(last)]);
    }
    edges.sort_unstable();
    edges.dedup();
    let row = |minute: i64| edges.binary_search(&minute).unwrap_or(0);
    let mut cells = Vec::new();
    for (at, &edge) in edges[..edges.len() - 1].iter().enumerate() {
        let next_hour = (edge / 60 + 1) * 60;
        if edge % 60 == 0 {
            cells.push(Cell::Hour(row(next_hour) - at, locale.time(clock(edge))));
        }
        for lane in &lanes {
            let mut blocks = lane.blocks.iter().filter(shown);
            let running = blocks.clone().find(|block| block.from.max(first) <= edge && block.until > edge);
            match running {
                Some(block) if block.from.max(first) == edge => {
                    let until = block.until.min(last);
                    cells.push(Cell::Slot(Slot {
                        span: row(until) - at,
                        minutes: until - edge,
                        id: block.id.clone(),
                        time: locale.time(clock(block.from)),
                        title: locale.part(block.session.title.as_str()),
                        state: talk::state(block.session, locale),
                    }));
                }
                Some(_) => {}
                // Free from the hour or from the end of a talk to the next hour or the next talk.
                None if edge % 60 == 0 || blocks.clone().any(|block| block.until == edge) => {
                    let next = blocks.find(|block| block.from > edge).map_or(last, |block| block.from);
                    cells.push(Cell::Free(row(next.min(next_hour)) - at, edge % 60 == 0));
                }
                None => {}
            }
        }
    }
    let rooms: Vec<Cow<'_, str>> = lanes.iter().map(|lane| talk::room(lane.room, among, locale)).collect();
    let name = |lane: &Lane<'_>| locale.part(&talk::room(lane.room, among, locale)).into_owned();
    let span = locale.time_range(clock(first), clock(last));
    let named = match (lanes.first(), lanes.last()) {
        (Some(first), Some(last)) if first.room != last.room => {
            format!("{} – {}", name(first), name(last))
        }
        (Some(first), _) => name(first),
        _ => String::new(),
    };
    Some(Grid {
        title: [day, &span, &named].join(" · "),
        rooms,
        minutes: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        cells,
    })
}

/// Gives the time of day; after midnight it begins anew.
fn clock(minute: i64) -> Time {
    let hour = i8::try_from(minute / 60 % 24).unwrap_or(0);
    let minute = i8::try_from(minute % 60).unwrap_or(0);
    Time::constant(hour, minute, 0, 0)
}
