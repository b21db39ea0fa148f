//! What the index holds of a unit, and how a unit becomes that.

use super::Trouble;
use super::terms::{self, Stems};
use crate::diagnostic::fault;
use crate::document::Unit;
use crate::language::Language;
use crate::text::words;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{IndexSettings, TantivyDocument};

/// Goes up whenever the fields, the terms or the files change their meaning.
pub const VERSION: u32 = 3;

const LINES: &str = "lines";

pub struct Fields {
    pub schema: Schema,
    /// Words as written.
    pub exact: Field,
    /// Their stems, at the same positions.
    pub stem: Field,
    /// Ordinal of its entry in the manifest.
    pub entry: Field,
    /// The unit's number.
    pub n: Field,
    /// Index of its speaker and of its study, plus 1; 0 is none.
    pub speaker: Field,
    pub study: Field,
}

impl Fields {
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let words = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(LINES)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(indexing)
        };
        let exact = builder.add_text_field("exact", words());
        let stem = builder.add_text_field("stem", words());
        let entry = builder.add_u64_field("entry", INDEXED | FAST);
        let [n, speaker, study] = ["n", "speaker", "study"].map(|name| builder.add_u64_field(name, FAST));
        Fields { schema: builder.build(), exact, stem, entry, n, speaker, study }
    }

    pub fn create(&self, folder: &std::path::Path) -> Result<tantivy::Index, Trouble> {
        let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        Ok(tantivy::Index::builder()
            .schema(self.schema.clone())
            .settings(settings)
            .tokenizers(tokenizers())
            .create_in_dir(folder)?)
    }

    /// A unit as the index takes it, and the number of its words.
    pub fn passage(
        &self,
        ordinal: u64,
        unit: &Unit,
        text: &str,
        language: Language,
        stems: &mut Stems,
    ) -> Result<(TantivyDocument, u64), Trouble> {
        let (mut exact, mut stem, mut count) = (String::new(), String::new(), 0);
        for segment in &unit.speech {
            let speech = segment.span.of(text).ok_or_else(|| {
                fault("units-unfit", format!("unit {} of a text does not fit the text", unit.n))
                    .hint("run `realist check`; the text or its units were changed by hand")
            })?;
            for (_, word) in words::words(speech) {
                let term = terms::exact(word);
                stem.push_str(stems.stem(&term, language));
                stem.push('\n');
                exact.push_str(&term);
                exact.push('\n');
                count += 1;
            }
        }
        let mut passage = TantivyDocument::new();
        passage.add_text(self.exact, exact);
        passage.add_text(self.stem, stem);
        passage.add_u64(self.entry, ordinal);
        passage.add_u64(self.n, unit.n as u64);
        passage.add_u64(self.speaker, unit.speaker.map_or(0, |speaker| speaker as u64 + 1));
        passage.add_u64(self.study, unit.study.map_or(0, |study| study as u64 + 1));
        Ok((passage, count))
    }
}

pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(LINES, TextAnalyzer::from(Lines::default()));
    manager
}

/// One term a line: a unit's words are divided once, not once for each field.
#[derive(Clone, Default)]
struct Lines {
    token: Token,
}

struct LineStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { text, at: 0, token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(length) = self.text[self.at..].find('\n') else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.text[self.at..self.at + length]);
        self.token.offset_from = self.at;
        self.token.offset_to = self.at + length;
        self.token.position = self.token.position.wrapping_add(1);
        self.at += length + 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
