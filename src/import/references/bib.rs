//! BibTeX and BibLaTeX. The `biblatex` crate reads an entry; here a file is cut into entries first, so
//! that one that is broken costs itself alone, and a field it cannot read is kept as written.

use super::builder::{Builder, Field, Names, field_of};
use super::latex::plain;
use super::{Cut, Reader};
use crate::reference::Name;
use biblatex::{Bibliography, ChunksExt, Entry, Person, RawBibliography};
use std::collections::{BTreeMap, BTreeSet};

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

/// The first line that is no remark begins an entry.
pub fn opens(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    first.is_some_and(|line| line.starts_with('@'))
}

impl Reader for Bib {
    fn key(&self) -> &'static str {
        "bibtex"
    }

    fn title(&self) -> &'static str {
        "BibTeX"
    }

    fn claims(&self, _: &str, text: &str) -> bool {
        let opens = |line: &str| {
            let kind = line.trim_start().strip_prefix('@').unwrap_or_default();
            let rest = kind.trim_start_matches(is_of_kind);
            rest.len() < kind.len() && rest.trim_start().starts_with(['{', '('])
        };
        text.contains('=') && text.lines().any(opens)
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let pieces = pieces(text);
        let file = File::of(text, &pieces);
        for piece in pieces.iter().filter(|piece| !piece.is_aside()) {
            cut.push(piece.line, || file.builder(piece));
        }
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

/// Entries that may lack their last brace before a file is given up on.
const MISSING_BRACES: usize = 100;

fn is_of_kind(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Entries of a file. What is never closed reaches to the next line that opens an entry.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut line, mut counted, mut never_closed) = (0, 1, 0, 0);
    while let Some(start) = text[at..].find('@').map(|found| at + found) {
        at = start + 1;
        let kind: String = text[at..].chars().take_while(|letter| is_of_kind(*letter)).collect();
        let rest = text[at + kind.len()..].trim_start();
        if kind.is_empty() || !rest.starts_with(['{', '(']) {
            continue;
        }
        let body = text.len() - rest.len() + 1;
        // A brace that is missing swallows the file; where many are, none is looked for beyond the next entry.
        let next = next_entry(text, body);
        let reach = if never_closed < MISSING_BRACES { text.len() } else { next };
        let end = closing(&text[..reach], body, rest.starts_with('('));
        let is_closed = end.is_some();
        never_closed += usize::from(!is_closed);
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
        let rest = text[*at + 1..].trim_start_matches(is_of_kind);
        rest.len() < text.len() - at - 1 && rest.trim_start().starts_with(['{', '('])
    };
    let found = text[from..].match_indices("\n@").map(|(at, _)| from + at + 1);
    found.into_iter().find(opens).unwrap_or(text.len())
}

/// What an entry may need of the rest of its file.
struct File<'t> {
    text: &'t str,
    by_key: BTreeMap<&'t str, &'t Piece>,
    /// `@string` by the name it defines.
    strings: BTreeMap<&'t str, &'t str>,
}

impl<'t> File<'t> {
    fn of(text: &'t str, pieces: &'t [Piece]) -> Self {
        let closed = || pieces.iter().filter(|piece| piece.is_closed);
        let entries = closed().filter(|piece| !piece.is_aside());
        let named = closed().filter(|piece| piece.kind == "string").filter_map(|piece| {
            let (name, _) = text[piece.body..piece.end].split_once('=')?;
            Some((name.trim(), &text[piece.start..piece.end]))
        });
        File {
            text,
            by_key: entries.filter_map(|piece| Some((piece.parts(text)?.0, piece))).collect(),
            strings: named.collect(),
        }
    }

    /// Definitions that a text uses, and those that these use.
    fn strings_in(&self, text: &str) -> String {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![text];
        while let Some(text) = open.pop().filter(|_| !self.strings.is_empty()) {
            for word in text.split(|letter: char| letter.is_whitespace() || "=#,{}\"".contains(letter)) {
                if let Some((name, definition)) = self.strings.get_key_value(word)
                    && needed.insert(name)
                {
                    open.push(definition);
                }
            }
        }
        needed.into_iter().map(|name| self.strings[name]).collect()
    }

    fn builder(&self, piece: &Piece) -> Result<Builder, String> {
        if !piece.is_closed {
            return Err("its braces are never closed".to_owned());
        }
        let (_, fields) = piece.parts(self.text).ok_or("it holds no fields")?;
        let parent = named_parent(fields).and_then(|key| self.by_key.get(key));
        let parent = parent.filter(|parent| parent.start != piece.start);
        let parent = parent.map_or("", |parent| &self.text[parent.start..parent.end]);
        // Keys may be missing, doubled or misspelt: an entry is read under one of our own.
        let own = ["@", &piece.kind, "{realist-record,", &fields[..fields.len() - 1], "}"].concat();
        let strings = self.strings_in(&own) + &self.strings_in(parent);
        let (entry, unread) = parse(&[&strings, parent, &own].join("\n"))?;
        Ok(build(&piece.kind, &entry, unread))
    }
}

fn build(kind: &str, entry: &Entry, unread: Unread) -> Builder {
    let mut builder = Builder::new();
    builder.put(Some(Field::Kind), "type", kind);
    for (name, chunks) in &entry.fields {
        match name.as_str() {
            "author" => people(entry, name).for_each(|one| builder.author(one)),
            "editor" => people(entry, name).for_each(|one| builder.editor(one)),
            "keywords" => builder.put(Some(Field::Keyword), name, &by_commas(&plain(&chunks.format_verbatim()))),
            "url" | "doi" | "file" => builder.put(field_of(NAMES, name), name, &chunks.format_verbatim()),
            _ => builder.put(field_of(NAMES, name), name, &plain(&chunks.format_verbatim())),
        }
    }
    for (name, value) in unread {
        builder.put(field_of(NAMES, &name), &name, &plain(&value));
    }
    builder
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
