//! Reading documents in this process, MB/s by format: no child, no disk, no project.
//!
//! `real` reads the real files of a format one after the other, found by `REALIST_TEST_DATA=DIR`; `long` reads
//! each file of the folder that `REALIST_BENCH_FILES=DIR` names, alone, such as `scripts/long-files` makes
//! them. Without them nothing is measured. Bytes are those of the files, packed as they are; characters
//! are those of the text that comes out.

use divan::counter::{BytesCount, CharsCount};
use divan::{Bencher, black_box};
use realist::import::{self, Imported, Limits, Request};
use realist::strand::SourceKind;
use std::path::{Path, PathBuf};

/// As in the program itself.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Formats, and folders of the test data in which there are files of them.
const REAL: &[(&str, &[&str])] = &[
    ("txt", &["transcripts/interviews-sheffield-docx-txt", "transcripts/podcast-talkpython-txt"]),
    ("md", &["transcripts/podcast-changelog-md", "transcripts/talks-bitcoin-md"]),
    ("docx", &["transcripts/interviews-sheffield-docx-txt"]),
    ("odt", &["awkward/pandoc-odt", "awkward/tika-odt", "transcripts/formats-small"]),
    ("rtf", &["awkward/pandoc-rtf", "awkward/tika-rtf"]),
    ("pdf", &["transcripts/interviews-pdpilot-pdf", "refi-qda/maxqda-pdf-exports"]),
    ("html", &["awkward/tika-html", "awkward/unstructured-mixed"]),
    ("htm", &["transcripts/oralhistory-unix-doc-html"]),
    ("epub", &["awkward/tika-epub"]),
    ("vtt", &["transcripts/podcast-talkpython-vtt", "transcripts/podcast-talkpython-youtube-vtt"]),
    ("srt", &["transcripts/formats-small"]),
    ("csv", &["extraction/quip-causal-map", "screening/nagtegaal-2019"]),
    ("xlsx", &["extraction/quip-causal-map", "refi-qda/qualcoder-examples"]),
    ("ods", &["transcripts/formats-small"]),
];

fn main() {
    divan::main();
}

#[divan::bench(args = REAL.iter().map(|(format, _)| *format), sample_count = 10)]
fn real(bencher: Bencher, format: &str) {
    let folders = REAL.iter().find(|(one, _)| *one == format).map_or(&[][..], |(_, folders)| *folders);
    let Some(root) = folder("REALIST_TEST_DATA") else { return };
    let paths = folders.iter().flat_map(|folder| files(&root.join(folder)));
    measure(bencher, paths.filter(|path| path.extension().is_some_and(|end| end == format)).collect());
}

#[divan::bench(args = long_names(), sample_count = 5)]
fn long(bencher: Bencher, name: &str) {
    measure(bencher, folder("REALIST_BENCH_FILES").into_iter().map(|folder| folder.join(name)).collect());
}

fn long_names() -> Vec<String> {
    let paths = folder("REALIST_BENCH_FILES").map(|folder| files(&folder)).unwrap_or_default();
    paths.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
}

/// Those of the files that are read at all, as one batch.
fn measure(bencher: Bencher, paths: Vec<PathBuf>) {
    let mut batch = Vec::new();
    let (mut bytes, mut letters) = (0, 0);
    for path in paths {
        let name = path.display().to_string();
        let content = std::fs::read(&path).unwrap_or_default();
        if let Ok(Imported { draft, .. }) = read(&name, &content) {
            bytes += content.len();
            letters += draft.text.chars().count();
            batch.push((name, content));
        }
    }
    if !batch.is_empty() {
        bencher.counter(BytesCount::new(bytes)).counter(CharsCount::new(letters)).bench(|| {
            for (name, content) in &batch {
                let _ = black_box(read(name, black_box(content)));
            }
        });
    }
}

fn read(name: &str, bytes: &[u8]) -> realist::diagnostic::Result<Imported> {
    let format = import::format_of_name(name).unwrap_or_default();
    import::read(&Request {
        name,
        bytes,
        kind: SourceKind::Interview,
        mapping: None,
        format: None,
        sheet: None,
        roles: &[],
        limits: Limits::of(format),
    })
}

#[allow(clippy::disallowed_methods)] // a bench has no command line of its own
fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths
}
