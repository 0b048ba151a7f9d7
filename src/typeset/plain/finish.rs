//! What stands around the pages: put right, and the same each time.

use printpdf::lopdf::{Dictionary, Document, Error, Object, ObjectId, StringFormat, dictionary};

use crate::artifact::Meta;

/// Written into the files as their maker.
const CREATOR: &str = concat!("bulletin ", env!("CARGO_PKG_VERSION"), " (genpdf)");

/// Begins the address of a link that is none: it says that an item begins there. No address of the data has this scheme.
const MARK: &str = "bulletin-mark:";

/// Between the name of an item and the number of its place: an item may be listed twice.
const NUMBER: char = '#';

/// Where a destination has its distance from the foot of the page: `[page /XYZ left top zoom]` (PDF 1.7 §12.3.2.2).
pub(super) const TOP: usize = 3;

/// Gives the address that marks an item.
pub(super) fn mark(item: &str) -> String {
    format!("{MARK}{item}")
}

/// Gives the item of a destination.
pub(super) fn item(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    Some(name.rsplit_once(NUMBER)?.0.to_owned())
}

/// Takes out what is not so (a claim of PDF/X, the clock's time, chance numbers), says what the document is, and
/// compresses it.
pub(super) fn finish(bytes: &[u8], meta: &Meta) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(bytes)?;
    let day = format!("D:{:04}{:02}{:02}000000Z", meta.date.year(), meta.date.month(), meta.date.day());
    let mut info = dictionary! {
        "Title" => text(&meta.title),
        "Creator" => text(CREATOR),
        "CreationDate" => Object::string_literal(day.clone()),
        "ModDate" => Object::string_literal(day),
    };
    let keywords = Some(meta.keywords.join(", ")).filter(|words| !words.is_empty());
    for (key, value) in [("Author", &meta.author), ("Subject", &meta.description), ("Keywords", &keywords)] {
        if let Some(value) = value {
            info.set(key, text(value));
        }
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    document.trailer.remove(b"ID");
    let root = document.trailer.get(b"Root")?.as_reference()?;
    let catalog = document.get_object_mut(root)?.as_dict_mut()?;
    for key in ["OCProperties", "Outlines", "PageMode", "PageLayout"] {
        catalog.remove(key.as_bytes());
    }
    catalog.set("Lang", Object::string_literal(meta.lang));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let mut marks = Vec::new();
    for page in document.get_pages().into_values() {
        order_links(&mut document, page, &mut marks)?;
    }
    let destinations = document.add_object(names(marks));
    document.get_object_mut(root)?.as_dict_mut()?.set("Names", dictionary! { "Dests" => destinations });
    document.version = "1.7".into();
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    let mut file = Vec::new();
    document.save_to(&mut file)?;
    Ok(file)
}

/// Where an item begins: its name, and the destination.
type Mark = (String, Vec<Object>);

/// Puts the links of a page in the order in which they are read: printpdf keeps them by names that are chance. Those that
/// mark an item go to the marks.
fn order_links(document: &mut Document, page: ObjectId, marks: &mut Vec<Mark>) -> Result<(), Error> {
    let links = document.get_dictionary(page)?.get(b"Annots")?.as_array()?;
    let mut places: Vec<ObjectId> = links.iter().map(Object::as_reference).collect::<Result<_, _>>()?;
    places.sort_unstable();
    let links = places.iter().map(|place| document.get_dictionary(*place).cloned());
    let mut links: Vec<Dictionary> = links.collect::<Result<_, _>>()?;
    // From the top down, then from the left: hundredths of a point.
    let corner = |link: &Dictionary, at: usize| -> Result<i64, Error> {
        let number = link.get(b"Rect")?.as_array()?.get(at).map_or(Ok(0.0), Object::as_float)?;
        Ok((f64::from(number) * 100.0).round() as i64)
    };
    links.sort_by_cached_key(|link| (corner(link, 3).map_or(0, |top| -top), corner(link, 0).unwrap_or_default()));
    links.retain(|link| {
        let Some(item) = marked(link) else { return true };
        let top = link.get(b"Rect").and_then(Object::as_array).ok().and_then(|area| area.get(3).cloned());
        let place = vec![page.into(), "XYZ".into(), Object::Null, top.unwrap_or(Object::Null), Object::Null];
        marks.push((item, place));
        false
    });
    // Places that are left over are pruned.
    places.truncate(links.len());
    for (place, link) in places.iter().zip(links) {
        document.objects.insert(*place, link.into());
    }
    let links: Vec<Object> = places.into_iter().map(Object::Reference).collect();
    document.get_object_mut(page)?.as_dict_mut()?.set("Annots", links);
    Ok(())
}

/// Gives the item that a link marks.
fn marked(link: &Dictionary) -> Option<String> {
    let address = link.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok()?.as_str().ok()?;
    std::str::from_utf8(address).ok()?.strip_prefix(MARK).map(str::to_owned)
}

/// Gives the tree of named destinations (PDF 1.7 §7.9.6), with a number behind each name.
fn names(marks: Vec<Mark>) -> Dictionary {
    let numbered = marks.into_iter().enumerate();
    let mut names: Vec<_> = numbered.map(|(n, (item, place))| (format!("{item}{NUMBER}{}", n + 1), place)).collect();
    names.sort_by(|(one, _), (next, _)| one.as_bytes().cmp(next.as_bytes()));
    let pairs = names.into_iter().flat_map(|(name, place)| [Object::string_literal(name), place.into()]);
    dictionary! { "Names" => pairs.collect::<Vec<Object>>() }
}

/// Writes a text string (PDF 1.7 §7.9.2.2): UTF-16 with its mark.
fn text(text: &str) -> Object {
    let bytes = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}
