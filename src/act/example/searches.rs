//! How the documents of an example were found: searches, counts of records, and by which stream each published work came.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::searching::{self, flow};
use crate::diagnostic::{Result, fault};
use crate::project::{Depth, Project};
use crate::searching::Stage;

impl Maker<'_> {
    pub(super) fn searches(&mut self) -> Result<()> {
        let rows = self.rows("searches")?;
        let entries = rows.iter().map(|row| self.search(row)).collect::<Result<Vec<_>>>()?;
        searching::take_in(&mut self.open("gj")?, &entries, &numbers(&rows))?;
        let rows = self.rows("flow")?;
        let counts = rows.iter().map(count).collect::<Result<Vec<_>>>()?;
        flow::set(&mut self.open("gj")?, &counts, None, &numbers(&rows))?;
        for row in self.rows("screened")? {
            let how = (filled(&row, "stream").unwrap_or_default().parse()?, filled(&row, "how").unwrap_or_default());
            flow::set(&mut self.open("gj")?, &[], Some(how), &[])?;
        }
        for row in self.rows("origins")? {
            let stream = filled(&row, "stream").unwrap_or_default().parse()?;
            let mut project = self.open("gj")?;
            let works = list(&row, "works");
            let works = works.iter().map(|work| self.work(&project, work)).collect::<Result<Vec<_>>>()?;
            flow::origin(&mut project, Some(stream), &works, None)?;
        }
        Ok(())
    }

    fn search(&self, row: &Row) -> Result<searching::Entry> {
        Ok(searching::Entry {
            place: owned(row, "place"),
            stream: filled(row, "stream").map(str::parse).transpose()?,
            platform: owned(row, "platform"),
            date: owned(row, "date"),
            strategy: owned(row, "strategy"),
            limits: owned(row, "limits"),
            searcher: owned(row, "searcher"),
            purpose: owned(row, "purpose"),
            found: owned(row, "found"),
            scoping: filled(row, "scoping").map(|_| true),
            records: owned(row, "records"),
            serves: self.labels_of(&list(row, "for"))?,
            against: self.labels_of(&list(row, "against"))?,
            without: Vec::new(),
        })
    }

    /// The label of a work: of the document so called, or of the study that is cited so.
    fn work(&self, project: &Project, name: &str) -> Result<String> {
        if let Some(label) = self.labels.get(name) {
            return Ok(label.clone());
        }
        let synthesis = project.synthesis(Depth::Headers)?;
        let mut ids = synthesis.sources.keys().filter(|id| synthesis.source_title(**id).starts_with(name));
        match (ids.next(), ids.next()) {
            (Some(only), None) => Ok(synthesis.label(*only)),
            _ => Err(fault("bad-example", format!("no one work is called '{name}'"))),
        }
    }
}

fn count(row: &Row) -> Result<flow::Entry> {
    Ok(flow::Entry {
        stream: filled(row, "stream").unwrap_or_default().parse()?,
        stage: filled(row, "stage").unwrap_or_default().parse::<Stage>()?,
        reason: owned(row, "reason"),
        n: owned(row, "n").unwrap_or_default(),
    })
}

fn numbers(rows: &[Row]) -> Vec<usize> {
    (1..=rows.len()).collect()
}
