//! BibTeX and BibLaTeX. The `biblatex` crate reads an entry; here a file is cut into entries first, so
//! that one that is broken costs itself alone, and a field it cannot read is kept as written.

use super::builder::{Builder, Field, Names, field_of};
use super::latex::plain;
use super::{Cut, Reader};
use crate::reference::Name;
use biblatex::{Bibliography, ChunksExt, Entry, Person, RawBibliography};

pub struct Bib;

const NAMES: Names = &[
    ("title", Field::Title),
    ("subtitle", Field::Title),
    ("year", Field::Year(0)),
    ("date", Field::Year(1)),
    ("journal", Field::Journal(0)),
    ("journaltitle", Field::Journal(0)),
    ("booktitle", Field::Journal(1)),
    ("shortjournal", Field::ShortJournal),
    ("journal-abbreviation", Field::ShortJournal),
    ("volume", Field::Volume),
    ("number", Field::Issue),
    ("issue", Field::Issue),
    ("pages", Field::Pages),
    ("doi", Field::Doi),
    ("pmid", Field::Pmid),
    ("issn", Field::Issn),
    ("abstract", Field::Abstract),
    ("language", Field::Language),
    ("langid", Field::Language),
    ("url", Field::Url),
    ("note", Field::Note),
    ("annote", Field::Note),
];

impl Reader for Bib {
    fn key(&self) -> &'static str {
        "bibtex"
    }

    fn title(&self) -> &'static str {
        "BibTeX"
    }

    fn claims(&self, _: &str, text: &str) -> bool {
        cut(text).iter().any(|piece| piece.kind == "string" || text[piece.body..piece.end].contains('='))
    }

    fn read(&self, text: &str) -> Cut {
        let pieces = cut(text);
        let strings: String =
            pieces.iter().filter(|piece| piece.kind == "string").map(|piece| &text[piece.start..piece.end]).collect();
        let entries: Vec<&Piece> = pieces.iter().filter(|piece| !piece.is_aside()).collect();
        let mut out = Cut::default();
        for piece in &entries {
            out.push(piece.line, builder(text, piece, &entries, &strings));
        }
        out
    }
}

/// One `@kind{key, fields}` of a file, by bytes.
struct Piece {
    kind: String,
    line: usize,
    start: usize,
    /// After the opening brace.
    body: usize,
    end: usize,
    is_closed: bool,
}

impl Piece {
    /// Not a record: `@string`, `@preamble`, `@comment`.
    fn is_aside(&self) -> bool {
        ["string", "preamble", "comment"].contains(&self.kind.as_str())
    }

    /// Key and fields; `None` where no comma parts them.
    fn parts<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let (key, fields) = text[self.body..self.end].split_once(',')?;
        (!key.contains(['=', '{', '"'])).then_some((key.trim(), fields))
    }
}

/// Entries of a file. What is never closed reaches to the next line that opens an entry.
fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut line, mut counted) = (0, 1, 0);
    while let Some(start) = text[at..].find('@').map(|found| at + found) {
        at = start + 1;
        let kind: String = text[at..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let rest = text[at + kind.len()..].trim_start();
        if kind.is_empty() || !rest.starts_with(['{', '(']) {
            continue;
        }
        let body = text.len() - rest.len() + 1;
        let end = closing(text, body, rest.starts_with('('));
        let next = next_entry(text, body);
        let is_closed = end.is_some();
        let end = end.unwrap_or(next);
        line += text[counted..start].matches('\n').count();
        counted = start;
        at = end;
        pieces.push(Piece { kind: kind.to_lowercase(), line, start, body, end, is_closed });
    }
    pieces
}

/// Just after the brace that closes what was opened before `from`.
fn closing(text: &str, from: usize, is_round: bool) -> Option<usize> {
    let mut depth = 0usize;
    let mut letters = text[from..].bytes().enumerate();
    while let Some((at, byte)) = letters.next() {
        match byte {
            b'\\' => drop(letters.next()),
            b'{' => depth += 1,
            b')' if is_round && depth == 0 => return Some(from + at + 1),
            b'}' if depth == 0 => return (!is_round).then_some(from + at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Start of the next line that opens an entry.
fn next_entry(text: &str, from: usize) -> usize {
    let opens = |at: &usize| {
        let rest = text[*at + 1..].trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
        rest.len() < text.len() - at - 1 && rest.trim_start().starts_with(['{', '('])
    };
    let found = text[from..].match_indices("\n@").map(|(at, _)| from + at + 1);
    found.into_iter().find(opens).unwrap_or(text.len())
}

fn builder(text: &str, piece: &Piece, all: &[&Piece], strings: &str) -> Result<Builder, String> {
    if !piece.is_closed {
        return Err("its braces are never closed".to_owned());
    }
    let (_, fields) = piece.parts(text).ok_or("it holds no fields")?;
    let mut source = format!("{strings}\n");
    let parent = named_parent(fields).and_then(|key| {
        all.iter().find(|one| one.is_closed && one.parts(text).is_some_and(|(own, _)| own == key)).copied()
    });
    if let Some(parent) = parent.filter(|parent| parent.start != piece.start) {
        source.push_str(&text[parent.start..parent.end]);
    }
    // Keys may be missing, doubled or misspelt: an entry is read under one of our own.
    for part in ["\n@", &piece.kind, "{realist-record,", &fields[..fields.len() - 1], "}"] {
        source.push_str(part);
    }
    let (entry, unread) = parse(&source)?;
    let mut builder = Builder::new();
    builder.put(Some(Field::Kind), "type", &piece.kind);
    for (name, chunks) in &entry.fields {
        match name.as_str() {
            "author" => people(&entry, name).for_each(|one| builder.author(one)),
            "editor" => people(&entry, name).for_each(|one| builder.editor(one)),
            "keywords" => builder.put(Some(Field::Keyword), name, &by_commas(&plain(&chunks.format_verbatim()))),
            "url" | "doi" | "file" => builder.put(field_of(NAMES, name), name, &chunks.format_verbatim()),
            _ => builder.put(field_of(NAMES, name), name, &plain(&chunks.format_verbatim())),
        }
    }
    for (name, value) in unread {
        builder.put(field_of(NAMES, &name), &name, &plain(&value));
    }
    Ok(builder)
}

/// Fields that the crate could not read, as they stand.
type Unread = Vec<(String, String)>;

/// The entry under our key, and the fields that had to be set aside for it to be read.
fn parse(source: &str) -> Result<(Entry, Unread), String> {
    let mut raw = RawBibliography::parse(source).map_err(|error| format!("it cannot be read ({})", error.kind))?;
    let mut unread = Vec::new();
    loop {
        match Bibliography::from_raw(raw.clone()) {
            Ok(read) => {
                let entry = read.get("realist-record").cloned().ok_or("it cannot be read")?;
                return Ok((entry, unread));
            }
            Err(error) => {
                let place = raw.entries.iter_mut().find_map(|entry| {
                    let fields = &mut entry.v.fields;
                    let at = fields.iter().position(|field| field.value.span.contains(&error.span.start))?;
                    Some(fields.remove(at))
                });
                let field = place.ok_or_else(|| format!("it cannot be read ({})", error.kind))?;
                let value = source.get(field.value.span.clone()).unwrap_or_default();
                unread.push((field.key.v.to_lowercase(), value.trim_matches(['{', '}', '"']).to_owned()));
            }
        }
    }
}

/// The entry that this one takes fields from.
fn named_parent(fields: &str) -> Option<&str> {
    let lower = fields.to_ascii_lowercase();
    let at = ["crossref", "xdata"].iter().find_map(|name| lower.find(name).map(|at| at + name.len()))?;
    let value = fields[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['{', '"']);
    value.split(['}', '"', ',']).next().map(str::trim)
}

fn people(entry: &Entry, field: &str) -> impl Iterator<Item = Name> + use<> {
    let people: Vec<Person> = entry.get_as(field).unwrap_or_default();
    people.into_iter().filter(|person| person.name != "others").filter_map(|person| {
        let Person { name, given_name, prefix, suffix, .. } = person;
        let family = plain(&format!("{prefix} {name}"));
        let given = plain(&format!("{given_name} {suffix}"));
        (!family.is_empty()).then(|| Name::person(&family, &given))
    })
}

/// Keywords parted by commas alone, as other formats part them.
fn by_commas(keywords: &str) -> String {
    if keywords.contains(';') { keywords.to_owned() } else { keywords.replace(',', ";") }
}
