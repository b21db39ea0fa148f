//! The papers of a meeting on 30 uncertainties over 10,000 statements and 100,000 evidence links.
//!
//! `cargo bench --bench papers`. Figures go into `docs/performance.md`; nothing is asserted here.

mod large;

use divan::Bencher;
use realist::document::Voice;
use realist::evidence::Evidence;
use realist::id::{Id, Kind};
use realist::participant::Audience;
use realist::passage::{Quotation, Wholeness};
use realist::report::{REPORTS, Report};
use realist::synthesis::Synthesis;
use realist::uncertainty::Choice;
use std::sync::OnceLock;

fn main() {
    all();
    divan::main();
    say_peak();
}

/// What the meeting is sent, in every format it is sent in.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn papers_of_a_meeting(bencher: Bencher) {
    bencher.bench(|| {
        let brief = realist::act::report::brief(all(), Audience::Meeting).expect("numbers");
        ["agenda", "briefing", "slides", "record"].map(|key| written(key, &brief))
    });
}

/// The annex of tables beside it: every statement, and every passage.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn evidence_in_html_and_xlsx(bencher: Bencher) {
    let brief = realist::act::report::brief(all(), Audience::Team).expect("numbers");
    bencher.bench(|| rendered(&made("evidence", &brief), &["html", "xlsx"]));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn passages_in_xlsx(bencher: Bencher) {
    let brief = realist::report::Brief::new(Audience::Team);
    bencher.bench(|| rendered(&made("passages", &brief), &["xlsx"]));
}

fn written(key: &str, brief: &realist::report::Brief) -> usize {
    rendered(&made(key, brief), &["html", "docx", "md", "xlsx", "csv", "json"])
}

fn made(key: &str, brief: &realist::report::Brief) -> Report {
    let kind = REPORTS.iter().find(|kind| kind.key == key).expect("a report");
    (kind.make)(all(), brief)
}

/// Bytes of all files.
fn rendered(report: &Report, formats: &[&str]) -> usize {
    let one = |format: &&str| realist::render::find(format).expect("a format").render(report).expect("a file").len();
    formats.iter().map(one).sum()
}

fn all() -> &'static Synthesis {
    static ALL: OnceLock<Synthesis> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut synthesis = large::build();
        synthesis.quotations = synthesis.evidence.values().map(quotation).collect();
        for (n, one) in synthesis.uncertainties.values_mut().enumerate() {
            let first = u32::try_from(n).unwrap_or_default() * 300;
            one.hypotheses = (first..first + 6).map(|n| large::id(Kind::Hypothesis, n)).collect();
            let option = |key: &str| Choice {
                key: key.to_owned(),
                text: "What is done".to_owned(),
                consequence: None,
                needs: None,
                not_for: None,
            };
            one.options = ["A", "B", "C"].map(option).to_vec();
        }
        let views: Vec<_> = synthesis.uncertainties.values().map(|one| one.hypotheses.clone()).collect();
        for view in &views {
            for rival in &view[1..3] {
                let one = synthesis.hypotheses.get_mut(rival).expect("a statement");
                one.rival_of = Some(view[0]);
                synthesis.links.extend(realist::link::written_in(one).into_iter().map(|link| (link.id, link)));
            }
        }
        synthesis
    })
}

/// Some sixty words behind every link.
fn quotation(link: &Evidence) -> (Id, Quotation) {
    let text = "They rang me the next day and asked how it had gone, and nobody had done that before. ".repeat(4);
    let quotation = Quotation {
        spoken: text.clone(),
        text,
        wholeness: Wholeness::Whole,
        voice: Voice::Participant,
        speaker: None,
        participant: None,
        withdrawn: false,
        not_for_team: false,
        source: link.source,
        document: link.anchor.document,
        units: (1, 1),
        span: link.anchor.spans[0],
        chars: (0, 1),
        page: None,
        time: None,
    };
    (link.id, quotation)
}

/// The most memory this process has held, where the system says so.
#[allow(clippy::print_stdout)]
fn say_peak() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
}
