//! Headers and footers, which OpenDocument keeps with the styles of pages.

use super::body::{Body, Place};
use crate::diagnostic::Result;
use crate::import::xml::{self, Listener, Step};
use quick_xml::events::BytesStart;

/// Reads them from the part that holds them; an empty text holds none.
pub fn read(styles: &str, body: &mut Body) -> Result<()> {
    if styles.is_empty() { Ok(()) } else { xml::walk(styles, &mut Margins(body)) }
}

fn margin(element: &str) -> Option<&'static str> {
    match element {
        "style:header" | "style:header-left" | "style:header-first" => Some("header"),
        "style:footer" | "style:footer-left" | "style:footer-first" => Some("footer"),
        _ => None,
    }
}

struct Margins<'b>(&'b mut Body);

impl Listener for Margins<'_> {
    fn start(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        match margin(name.as_ref()) {
            Some(margin) => {
                self.0.place = Place::Margins;
                self.0.composition.open_margin(margin);
                Step::Into
            }
            None if self.0.place == Place::Margins => self.0.start(element),
            None if name.as_ref() == "office:body" => Step::Over,
            None => Step::Into,
        }
    }

    fn end(&mut self, element: &str) {
        if margin(element).is_some() {
            self.0.place = Place::Outside;
            self.0.composition.close();
        } else if self.0.place == Place::Margins {
            self.0.end(element);
        }
    }

    fn text(&mut self, words: &str) {
        self.0.text(words);
    }

    fn passed(&mut self, words: &str) {
        self.0.passed(words);
    }
}
