//! Reading a sheet back: good rows become statements and links in one operation, refused rows come
//! back as a sheet with the reason beside them, rows read before are left as they are.

use super::cells::{self, Form, KEY, PASSAGE, REFUSED, Sheet, TEXT};
use super::make::key;
use crate::act::anchor::{self, Spot, Words};
use crate::act::claim::{self, Written};
use crate::act::evidence::Links;
use crate::act::form::Block;
use crate::act::workbook;
use crate::diagnostic::{Fault, Result, fault};
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What came of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub written: Vec<Written>,
    /// Rows that were read before.
    pub unchanged: usize,
    pub refused: Vec<Refused>,
    /// The refused rows as a sheet, to mend and read again.
    pub returned: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// From 1, the headings being row 1.
    pub row: usize,
    pub because: String,
}

/// Hashes of what rows said, by row key.
pub(in crate::act) type Said = BTreeMap<String, BTreeSet<String>>;

/// Reads a sheet saved as csv.
pub fn read(project: &mut Project, text: &str) -> Result<Done<Answer>> {
    take(project, &Sheet::parse(text)?, Form::Csv)
}

/// Reads a sheet saved as a workbook; refused rows come back as one.
pub fn read_workbook(project: &mut Project, path: &Path) -> Result<Done<Answer>> {
    let sheet = Sheet::of_rows(workbook::rows(project, path)?);
    take(project, &sheet, Form::Xlsx)
}

fn take(project: &mut Project, sheet: &Sheet, form: Form) -> Result<Done<Answer>> {
    for needed in [PASSAGE, TEXT] {
        if sheet.column(needed).is_none() {
            return Err(fault("no-sheet", format!("the first line names no column '{needed}'"))
                .hint("make a sheet with: realist sheet make D1.gj; keep its first line as it is"));
        }
    }
    project.write("sheet read", true, |batch| {
        let mut reading = Reading { links: Links::of(batch), before: read_before(batch.project()), now: Said::new() };
        reading.now = reading.says(batch.project(), sheet);
        let mut answer = Answer::default();
        let mut back = Vec::new();
        for (index, row) in sheet.rows.iter().enumerate() {
            let Some(block) = sheet.block(row, index + 2) else { continue };
            match batch.attempt(|batch| reading.row(batch, sheet, row, &block)) {
                Ok(Some(written)) => answer.written.push(written),
                Ok(None) => answer.unchanged += 1,
                Err(fault) => {
                    let because = fault.on_one_line();
                    back.push((row.clone(), because.clone()));
                    answer.refused.push(Refused { row: index + 2, because });
                }
            }
        }
        answer.returned = returned(sheet, back).write(form)?;
        Ok(answer)
    })
}

/// What rows said that made the links there are or were; what was taken back by undo may be read again.
pub(in crate::act) fn read_before(project: &Project) -> Said {
    let mut said = Said::new();
    for (_, entity) in project.state().ever(Kind::Evidence) {
        let fields = entity.fields();
        if let Some((key, hash)) = fields.get("sheet").and_then(|sheet| sheet.as_str()?.split_once(' ')) {
            said.entry(key.to_owned()).or_default().insert(hash.to_owned());
        }
    }
    said
}

struct Reading {
    links: Links,
    before: Said,
    /// The whole sheet as it is now.
    now: Said,
}

impl Reading {
    fn says(&self, project: &Project, sheet: &Sheet) -> Said {
        let mut said = Said::new();
        for (index, row) in sheet.rows.iter().enumerate() {
            if let Some(block) = sheet.block(row, index + 2)
                && let Ok((_, key)) = self.place(project, sheet, row)
            {
                said.entry(key).or_default().insert(cells::hash(&block));
            }
        }
        said
    }

    /// Where a row's passage stands, and its key. The words must still be those of the passage.
    fn place(&self, project: &Project, sheet: &Sheet, row: &[String]) -> Result<(Spot, String)> {
        let typed = sheet.cell(row, PASSAGE);
        if typed.is_empty() {
            return Err(fault("no-passage", "the column 'passage' is empty"));
        }
        let spot = Spot::parse(typed, None, None)?;
        if !matches!(spot.words, Words::Units(first, last) if first == last) {
            return Err(fault("bad-place", format!("'{typed}' is not one row's passage")));
        }
        let anchored = anchor::anchor(project, &self.links.lookup, &spot)?;
        let key = key(anchored.document, anchored.units.0);
        let given = sheet.cell(row, KEY);
        if !given.is_empty() && !given.eq_ignore_ascii_case(&key) {
            return Err(fault("wrong-row", format!("the row key is not that of {typed}"))
                .hint("were some columns sorted without the others?"));
        }
        if !cells::holds(sheet.cell(row, TEXT), &anchored.text) {
            return Err(fault("wrong-words", format!("the column 'text' does not hold the words of {typed}"))
                .hint("make the sheet again, and copy what you wrote into it"));
        }
        Ok((spot, key))
    }

    /// `None` where the row was read before.
    fn row(&mut self, batch: &mut Batch<'_>, sheet: &Sheet, row: &[String], block: &Block) -> Result<Option<Written>> {
        let (spot, key) = self.place(batch.project(), sheet, row)?;
        let hash = cells::hash(block);
        let before = self.before.entry(key.clone()).or_default();
        if before.contains(&hash) {
            return Ok(None);
        }
        let now = &self.now[&key];
        if before.iter().any(|earlier| !now.contains(earlier)) {
            return Err(fault("changed-row", "something was made from this row before, and the row has changed since")
                .hint("change what was made: realist hypothesis edit, realist evidence edit")
                .hint("for a further claim leave the row as it was and fill in a copy of it"));
        }
        let claim = claim::read(block).map_err(|faults| all(faults.into_iter().map(|one| one.fault)))?;
        let written = claim
            .write(batch, &mut self.links, &spot, Some(&format!("{key} {hash}")))
            .map_err(|located| located.fault)?;
        before.insert(hash);
        Ok(Some(written))
    }
}

/// Several faults of a row as one.
fn all(faults: impl Iterator<Item = Fault>) -> Fault {
    let told: Vec<String> = faults.map(|fault| fault.on_one_line()).collect();
    fault("bad-row", told.join("; "))
}

fn returned(sheet: &Sheet, back: Vec<(Vec<String>, String)>) -> Sheet {
    let mut sheet = sheet.clone();
    let column = sheet.column(REFUSED).unwrap_or_else(|| {
        sheet.headings.push(REFUSED.to_owned());
        sheet.headings.len() - 1
    });
    sheet.rows = back
        .into_iter()
        .map(|(mut row, because)| {
            row.resize(sheet.headings.len(), String::new());
            row[column] = because;
            row
        })
        .collect();
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::desk::Desk;
    use crate::act::sheet::make;
    use crate::evidence::Evidence;
    use crate::hypothesis::Hypothesis;

    /// A fresh sheet with cells filled in: (row, column, text).
    fn filled(desk: &Desk, cells: &[(usize, &str, &str)]) -> Sheet {
        let made = make(&desk.project, "D1.gj", Form::Csv).unwrap();
        let mut sheet = Sheet::parse(&crate::import::decode(&made.bytes).unwrap().text).unwrap();
        for (row, column, text) in cells {
            let at = sheet.column(column).unwrap();
            sheet.rows[*row][at] = (*text).to_owned();
        }
        sheet
    }

    fn text(sheet: &Sheet) -> String {
        crate::import::decode(&sheet.print()).unwrap().text.into_owned()
    }

    /// As a spreadsheet of Windows saves it.
    fn resaved(sheet: &Sheet) -> Vec<u8> {
        let cell = |cell: &String| {
            let curly = cell.replace('\'', "\u{2019}").replace('"', "\u{201d}");
            let guarded = crate::render::csv::guard(&curly);
            if guarded.contains([';', '\n', '"']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
        };
        let rows = std::iter::once(&sheet.headings).chain(&sheet.rows);
        let lines: Vec<String> = rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(";") + "\r\n").collect();
        encoding_rs::WINDOWS_1252.encode(&lines.concat()).0.into_owned()
    }

    const CELLS: &[(usize, &str, &str)] = &[
        (1, "claim", "If the worker's contact holds, people \"stay\""),
        (1, "component", ""),
        (3, "context", "same building"),
        (3, "outcome", "-less fear"),
        (3, "part", "context"),
        (3, "relevance", "2"),
    ];

    #[test]
    fn a_sheet_saved_again_by_a_spreadsheet_reads_the_same_and_only_once() {
        let mut desk = Desk::with_interview();
        let sheet = filled(&desk, CELLS);
        let before = desk.project.state().notes().len();
        let decoded = crate::import::decode(&resaved(&sheet)).unwrap().text.into_owned();
        let answer = read(&mut desk.project, &decoded).unwrap().answer;
        assert_eq!(answer.refused, []);
        assert_eq!((answer.written.len(), answer.unchanged), (2, 0));
        assert_eq!(desk.project.state().notes().len(), before + 1);
        assert_eq!(desk.project.state().all::<Hypothesis>()[1].parts[1].text, "-less fear");
        assert_eq!(desk.project.state().all::<Evidence>()[1].part.as_deref(), Some("c1.gj"));
        for again in [decoded, text(&sheet), format!("\u{feff}sep=,\r\n{}", text(&sheet).replace('\n', "\r\n"))] {
            let done = read(&mut desk.project, &crate::import::decode(again.as_bytes()).unwrap().text).unwrap();
            assert_eq!((done.answer.written.len(), done.answer.unchanged, done.operation), (0, 2, None));
            assert_eq!(done.answer.refused, []);
        }
    }

    #[test]
    fn refused_rows_come_back_and_good_rows_are_in() {
        let mut desk = Desk::with_interview();
        let mut sheet = filled(&desk, CELLS);
        for (row, column, text) in
            [(1, "text", "other words"), (0, "rigour", "3"), (2, "claim", "x"), (2, "rigour", "3")]
        {
            let at = sheet.column(column).unwrap();
            sheet.rows[row][at] = text.to_owned();
        }
        let answer = read(&mut desk.project, &text(&sheet)).unwrap().answer;
        assert_eq!(answer.written.len(), 1);
        assert_eq!(answer.refused.iter().map(|one| one.row).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(desk.project.state().all::<Hypothesis>().len(), 1, "no statement without its link");
        assert_eq!(answer.written[0].hypothesis, "H1.gj");
        let mut back = Sheet::parse(&crate::import::decode(&answer.returned).unwrap().text).unwrap();
        assert!(back.cell(&back.rows[1], REFUSED).contains("does not hold the words"));
        assert!(back.cell(&back.rows[2], REFUSED).contains("needs a reason"));
        let reason = back.column("reason").unwrap();
        back.rows[2][reason] = "a direct account".to_owned();
        let answer = read(&mut desk.project, &text(&back)).unwrap().answer;
        assert_eq!((answer.written.len(), answer.refused.len()), (1, 2));
        let again = Sheet::parse(&crate::import::decode(&answer.returned).unwrap().text).unwrap();
        assert_eq!(again.headings.iter().filter(|heading| *heading == REFUSED).count(), 1);
    }

    #[test]
    fn a_changed_row_is_refused_and_a_copy_is_a_further_claim() {
        let mut desk = Desk::with_interview();
        let sheet = filled(&desk, &[(1, "claim", "first")]);
        read(&mut desk.project, &text(&sheet)).unwrap();
        let changed = filled(&desk, &[(1, "claim", "second")]);
        let answer = read(&mut desk.project, &text(&changed)).unwrap().answer;
        assert!(answer.refused[0].because.contains("has changed since"));
        let mut both = sheet.clone();
        both.rows.push(changed.rows[1].clone());
        let answer = read(&mut desk.project, &text(&both)).unwrap().answer;
        assert_eq!((answer.written.len(), answer.unchanged, answer.refused.len()), (1, 1, 0));
        crate::act::undo::undo(&mut desk.project, None, false).unwrap();
        let answer = read(&mut desk.project, &text(&both)).unwrap().answer;
        assert_eq!(answer.written.len(), 1, "what was undone may be read again");
    }

    #[test]
    fn a_workbook_reads_as_the_same_sheet_and_its_refused_rows_come_back_as_one() {
        let mut desk = Desk::with_interview();
        let sheet = filled(&desk, CELLS);
        let file = desk.file("filled.xlsx", sheet.write(Form::Xlsx).unwrap());
        let answer = read_workbook(&mut desk.project, &file).unwrap().answer;
        assert_eq!((answer.written.len(), answer.refused.len()), (2, 0));
        assert_eq!(desk.project.state().all::<Hypothesis>()[1].parts[1].text, "-less fear");
        let answer = read(&mut desk.project, &text(&sheet)).unwrap().answer;
        assert_eq!((answer.written.len(), answer.unchanged), (0, 2), "as csv it says the same");
        let file =
            desk.file("more.xlsx", filled(&desk, &[(0, "claim", "x"), (0, "rigour", "3")]).write(Form::Xlsx).unwrap());
        let answer = read_workbook(&mut desk.project, &file).unwrap().answer;
        let back = desk.file("back.xlsx", &answer.returned);
        let back = Sheet::of_rows(workbook::rows(&desk.project, &back).unwrap());
        assert!(back.cell(&back.rows[0], REFUSED).contains("needs a reason"), "{back:?}");
    }

    #[test]
    fn columns_sorted_apart_are_noticed() {
        let mut desk = Desk::with_interview();
        let mut sheet = filled(&desk, &[(1, "claim", "first")]);
        let key = sheet.column(KEY).unwrap();
        sheet.rows[1][key] = sheet.rows[3][key].clone();
        let answer = read(&mut desk.project, &text(&sheet)).unwrap().answer;
        assert!(answer.refused[0].because.contains("sorted"), "{:?}", answer.refused);
        assert_eq!(read(&mut desk.project, "a,b\n1,2\n").unwrap_err().0.code, "no-sheet");
    }
}
