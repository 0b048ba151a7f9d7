//! What a laid-out document says, page by page.

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem};
use typst::model::Destination;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use crate::reading::Reading;

/// Reads a document: its runs of text in their order, its links and drawings, and the marks that `theme.typ` sets before items.
pub fn read(document: &PagedDocument) -> Reading {
    let mut reading = Reading::default();
    for page in document.pages() {
        reading.page();
        read_frame(&page.frame, Abs::zero(), &mut reading);
    }
    reading
}

/// Reads what stands on a frame, whose corner is `left` of the edge of its page.
fn read_frame(frame: &Frame, left: Abs, reading: &mut Reading) {
    for (place, item) in frame.items() {
        let left = left + place.x;
        match item {
            FrameItem::Group(group) => read_frame(&group.frame, left + group.transform.tx, reading),
            FrameItem::Text(run) => {
                reading.part();
                reading.add(&run.text);
            }
            FrameItem::Link(Destination::Url(url), _) => reading.link(url),
            FrameItem::Image(image, ..) => {
                if let ImageKind::Svg(svg) = image.kind() {
                    reading.drawing(String::from_utf8_lossy(svg.data()).into_owned());
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                if let Some(metadata) = content.to_packed::<MetadataElem>()
                    && let Value::Str(item) = &metadata.value
                {
                    reading.mark_left(Some(item.to_string()), (left.to_pt() * 10.0) as i32);
                }
            }
            _ => {}
        }
    }
}
