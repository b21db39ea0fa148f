//! Formulas, which OpenDocument keeps as MathML in a part of their own.

use crate::diagnostic::Result;
use crate::import::xml::{self, Listener, Step, local};
use crate::text::words::on_one_line;
use quick_xml::events::BytesStart;

/// The signs of a formula in the order they are written.
pub fn read(mathml: &str) -> Result<String> {
    let mut signs = Signs::default();
    xml::walk(mathml, &mut signs)?;
    Ok(on_one_line(&signs.0))
}

#[derive(Default)]
struct Signs(String);

impl Listener for Signs {
    fn start(&mut self, element: &BytesStart) -> Step {
        if local(element.name().as_ref()).starts_with("annotation") { Step::Over } else { Step::Into }
    }

    fn end(&mut self, element: &str) {
        if matches!(local(element), "mi" | "mn" | "mo" | "mtext") {
            self.0.push(' ');
        }
    }

    fn text(&mut self, words: &str) {
        self.0.push_str(words);
    }
}
