//! The queries of `queries.txt` in one process, on a project that is indexed already.
//!
//! `REALIST_BENCH_PROJECT=DIR cargo bench --bench queries`: *index* is reading the query, asking the
//! index and ordering the hits; *act* is the whole act of searching, which also sees to it that the
//! index is up to date and reads the words of the twenty passages shown. Without a project nothing is
//! measured.

use divan::{Bencher, black_box};
use realist::act::{facts, search};
use realist::index::{Index, Opened, Order};
use realist::project::{Project, Surroundings};
use realist::query::Query;
use std::path::Path;

const SHOWN: usize = 20;

#[allow(clippy::disallowed_methods)] // a bench has no command line of its own
fn project() -> Option<Project> {
    let folder = std::env::var_os("REALIST_BENCH_PROJECT")?;
    Some(Project::open(Path::new(&folder), Surroundings::read(None).expect("surroundings")).expect("a project"))
}

fn queries() -> impl Iterator<Item = &'static str> {
    include_str!("queries.txt").lines()
}

fn main() {
    if let Some(project) = project() {
        search::index(&project, &|_, _| {}).expect("an index");
        divan::main();
    }
}

#[divan::bench(args = queries())]
fn act(bencher: Bencher, query: &str) {
    let project = project().expect("checked by main");
    bencher.bench_local(|| {
        let query = Query::parse(black_box(query)).expect("a query");
        search::search(&project, &query, Order::Ranked, SHOWN, &|_, _| {}).expect("an answer")
    });
}

#[divan::bench(args = queries())]
fn index(bencher: Bencher, query: &str) {
    let project = project().expect("checked by main");
    let Opened::Ready(index) = Index::open(&project.cache_folder().join("index")) else { return };
    let facts = facts::facts(&project, &index);
    bencher.bench_local(|| {
        let query = Query::parse(black_box(query)).expect("a query");
        index.search(&query, &facts, Order::Ranked, SHOWN).expect("an answer")
    });
}
