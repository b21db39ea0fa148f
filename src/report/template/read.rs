//! A template from TOML. Every fault names its line.

use super::shape::{Rule, Section, Shape};
use super::{Entry, Template};
use crate::diagnostic::{Fault, Place, Result, did_you_mean, fault};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    paper: Option<Spanned<String>>,
    title: Option<String>,
    #[serde(default)]
    section: Vec<Typed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    key: Spanned<String>,
    heading: Option<Spanned<String>>,
    before: Option<String>,
    text: Option<Spanned<String>>,
    after: Option<String>,
    leave_out: Option<Spanned<bool>>,
    #[serde(default)]
    part: Vec<Typed>,
}

/// Reads the template of a paper; `file` is named in faults.
///
/// Fault `bad-template`.
pub fn read(shape: &Shape, file: &str, text: &str) -> Result<Template> {
    let source = Source { file, text };
    if let Some(at) = text.find("{{") {
        let message = "a template holds no fields in braces: what stands in a section the report alone says".to_owned();
        return Err(source.fault(at..at + 2, message));
    }
    let typed: File = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| source.fault(error.span().unwrap_or(0..0), error.message().trim().replace('\n', " ")))?;
    if let Some(paper) = typed.paper.filter(|paper| paper.get_ref() != shape.paper) {
        let message = format!("this is the template of \"{}\", not of \"{}\"", paper.get_ref(), shape.paper);
        return Err(source.fault(paper.span(), message));
    }
    Ok(Template { title: typed.title, sections: source.entries(shape.sections, typed.section)? })
}

struct Source<'t> {
    file: &'t str,
    text: &'t str,
}

impl Source<'_> {
    fn fault(&self, span: Range<usize>, message: impl Into<String>) -> Fault {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let place = Place {
            file: Some(self.file.to_owned()),
            line: Some(before.matches('\n').count() + 1),
            ..Place::default()
        };
        fault("bad-template", message).at(place)
    }

    fn entries(&self, known: &[Section], typed: Vec<Typed>) -> Result<Vec<Entry>> {
        let mut seen = BTreeSet::new();
        typed
            .into_iter()
            .map(|one| {
                let key = one.key.get_ref();
                let Some(section) = known.iter().find(|section| section.key == key) else {
                    let keys: Vec<&str> = known.iter().map(|section| section.key).collect();
                    let near = did_you_mean(key, keys.iter().copied());
                    return Err(self
                        .fault(one.key.span(), format!("there is no section '{key}' here"))
                        .hints(near)
                        .hint(format!("sections: {}", keys.join(", "))));
                };
                if !seen.insert(section.key) {
                    return Err(self.fault(one.key.span(), format!("the section '{key}' stands twice")));
                }
                self.entry(section, one)
            })
            .collect()
    }

    fn entry(&self, section: &Section, typed: Typed) -> Result<Entry> {
        let key = section.key;
        let left_out = typed.leave_out.as_ref().filter(|left| *left.get_ref());
        if let Some(left) = left_out.filter(|_| !section.may_be_left_out()) {
            return Err(self
                .fault(left.span(), format!("the section '{key}' cannot be left out: {}", section.about))
                .hint("it keeps the paper fair to every view, or says what the paper does not say"));
        }
        if let Some(text) = typed.text.as_ref().filter(|_| section.rule != Rule::Free) {
            return Err(self
                .fault(text.span(), format!("the words of the section '{key}' are the tool's own"))
                .hint("put yours before or after them: before = \"…\", after = \"…\""));
        }
        if let Some(heading) = typed.heading.as_ref().filter(|_| section.rule == Rule::Many) {
            return Err(self.fault(heading.span(), format!("each '{key}' keeps its own heading")));
        }
        Ok(Entry {
            key: key.to_owned(),
            heading: typed.heading.map(Spanned::into_inner),
            before: typed.before,
            text: typed.text.map(Spanned::into_inner),
            after: typed.after,
            leave_out: left_out.is_some(),
            parts: self.entries(section.parts, typed.part)?,
        })
    }
}
