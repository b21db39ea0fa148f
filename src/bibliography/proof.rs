//! A style from a file is proved before a paper is made with it. The library takes a style at its word: one that is against its
//! expectations panics, and one whose macros call each other in a circle never ends.
//!
//! Not here: whether a style is good; it is asked only whether it can be followed.

use super::{Entry, Style};
use crate::diagnostic::{Result, fault};
use crate::reference::Reference;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// A panic of this thread is told by a fault.
    static IS_TOLD: Cell<bool> = const { Cell::new(false) };
}

impl Style {
    /// Lists these works by it once, each under a key of its own.
    ///
    /// Fault `bad-style`: the library cannot follow it.
    pub fn prove(&self, works: &[(String, &Reference)]) -> Result<()> {
        let mut listed = Vec::new();
        if is_followed(|| listed = self.list(works)) {
            return self.refuse_bare(works, &listed);
        }
        // One work at a time, so that the fault can name it where one alone is to blame.
        let alone = works.iter().find(|one| !is_followed(|| drop(self.list(std::slice::from_ref(one)))));
        let at = alone.map_or_else(String::new, |(key, _)| format!(", at {key}"));
        Err(fault("bad-style", format!("the style {} cannot be followed{at}", self.name))
            .hint("it asks for what the tool cannot set; take another: realist report styles")
            .hint("or fetch the style anew from zotero.org/styles"))
    }
}

impl Style {
    /// Fault `bad-style`: of a work that has a title nothing is set.
    fn refuse_bare(&self, works: &[(String, &Reference)], listed: &[Entry]) -> Result<()> {
        let is_set = |key: &str| {
            let mut entries = listed.iter().filter(|entry| entry.key == key);
            entries.any(|entry| entry.pieces.iter().any(|piece| piece.text.contains(char::is_alphabetic)))
        };
        let titled = works
            .iter()
            .filter(|(_, work)| work.title.as_deref().is_some_and(|title| title.contains(char::is_alphabetic)));
        match titled.map(|(key, _)| key).find(|key| !is_set(key)) {
            Some(key) => Err(fault("bad-style", format!("the style {} sets nothing of {key}", self.name))
                .hint("fetch the style anew from zotero.org/styles, or take another: realist report styles")),
            None => Ok(()),
        }
    }
}

/// Runs it; false where it panicked. The library has no other way of saying that it cannot go on.
fn is_followed(work: impl FnOnce()) -> bool {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_TOLD.get() {
                usual(panic);
            }
        }));
    });
    IS_TOLD.set(true);
    // Nothing of what it worked on is looked at again where it panicked.
    let done = catch_unwind(AssertUnwindSafe(work)).is_ok();
    IS_TOLD.set(false);
    done
}

/// Elements within each other, macros laid out where they are called.
const DEPTH: usize = 300;
/// Elements in all, macros laid out where they are called.
const SIZE: usize = 200_000;

/// What keeps a style from coming to an end, or from being followed whole.
///
/// Fault `bad-style`: a macro calls itself, be it by way of others, or is not there; or the style is deeper or larger than any
/// style is.
pub(super) fn refuse_broken(file: &str, xml: &str) -> Result<()> {
    let parts = parts(xml);
    let mut known = BTreeMap::new();
    // Macros before what calls them, so that a fault names one.
    for name in parts.keys().filter(|name| !name.is_empty()).chain([&String::new()]) {
        let refused = match extent(&parts, name, &mut known) {
            Some(extent) if extent.depth <= DEPTH && extent.size <= SIZE => continue,
            Some(_) => {
                fault("bad-style", format!("{file} nests deeper, or calls its macros oftener, than any style does"))
            }
            None => fault("bad-style", format!("{file} never ends: its macro '{name}' calls itself")),
        };
        return Err(refused.hint("take the call out, or fetch the style anew from zotero.org/styles"));
    }
    let mut calls = parts.values().flat_map(|part| &part.calls);
    match calls.find(|(called, _)| !parts.contains_key(called)) {
        Some((called, _)) => Err(fault("bad-style", format!("{file} has no macro '{called}', which it calls"))
            .hint("define it, or fetch the style anew from zotero.org/styles")),
        None => Ok(()),
    }
}

/// A macro, or what stands outside all: how deep and how large it is by itself, and which macros it calls how deep.
#[derive(Default)]
struct Part {
    own: Extent,
    calls: Vec<(String, usize)>,
}

#[derive(Default, Clone, Copy)]
struct Extent {
    depth: usize,
    size: usize,
}

/// The parts of a style, by the names of macros; what stands outside has none. What is no XML has no parts: whoever reads the
/// style says so.
fn parts(xml: &str) -> BTreeMap<String, Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut within, mut depth) = (String::new(), 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if tag.local_name().as_ref() == "macro" {
                    within = value(&tag, "name").unwrap_or_default();
                }
                let part = parts.entry(within.clone()).or_default();
                part.own = Extent { depth: part.own.depth.max(depth), size: part.own.size + 1 };
                part.calls.extend(value(&tag, "macro").map(|called| (called, depth)));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                if tag.local_name().as_ref() == "macro" {
                    within.clear();
                }
            }
            Ok(Event::Eof) | Err(_) => return parts,
            Ok(_) => {}
        }
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Of a part with all it calls; `None` where it calls itself. `known` holds what was found before, and `None` what is being
/// looked at.
fn extent(parts: &BTreeMap<String, Part>, name: &str, known: &mut BTreeMap<String, Option<Extent>>) -> Option<Extent> {
    if let Some(found) = known.get(name) {
        return *found;
    }
    let Some(part) = parts.get(name) else { return Some(Extent::default()) };
    known.insert(name.to_owned(), None);
    let mut all = part.own;
    for (called, at) in &part.calls {
        let inner = extent(parts, called, known)?;
        all.depth = all.depth.max(at + inner.depth);
        all.size = all.size.saturating_add(inner.size);
    }
    known.insert(name.to_owned(), Some(all));
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::WorkKind;

    /// A style with this within, and these parts of its list.
    fn style(macros: &str, cited: &str, listed: &str) -> Result<Style> {
        let text = format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>Ours</title>\
             <id>ours</id><updated>2026-01-01T00:00:00+00:00</updated></info>{macros}<citation><layout>{cited}</layout></citation>\
             <bibliography><layout>{listed}</layout></bibliography></style>"
        );
        Style::read("ours.csl", &text)
    }

    fn work() -> Reference {
        let mut work = Reference::new(WorkKind::Article);
        work.title = Some("A title".to_owned());
        work.year = Some(2013);
        work
    }

    #[test]
    fn a_style_that_can_be_followed_passes() {
        let title = "<macro name=\"title\"><text variable=\"title\"/></macro>";
        let ours = style(title, "<text macro=\"title\"/>", "<text macro=\"title\"/>").unwrap();
        let work = work();
        let works = [("S1.gj".to_owned(), &work)];
        ours.prove(&works).unwrap();
        assert_eq!(ours.list(&works)[0].text(), "A title");
    }

    #[test]
    fn a_style_that_sets_nothing_of_a_work_is_refused() {
        let missing = style("", "<text macro=\"title\"/>", "<text macro=\"title\"/>").unwrap_err().0;
        assert_eq!(
            (missing.code, missing.message.as_str()),
            ("bad-style", "ours.csl has no macro 'title', which it calls")
        );
        let other = style("", "<text variable=\"title\"/>", "<text variable=\"archive\"/>").unwrap();
        let work = work();
        let refused = other.prove(&[("S1.gj".to_owned(), &work)]).unwrap_err().0;
        assert_eq!((refused.code, refused.message.as_str()), ("bad-style", "the style ours.csl sets nothing of S1.gj"));
        let bare = Reference::new(WorkKind::Other);
        assert!(other.prove(&[("S1.gj".to_owned(), &bare)]).is_ok(), "there is nothing to set");
    }

    #[test]
    fn a_panic_of_the_library_is_an_answer() {
        assert!(!is_followed(|| unreachable!("as a style could make it")));
        assert!(is_followed(|| ()));
        let kept = std::thread::spawn(|| IS_TOLD.get()).join().unwrap();
        assert!(!kept && !IS_TOLD.get(), "other panics are told as ever");
    }

    #[test]
    fn a_macro_that_calls_itself_by_way_of_another_is_named() {
        let macros = "<macro name=\"one\"><group><text macro=\"two\"/></group></macro>\
            <macro name=\"two\"><text macro=\"one\"/></macro><macro name=\"three\"><text macro=\"one\"/></macro>";
        let refused =
            |macros: &str| style(macros, "<text macro=\"three\"/>", "<text macro=\"three\"/>").unwrap_err().0.message;
        assert_eq!(refused(macros), "ours.csl never ends: its macro 'one' calls itself");
        let twice = "<macro name=\"one\"><text macro=\"two\"/><text macro=\"two\"/></macro><macro name=\"two\"><text variable=\"title\"/></macro>";
        assert!(style(twice, "<text macro=\"one\"/>", "<text macro=\"one\"/>").is_ok(), "called twice is no circle");
        // Each calls the next twice, so that the first comes to a thousand million; and one nests for ever.
        let call =
            |n: usize| format!("<macro name=\"m{n}\"><text macro=\"m{}\"/><text macro=\"m{}\"/></macro>", n + 1, n + 1);
        let many: String = (0..30).map(call).collect();
        assert!(refused(&many).contains("than any style does"));
        let deep = format!(
            "<macro name=\"deep\">{}<text value=\"x\"/>{}</macro>",
            "<group>".repeat(400),
            "</group>".repeat(400)
        );
        assert!(refused(&deep).contains("than any style does"));
    }
}
