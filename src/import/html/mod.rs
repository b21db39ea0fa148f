//! Web pages: what a reader of the page would read, paragraph by paragraph. Nothing is fetched.
//!
//! `walk` goes through the tags (`tags` says what each is); there is no tree, so that nesting costs
//! nothing. Scripts, styles and menus are left out and counted.

mod tags;
mod walk;

use super::completeness::Tally;
use super::sheet::Sheet;
use super::turns::{Matter, cut};
use super::{Imported, Importer, Limits, Request, decode, weigh};
use crate::diagnostic::{Diagnostic, Result};
use crate::text::words::counted;
use encoding_rs::Encoding;
use std::collections::BTreeMap;
use walk::{LeftOut, Walked};

pub struct Html;

impl Importer for Html {
    fn key(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let decoded = decode::decode_as(request.bytes, declared(request.bytes))?;
        let mut page = Page::default();
        let title = page.take_in(&decoded.text, &request.limits)?;
        let particulars: BTreeMap<String, String> =
            title.into_iter().map(|title| ("title".to_owned(), title)).collect();
        let mut warnings = decoded.warnings;
        warnings.extend(page.advice());
        let Page { sheet: Sheet { text, lines }, container, tally, .. } = page;
        if lines.is_empty() {
            return Err(decode::empty());
        }
        Ok(cut(Matter { text, lines, particulars, container, tally, warnings, ..Matter::new("html") }, request))
    }
}

/// What one or more pages hold.
#[derive(Debug, Default)]
pub struct Page {
    pub sheet: Sheet,
    /// Letters and digits of the pages, and what became of those that are not on the sheet.
    pub container: usize,
    pub tally: Tally,
    left_out: LeftOut,
}

impl Page {
    /// Adds a page's text; returns its title. Fault `unsafe-file`.
    pub fn take_in(&mut self, markup: &str, limits: &Limits) -> Result<Option<String>> {
        let Walked { title, left_out, tally } = walk::walk(markup, limits, &mut self.sheet)?;
        self.left_out += left_out;
        self.tally += tally;
        self.container += weigh::page(markup);
        Ok(title)
    }

    /// What was left out.
    pub fn advice(&self) -> Option<Diagnostic> {
        let LeftOut { scripts, styles, menus, hidden } = self.left_out;
        let all = [(scripts, "script"), (styles, "style"), (menus, "menu"), (hidden, "hidden part")];
        let told = all.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what));
        let told: Vec<String> = told.collect();
        let message = format!("left out, as no part of the text: {}", told.join(", "));
        (menus + hidden > 0).then(|| Diagnostic::note("page-parts-left-out", message))
    }
}

/// The encoding that a page says it is in, by its first bytes: `<meta charset>` or an XML declaration.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_ascii_lowercase();
    let after_mark = |mark: &str, from: usize| head[from..].find(mark).map(|at| from + at + mark.len());
    let metas = head.match_indices("<meta").filter_map(|(at, _)| {
        let end = head[at..].find('>').map_or(head.len(), |end| at + end);
        after_mark("charset", at).filter(|found| *found < end)
    });
    let xml = head.starts_with("<?xml").then(|| after_mark("encoding", 0)).flatten();
    xml.into_iter().chain(metas).find_map(|at| {
        let value = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let label = value.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:.".contains(letter)).next()?;
        let encoding = Encoding::for_label(label.as_bytes())?;
        // A tag that can be read as bytes is not in UTF-16, whatever it says.
        Some(if encoding.is_ascii_compatible() { encoding } else { encoding_rs::UTF_8 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strand::SourceKind;

    fn read(html: &[u8]) -> Result<Imported> {
        Html.read(&Request {
            name: "a.html",
            bytes: html,
            kind: SourceKind::Interview,
            mapping: None,
            format: None,
            sheet: None,
            roles: &[],
            limits: Limits::of("html"),
        })
    }

    fn text(html: &str) -> String {
        read(html.as_bytes()).unwrap().draft.text
    }

    #[test]
    fn a_page_reads_as_its_reader_would() {
        let page = "<!doctype html><title>A  talk</title><style>p{}</style><script>if (a<b) x()</script>\
            <h1>Heading</h1><p>One &amp; two,\n  three<br>four<p>five <b>six</b>seven&nbsp;eight\
            <ul><li>first<li>second</ul><ol start=3><li>third</ol><pre>a\n  b</pre>";
        let imported = read(page.as_bytes()).unwrap();
        let expected = "Heading\nOne & two, three\nfour\nfive sixseven\u{a0}eight\n- first\n- second\n3. third\na\n  b";
        assert_eq!(imported.draft.text, expected);
        assert_eq!(imported.draft.header.particulars["title"], "A talk");
    }

    #[test]
    fn tables_are_rows_and_a_page_laid_out_in_a_table_is_not() {
        let table = "<table><tr><th>Who<th>What<tr><td>Ana<td><p>one<p>two</table>after";
        assert_eq!(text(table), "Who | What\nAna | one two\nafter");
        let layout = "<table><tr><td>menu<td><p>Jo: So?<p>Ana: Yes.<p>Jo: And?<p>Ana: No.</table>";
        assert_eq!(read(layout.as_bytes()).unwrap().draft.header.turns, 4);
        assert_eq!(text("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>"), "a b | c | d");
    }

    #[test]
    fn menus_and_hidden_parts_are_left_out_and_said() {
        let imported = read(b"<nav><ul><li>Home</ul></nav><p>Words.<div hidden>x<div>y</div></div> More.").unwrap();
        assert_eq!(imported.draft.text, "Words.\nMore.");
        let told = imported.warnings.iter().find(|one| one.code == "page-parts-left-out").unwrap();
        assert!(told.message.ends_with("1 menu, 1 hidden part"), "{told}");
        assert_eq!(
            text("<p>Before<nav>never closed<p>and all that follows"),
            "Before\nnever closed\nand all that follows"
        );
        assert_eq!(text("<script src='x'/><p>After</p>"), "After");
    }

    #[test]
    fn the_encoding_is_the_one_declared_where_it_fits() {
        assert_eq!(read(b"<meta charset='koi8-r'><p>\xe4\xe1").unwrap().draft.text, "ДА");
        let http = b"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>caf\xe9";
        assert_eq!(read(http).unwrap().draft.text, "café");
        assert_eq!(read("<meta charset=windows-1252><p>café “so”".as_bytes()).unwrap().draft.text, "café “so”");
        assert_eq!(read("<meta charset=utf-16><p>é".as_bytes()).unwrap().draft.text, "é");
        assert_eq!(read(b"<?xml version='1.0' encoding='shift_jis'?><p>\x82\xa0").unwrap().draft.text, "あ");
    }

    #[test]
    fn nesting_costs_nothing_and_is_bounded_where_it_would() {
        assert_eq!(text(&format!("{}deep", "<div>".repeat(200_000))), "deep");
        let lists = "<ul><li>".repeat(20_000);
        assert_eq!(read(lists.as_bytes()).unwrap_err().0.code, "unsafe-file");
        let tables = "<table><tr><td>x".repeat(20_000);
        assert_eq!(read(tables.as_bytes()).unwrap_err().0.code, "unsafe-file");
    }
}
