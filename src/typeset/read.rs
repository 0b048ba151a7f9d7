//! What a laid-out document says, page by page.

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use crate::reading::Reading;

/// Reads a document: its runs of text in their order, its links and drawings, and the marks that `theme.typ` sets before items.
pub fn read(document: &PagedDocument) -> Reading {
    let mut reading = Reading::default();
    for page in document.pages() {
        reading.page();
        read_frame(&page.frame, &mut reading);
    }
    reading
}

fn read_frame(frame: &Frame, reading: &mut Reading) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => read_frame(&group.frame, reading),
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
                    reading.mark(Some(item.to_string()));
                }
            }
            _ => {}
        }
    }
}
