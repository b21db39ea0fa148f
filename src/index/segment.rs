//! One segment of the index, opened: its postings, and its columns of facts about units.

use super::Trouble;
use super::schema::Fields;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::query::DfaWrapper;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

/// In which of the two ways a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Exact,
    Stem,
}

pub struct Segment {
    reader: SegmentReader,
    exact: Arc<InvertedIndexReader>,
    stem: Arc<InvertedIndexReader>,
    /// Number of words of each unit, coarsely; the same for both forms.
    pub lengths: FieldNormReader,
    pub entry: Arc<dyn ColumnValues<u64>>,
    pub n: Arc<dyn ColumnValues<u64>>,
    pub speaker: Arc<dyn ColumnValues<u64>>,
    pub study: Arc<dyn ColumnValues<u64>>,
}

impl Segment {
    pub fn new(reader: SegmentReader, fields: &Fields) -> Result<Self, Trouble> {
        let columns = reader.fast_fields();
        let column = |name| columns.column_first_or_default(name);
        Ok(Segment {
            exact: reader.inverted_index(fields.exact)?,
            stem: reader.inverted_index(fields.stem)?,
            lengths: reader.get_fieldnorms_reader(fields.exact)?,
            entry: column("entry")?,
            n: column("n")?,
            speaker: column("speaker")?,
            study: column("study")?,
            reader,
        })
    }

    /// One above the last unit, deleted ones counted.
    pub fn end(&self) -> DocId {
        self.reader.max_doc()
    }

    pub fn is_alive(&self, doc: DocId) -> bool {
        !self.reader.is_deleted(doc)
    }

    fn inverted(&self, form: Form) -> &InvertedIndexReader {
        match form {
            Form::Exact => &self.exact,
            Form::Stem => &self.stem,
        }
    }

    pub fn term(&self, form: Form, term: &str) -> Result<Option<TermInfo>, Trouble> {
        Ok(self.inverted(form).terms().get(term.as_bytes())?)
    }

    /// The words as written that begin with `start`.
    pub fn terms_from(&self, start: &str) -> Result<Vec<TermInfo>, Trouble> {
        let mut found = Vec::new();
        let mut stream = self.exact.terms().range().ge(start).into_stream()?;
        while stream.advance() && stream.key().starts_with(start.as_bytes()) {
            found.push(stream.value().clone());
        }
        Ok(found)
    }

    /// The words as written that the automaton takes.
    pub fn terms_near(&self, near: DfaWrapper) -> Result<Vec<TermInfo>, Trouble> {
        let mut found = Vec::new();
        let mut stream = self.exact.terms().search(near).into_stream()?;
        while stream.advance() {
            found.push(stream.value().clone());
        }
        Ok(found)
    }

    pub fn postings(&self, form: Form, info: &TermInfo, option: IndexRecordOption) -> Result<SegmentPostings, Trouble> {
        Ok(self.inverted(form).read_postings_from_terminfo(info, option)?)
    }

    /// Number of units that hold the term; deleted units do not count.
    pub fn holders(&self, form: Form, info: &TermInfo) -> Result<u64, Trouble> {
        Ok(u64::from(match self.reader.alive_bitset() {
            None => info.doc_freq,
            Some(alive) => self.postings(form, info, IndexRecordOption::Basic)?.doc_freq_given_deletes(alive),
        }))
    }
}
