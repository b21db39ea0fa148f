//! Reading lists of references, MB/s by format.
//!
//! `REALIST_TEST_DATA=DIR cargo bench --bench references`; without the data nothing is measured. Each
//! file is repeated to about 20 MB where its format allows that.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use realist::import::references;
use std::path::Path;

const FILES: &[&str] = &[
    "asysd-same-library/zotero_export.ris",
    "asysd-same-library/zotero_export.bib",
    "asysd-same-library/zotero_export.csv",
    "asreview-baseline-exports/_baseline_pubmed.ris",
    "retraction-lit-385/eppi_export--2021-09-09.json",
    "jabref-import-tests/MedlineImporterTestArticleItalics.xml",
    "jabref-import-tests/EndnoteXmlImporterTestArticle2.xml",
];
const BYTES: usize = 20_000_000;

fn main() {
    divan::main();
}

#[allow(clippy::disallowed_methods)] // a bench has no command line of its own
fn library(file: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("REALIST_TEST_DATA")?;
    let bytes = std::fs::read(Path::new(&root).join("bibliographic").join(file)).ok()?;
    // A list in JSON ends once.
    let repeats = if bytes.starts_with(b"{") { 1 } else { (BYTES / bytes.len()).max(1) };
    Some(bytes.repeat(repeats))
}

#[divan::bench(args = FILES, sample_count = 5)]
fn read(bencher: Bencher, file: &str) {
    if let Some(bytes) = library(file) {
        bencher.counter(BytesCount::of_slice(&bytes)).bench(|| references::read(black_box(&bytes), None));
    }
}
