//! The yardstick: tantivy alone, indexing the passages of a project into the schema that `index` uses.
//!
//! Whole processes are to be compared, so this is a plain program and not a timing loop:
//!
//! ```text
//! cargo bench --bench bare -- passages PROJECT FILE     writes the passages, one a line
//! cargo bench --bench bare -- words FILE FOLDER         indexes them: words of UAX 29, and their stems
//! cargo bench --bench bare -- simple FILE FOLDER        the same with tantivy's own SimpleTokenizer
//! ```
//!
//! `docs/performance.md` says how the figures are taken.

use realist::document::Document;
use realist::project::{Project, Surroundings};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use tantivy::schema::{FAST, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{IndexSettings, IndexWriter, TantivyDocument};
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["passages", project, file] => passages(Path::new(project), Path::new(file)),
        ["words", file, folder] => index(Path::new(file), Path::new(folder), Words::default()),
        ["simple", file, folder] => index(Path::new(file), Path::new(folder), SimpleTokenizer::default()),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

/// Entry, number, speaker and study as the index holds them, and the words, with tabs between.
fn passages(project: &Path, file: &Path) -> Outcome<()> {
    let project = Project::open(project, Surroundings::read(None)?)?;
    let mut out = BufWriter::new(File::create(file)?);
    for (entry, document) in project.state().all::<Document>().iter().enumerate() {
        let shards = document.versions.get(&document.version).map_or(0, |version| version.shards);
        for shard in (0..shards).filter_map(|shard| project.read_shard(document, &document.version, shard).transpose())
        {
            let shard = shard?;
            for unit in &shard.units {
                let one_up = |index: Option<usize>| index.map_or(0, |index| index + 1);
                let speech = shard.speech(unit).replace(['\n', '\t'], " ");
                writeln!(out, "{entry}\t{}\t{}\t{}\t{speech}", unit.n, one_up(unit.speaker), one_up(unit.study))?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Everything of one setting: the schema, the analysis, one writer.
fn index(file: &Path, folder: &Path, words: impl Tokenizer) -> Outcome<()> {
    let exact = TextAnalyzer::builder(words.clone()).filter(LowerCaser).build();
    let stem = TextAnalyzer::builder(words).filter(LowerCaser).filter(Stemmer::new(Language::English)).build();
    let mut schema = Schema::builder();
    let text = |tokenizer| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = [schema.add_text_field("exact", text("exact")), schema.add_text_field("stem", text("stem"))];
    let entry = schema.add_u64_field("entry", INDEXED | FAST);
    let facts = ["n", "speaker", "study"].map(|name| schema.add_u64_field(name, FAST));
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    std::fs::create_dir_all(folder)?;
    let index = tantivy::Index::builder().schema(schema.build()).settings(settings).create_in_dir(folder)?;
    index.tokenizers().register("exact", exact);
    index.tokenizers().register("stem", stem);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 100_000_000)?;
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        let mut cells = line.splitn(5, '\t');
        let mut number = || cells.next().unwrap_or_default().parse::<u64>();
        let mut passage = TantivyDocument::new();
        passage.add_u64(entry, number()?);
        for field in facts {
            passage.add_u64(field, number()?);
        }
        let speech = cells.next().unwrap_or_default();
        for field in fields {
            passage.add_text(field, speech);
        }
        writer.add_document(passage)?;
    }
    writer.commit()?;
    Ok(writer.wait_merging_threads()?)
}

/// The words of UAX 29.
#[derive(Clone, Default)]
struct Words {
    token: Token,
}

struct WordStream<'a> {
    words: UnicodeWordIndices<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { words: text.unicode_word_indices(), token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((at, word)) = self.words.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(word);
        (self.token.offset_from, self.token.offset_to) = (at, at + word.len());
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
