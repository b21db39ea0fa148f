//! The parts around the text of a Word document, and the archive.

use super::Paper;
use super::body::{self, MAIN, RELATIONS, safe};
use crate::render::Print;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const STYLES: &str = include_str!("styles.xml");

/// Every entry is dated 1 January 1980, so that the same paper is the same file.
pub fn archive(paper: &Paper, print: Print) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = parts(paper, print).into_iter().try_for_each(|(name, xml)| add(&mut zip, name, &xml));
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, xml: &str) -> ZipResult<()> {
    zip.start_file(name, SimpleFileOptions::default())?;
    zip.write_all(DECLARATION.as_bytes())?;
    zip.write_all(xml.as_bytes())?;
    Ok(())
}

/// Name and content of each part, the table of contents first.
fn parts(paper: &Paper, print: Print) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(paper)),
        ("docProps/custom.xml", custom(paper)),
        ("word/document.xml", plain_in_large(body::document(paper, print), print)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles(paper, print)),
        ("word/settings.xml", settings()),
        ("word/comments.xml", body::comments(&paper.comments)),
        ("word/footer1.xml", body::footer(paper)),
    ]
}

/// In half points: the least of large print, and of the usual body.
const LEAST: usize = 36;
const USUAL: usize = 21;

/// In large print no letter is smaller than 18 points, what was larger than the text stays so, and nothing is grey or leans.
fn styles(paper: &Paper, print: Print) -> String {
    let enlarged = |size: usize| (size * LEAST / USUAL).clamp(LEAST, 56);
    match print {
        Print::Large => plain_in_large(resized(STYLES, &SIZES, enlarged), print),
        Print::Usual if paper.is_close => {
            let smaller = resized(STYLES, &SIZES, |size| if size > USUAL { size * 8 / 10 } else { size - size / 10 });
            let closer = resized(&smaller, &SPACES, |space| space / 2);
            resized(&closer, &["w:line=\""], |line| line * 15 / 16)
        }
        Print::Usual => STYLES.to_owned(),
    }
}

const SIZES: [&str; 2] = ["<w:sz w:val=\"", "<w:szCs w:val=\""];
const SPACES: [&str; 2] = ["w:before=\"", "w:after=\""];

/// Every number after these marks made anew.
fn resized(styles: &str, marks: &[&str], anew: impl Fn(usize) -> usize) -> String {
    marks.iter().fold(styles.to_owned(), |styles, mark| {
        let mut parts = styles.split(mark);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            let (size, rest) = part.split_once('"').unwrap_or(("", part));
            format!("{all}{mark}{}\"{rest}", size.parse().map_or(LEAST, &anew))
        })
    })
}

/// Without grey and italic letters, in large print. Text that readers wrote is escaped and holds none of this.
fn plain_in_large(xml: String, print: Print) -> String {
    if print == Print::Usual {
        return xml;
    }
    ["<w:color w:val=\"404040\"/>", "<w:color w:val=\"595959\"/>", "<w:i/>"]
        .iter()
        .fold(xml, |xml, mark| xml.replace(mark, ""))
}

fn types() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let word = |name: &str, kind: &str| part(&format!("word/{name}.xml"), &format!("{WORD}.{kind}+xml"));
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}{}{}{}{}</Types>",
        word("document", "document.main"),
        word("styles", "styles"),
        word("settings", "settings"),
        word("comments", "comments"),
        word("footer1", "footer"),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        part("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    )
}

/// Without them, word processors open a file as one of 2007 and do not keep together what belongs together.
fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{MAIN}\"><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn relations(all: &[(&str, &str)]) -> String {
    let each = all.iter().enumerate().map(|(at, (kind, target))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", at + 1)
    });
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>", each.collect::<String>())
}

fn package_relations() -> String {
    relations(&[
        (&format!("{RELATIONS}/officeDocument"), "word/document.xml"),
        (&format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        (&format!("{RELATIONS}/custom-properties"), "docProps/custom.xml"),
    ])
}

/// The footer is the third: the text refers to it.
fn document_relations() -> String {
    relations(&[
        (&format!("{RELATIONS}/styles"), "styles.xml"),
        (&format!("{RELATIONS}/comments"), "comments.xml"),
        (&format!("{RELATIONS}/footer"), "footer1.xml"),
        (&format!("{RELATIONS}/settings"), "settings.xml"),
    ])
}

fn core(paper: &Paper) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>en-GB</dc:language>\
         </cp:coreProperties>",
        safe(&paper.title)
    )
}

fn custom(paper: &Paper) -> String {
    let each = paper.properties.iter().enumerate().map(|(at, (name, value))| {
        format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            at + 2,
            safe(name),
            safe(value)
        )
    });
    format!(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">{}</Properties>",
        each.collect::<String>()
    )
}
