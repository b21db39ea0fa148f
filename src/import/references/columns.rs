//! Tables of references: what reference managers, databases and review tools save as CSV or TSV.

use super::builder::{Builder, Field};
use super::{Cut, Reader};
use crate::reference::folded;
use crate::text::words::on_one_line;
use csv::StringRecord;

pub struct Columns;

/// Headings, folded and without spaces.
const NAMES: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("articletitle", Field::Title),
    ("documenttitle", Field::Title),
    ("primarytitle", Field::Title),
    ("authors", Field::Author(0)),
    ("author", Field::Author(0)),
    ("authornames", Field::Author(0)),
    ("authorfullnames", Field::Author(0)),
    ("firstauthors", Field::Author(1)),
    ("editor", Field::Editor),
    ("editors", Field::Editor),
    ("secondaryauthors", Field::Editor),
    ("year", Field::Year(0)),
    ("publicationyear", Field::Year(0)),
    ("publishedyear", Field::Year(0)),
    ("pubyear", Field::Year(0)),
    ("publicationdate", Field::Year(1)),
    ("date", Field::Year(1)),
    ("datepublished", Field::Year(1)),
    ("journal", Field::Journal(0)),
    ("publicationtitle", Field::Journal(0)),
    ("journaltitle", Field::Journal(0)),
    ("sourcetitle", Field::Journal(0)),
    ("journalbook", Field::Journal(0)),
    ("primarylocationsourcedisplayname", Field::Journal(0)),
    ("secondarytitle", Field::Journal(1)),
    ("source", Field::Journal(2)),
    ("proceedingstitle", Field::Journal(2)),
    ("conferencename", Field::Journal(3)),
    ("meetingname", Field::Journal(3)),
    ("journalabbreviation", Field::ShortJournal),
    ("volume", Field::Volume),
    ("bibliovolume", Field::Volume),
    ("issue", Field::Issue),
    ("issuenumber", Field::Issue),
    ("biblioissue", Field::Issue),
    ("number", Field::Issue),
    ("pages", Field::Pages),
    ("firstpage", Field::FirstPage),
    ("startpage", Field::FirstPage),
    ("pagestart", Field::FirstPage),
    ("bibliofirstpage", Field::FirstPage),
    ("lastpage", Field::LastPage),
    ("endpage", Field::LastPage),
    ("pageend", Field::LastPage),
    ("bibliolastpage", Field::LastPage),
    ("doi", Field::Doi),
    ("pmid", Field::Pmid),
    ("pubmedid", Field::Pmid),
    ("medlinepmid", Field::Pmid),
    ("issn", Field::Issn),
    ("issns", Field::Issn),
    ("abstract", Field::Abstract),
    ("abstractnote", Field::Abstract),
    ("keywords", Field::Keyword),
    ("authorkeywords", Field::Keyword),
    ("manualtags", Field::Keyword),
    ("automatictags", Field::Keyword),
    ("subjects", Field::Keyword),
    ("meshterms", Field::Keyword),
    ("language", Field::Language),
    ("url", Field::Url),
    ("sourceurls", Field::Url),
    ("itemtype", Field::Kind),
    ("type", Field::Kind),
    ("publicationtype", Field::Kind),
    ("typeofreference", Field::Kind),
    ("doctype", Field::Kind),
    ("documenttype", Field::Kind),
    ("notes", Field::Note),
    ("note", Field::Note),
    ("extra", Field::Note),
];

/// Headings under which an extract table has words to be coded.
const WORDS: &[&str] =
    &["quote", "quotation", "finding", "findings", "text", "extract", "excerpt", "passage", "evidence"];

/// Rows that may stand above the headings (what was searched, on what day).
const ABOVE: usize = 12;

impl Reader for Columns {
    fn key(&self) -> &'static str {
        "table"
    }

    fn title(&self) -> &'static str {
        "a table of references (CSV, TSV, Excel, ODS)"
    }

    fn claims(&self, _: &str, text: &str) -> bool {
        Table::find(text).is_some()
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let Some(table) = Table::find(text) else { return };
        let mut reader = table.reader(text);
        let mut row = StringRecord::new();
        loop {
            match reader.read_record(&mut row) {
                Ok(false) => break,
                Ok(true) => {
                    let line = row.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
                    if row.iter().any(|cell| !cell.trim().is_empty()) && line > table.line {
                        cut.push(line, || Ok(table.builder(&row)));
                    }
                }
                Err(error) => {
                    let line = error.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
                    cut.push(line, || Err(error.to_string()));
                }
            }
        }
    }
}

/// Whether a table can be nothing but references: it has titles, authors, two more fields of a
/// library, and no column of words to code.
pub fn leave_no_doubt(text: &str) -> bool {
    Table::find(text).is_some_and(|table| table.leaves_no_doubt())
}

/// The same of a table's headings.
pub fn are_references(headings: &[String]) -> bool {
    let columns = headings.iter().map(|heading| (heading.clone(), field(heading))).collect();
    Table { delimiter: b',', line: 0, columns }.leaves_no_doubt()
}

/// Where the headings are and what they mean.
struct Table {
    delimiter: u8,
    line: usize,
    columns: Vec<(String, Option<Field>)>,
}

impl Table {
    /// The row, among the first, with most headings that are known: a title or abstract and another field.
    fn find(text: &str) -> Option<Self> {
        let tables = [b',', b';', b'\t'].into_iter().flat_map(|delimiter| {
            let reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(text.as_bytes());
            reader.into_records().take(ABOVE).flatten().map(move |row| {
                let line = row.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
                Table {
                    delimiter,
                    line,
                    columns: row.iter().map(|heading| (heading.trim().to_owned(), field(heading))).collect(),
                }
            })
        });
        let known = |table: &Table| table.columns.iter().filter(|(_, field)| field.is_some()).count();
        let best = tables.fold(None, |best: Option<Table>, table| match best {
            Some(best) if known(&best) >= known(&table) => Some(best),
            _ => Some(table),
        })?;
        let tells = best.has(|field| matches!(field, Field::Title | Field::Abstract));
        (tells && known(&best) >= 2).then_some(best)
    }

    fn leaves_no_doubt(&self) -> bool {
        let library = |field: &Field| {
            matches!(
                field,
                Field::Journal(_) | Field::Doi | Field::Abstract | Field::Volume | Field::Pages | Field::FirstPage
            )
        };
        self.has(|field| *field == Field::Title)
            && self.has(|field| matches!(field, Field::Author(_)))
            && self.columns.iter().filter(|(_, field)| field.as_ref().is_some_and(library)).count() >= 2
            && !self.columns.iter().any(|(heading, _)| WORDS.contains(&folded(heading).as_str()))
    }

    fn has(&self, wanted: impl Fn(&Field) -> bool) -> bool {
        self.columns.iter().any(|(_, field)| field.as_ref().is_some_and(&wanted))
    }

    fn reader<'t>(&self, text: &'t str) -> csv::Reader<&'t [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes())
    }

    fn builder(&self, row: &StringRecord) -> Builder {
        let mut builder = Builder::new();
        for ((heading, field), cell) in self.columns.iter().zip(row) {
            // Spreadsheets guard numbers as ="12".
            let cell = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
            let cell = if *field == Some(Field::Title) { &on_one_line(cell) } else { cell };
            builder.put(*field, heading, cell);
        }
        builder
    }
}

fn field(heading: &str) -> Option<Field> {
    let heading = folded(heading).replace(' ', "");
    NAMES.iter().find(|(name, _)| *name == heading).map(|(_, field)| *field)
}
