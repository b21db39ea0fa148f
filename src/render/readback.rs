//! Rendered bytes read back as the texts in them: what a reader sees, and what stands where nobody looks (alternative
//! texts, properties, names of sheets, scripts). For looking a finished file through once more; it reads this tool's own
//! files and no others.

use html5gum::{Token, Tokenizer, naive_next_state};
use serde_json::Value;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Is handed each text, and what tells the place of a byte in it.
pub type See<'s> = dyn FnMut(&str, &dyn Fn(usize) -> String) + 's;

/// Hands over the texts of a file by the ending of its name, without the dot. What cannot be taken apart is read as it
/// stands.
pub fn texts(ending: &str, bytes: &[u8], see: &mut See) {
    let is_archive = ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| !archive.is_empty());
    if is_archive {
        return package(bytes, see);
    }
    if ending == "pdf" {
        return lines(&outside_streams(bytes), see);
    }
    let text = String::from_utf8_lossy(bytes);
    let data = if ending == "json" { serde_json::from_str::<Value>(&text).ok() } else { None };
    match (ending, data) {
        (_, Some(data)) => values(&data, &mut Vec::new(), see),
        ("html" | "htm" | "svg" | "xml" | "graphml" | "qdc", _) => marked_up(&text, "", see),
        ("csv" | "tsv", _) => cells(bytes, if ending == "tsv" { b'\t' } else { b',' }, see),
        // A break in a cell of Markdown is no part of a word.
        ("md", _) => lines(&text.replace("<br>", "   \n"), see),
        _ => lines(&text, see),
    }
}

/// What of a PDF can be read: titles and other properties. Its streams are packed, so that letters met in them are chance; what
/// is printed in them was looked through before it was laid out.
fn outside_streams(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some(begin) = memchr::memmem::find(rest, b"stream") {
        text.push_str(&String::from_utf8_lossy(&rest[..begin]));
        let after = &rest[begin..];
        rest = memchr::memmem::find(after, b"endstream").map_or(&[][..], |end| &after[end + b"endstream".len()..]);
    }
    text + &String::from_utf8_lossy(rest)
}

fn lines(text: &str, see: &mut See) {
    see(text, &|at| format!("line {}", text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1));
}

fn cells(bytes: &[u8], delimiter: u8, see: &mut See) {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bytes);
    for (row, record) in reader.byte_records().enumerate() {
        let Ok(record) = record else { return lines(&String::from_utf8_lossy(bytes), see) };
        for (column, cell) in record.iter().enumerate() {
            see(&String::from_utf8_lossy(cell), &|_| format!("row {}, column {}", row + 1, column + 1));
        }
    }
}

fn values(value: &Value, path: &mut Vec<String>, see: &mut See) {
    let mut within = |key: String, value: &Value, see: &mut See| {
        path.push(key);
        values(value, path, see);
        path.pop();
    };
    match value {
        Value::String(text) => see(text, &|_| format!("the data at {}", path.join("/"))),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| within(at.to_string(), item, see)),
        Value::Object(fields) => {
            for (key, value) in fields {
                see(key, &|_| "a key of the data".to_owned());
                within(key.clone(), value, see);
            }
        }
        Value::Number(number) => see(&number.to_string(), &|_| format!("the data at {}", path.join("/"))),
        Value::Bool(_) | Value::Null => {}
    }
}

/// Parts of a package that hold no word of a paper.
const CONSTANT: &[&str] = &["styles.xml", "[Content_Types].xml", "theme1.xml", "fontTable.xml"];

/// docx and xlsx: every part, properties and comments too.
fn package(bytes: &[u8], see: &mut See) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else { continue };
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut content = Vec::new();
        if CONSTANT.iter().any(|end| name.ends_with(end)) || part.read_to_end(&mut content).is_err() {
            continue;
        }
        marked_up(&String::from_utf8_lossy(&content), &format!("{name}, "), see);
    }
}

/// Elements within a line: a word goes on across them.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "q", "s", "u", "strong", "span", "mark", "code", "cite", "small", "sub", "sup", "tspan", "t",
    "r", "rpr", "abbr", "text-run",
];
/// Attributes that a person wrote.
const WRITTEN: &[&str] = &[
    "alt",
    "title",
    "aria-label",
    "content",
    "value",
    "placeholder",
    "label",
    "summary",
    "href",
    "name",
    "description",
    "descr",
    "author",
    "initials",
    "target",
    "tooltip",
    "text",
];

/// Text run by run, where a block ends it ends; and attributes.
fn marked_up(markup: &str, part: &str, see: &mut See) {
    let mut tokens = Tokenizer::new(markup);
    let (mut block, mut number, mut is_style) = (String::new(), 0, false);
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::String(text) if !is_style => block.push_str(&String::from_utf8_lossy(&text.value)),
            Token::StartTag(tag) => {
                let name = local(&tag.name);
                if !INLINE.contains(&name.as_str()) {
                    if name == "br" { block.push('\n') } else { flush(&mut block, &mut number, part, see) }
                }
                if part.is_empty()
                    && !tag.self_closing
                    && let Some(state) = naive_next_state(&tag.name)
                {
                    tokens.set_state(state);
                }
                is_style = name == "style" && part.is_empty() && !tag.self_closing;
                for (key, value) in &tag.attributes {
                    let (key, value) = (local(key), String::from_utf8_lossy(value));
                    if WRITTEN.contains(&key.as_str()) || key.starts_with("data-") {
                        see(&value, &|_| format!("{part}the {key} of a {name}"));
                    }
                }
            }
            Token::EndTag(tag) => {
                is_style = false;
                if !INLINE.contains(&local(&tag.name).as_str()) {
                    flush(&mut block, &mut number, part, see);
                }
            }
            Token::Comment(text) => see(&String::from_utf8_lossy(&text.value), &|_| format!("{part}a comment")),
            _ => {}
        }
    }
    flush(&mut block, &mut number, part, see);
}

/// The name without its prefix.
fn local(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn flush(block: &mut String, number: &mut usize, part: &str, see: &mut See) {
    if !block.trim().is_empty() {
        *number += 1;
        see(block, &|_| format!("{part}paragraph {number}"));
    }
    block.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(ending: &str, bytes: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        texts(ending, bytes, &mut |text, place| all.push(format!("{}: {}", place(0), text.trim())));
        all
    }

    #[test]
    fn letters_in_the_packed_parts_of_a_pdf_are_chance() {
        let file =
            b"%PDF-1.4\n1 0 obj <</Title (Ana)>>\nstream\nJo\xc0s Kerr\nendstream\nendobj\n2 0 obj <</Author (Bo)>>";
        let read = read("pdf", file).concat();
        assert!(read.contains("Ana") && read.contains("Bo") && !read.contains("Kerr"), "{read}");
    }

    #[test]
    fn each_format_gives_its_texts_back() {
        let page = "<title>T</title><style>p{x:y}</style><p>M<b>ar</b>y<br>Ann</p><img alt=\"a&amp;b\"><script>var x='Jo'</script>";
        assert_eq!(
            read("html", page.as_bytes()),
            ["paragraph 1: T", "paragraph 2: Mary\nAnn", "the alt of a img: a&b", "paragraph 3: var x='Jo'"]
        );
        assert_eq!(read("csv", b"a,\"x\ny\"\n"), ["row 1, column 1: a", "row 1, column 2: x\ny"]);
        assert_eq!(read("json", b"{\"k\": [\"v\"]}"), ["a key of the data: k", "the data at k/0: v"]);
        let mut place = String::new();
        texts("md", b"one\ntwo Ana", &mut |_, at| place = at(8));
        assert_eq!(place, "line 2");
    }
}
