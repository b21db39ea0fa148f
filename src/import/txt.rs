//! Plain text: the file as it stands, line by line.

use super::lines::{Line, LineKind, filled, is_point, is_wrapped};
use super::turns::{Matter, cut};
use super::{Imported, Importer, Request, decode::decode, weigh};
use crate::diagnostic::Result;

pub struct Txt;

impl Importer for Txt {
    fn key(&self) -> &'static str {
        "txt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let decoded = decode(request.bytes)?;
        let text = decoded.text.into_owned();
        let lines = lines(&text);
        let container = weigh::text(request.bytes, &text);
        let matter = Matter { lines, text, container, warnings: decoded.warnings, ..Matter::new("txt") };
        Ok(cut(matter, request))
    }
}

fn lines(text: &str) -> Vec<Line> {
    let filled: Vec<_> = filled(text, 0).collect();
    let is_wrapped = is_wrapped(text, &filled);
    let line = |(span, blank): &(crate::text::Span, bool)| {
        let is_point = span.of(text).is_some_and(is_point);
        let kind = if is_point { LineKind::Verbatim } else { LineKind::Prose };
        Line { span: *span, kind, starts: *blank || is_point || !is_wrapped, time: None }
    };
    filled.iter().map(line).collect()
}
