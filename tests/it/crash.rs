//! Killed at any moment, and two at once: what was acknowledged is there, nothing stands half done.

use crate::desk::{Desk, column};
use crate::story::INTERVIEW;
use std::collections::BTreeMap;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

const KILLS: u64 = 200;
/// A project is used for so many kills, then a fresh one: reading a long journal would only slow the test.
const ROUNDS: u64 = 50;

/// Moments to kill at, spread over the time a whole run takes and a little more. Chance is fixed; what
/// the process has done by then is not, and need not be.
struct Moments {
    state: u64,
    whole: Duration,
}

impl Moments {
    fn next(&mut self) -> Duration {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.whole.mul_f64(1.2 * ((self.state >> 33) as f64 / f64::from(u32::MAX >> 1)))
    }

    /// Times one undisturbed run.
    fn over(seed: u64, run: impl FnOnce()) -> Self {
        let begun = Instant::now();
        run();
        Moments { state: seed, whole: begun.elapsed() }
    }
}

/// Runs a command and kills it after `moment`; what it had said by then.
fn killed(desk: &Desk, arguments: &[&str], moment: Duration) -> String {
    let mut command = desk.command(&desk.on_project(arguments));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said
}

/// A whole line on standard output is the acknowledgement.
fn acknowledged(said: &str) -> bool {
    said.ends_with('\n')
}

/// The memo of round 17 is `round 17`; so many codings bear each.
fn codings_by_memo(desk: &Desk) -> BTreeMap<String, usize> {
    let list = desk.run(&["code", "list", "--format", "json"]).json();
    let mut counts = BTreeMap::new();
    for coding in list.as_array().unwrap() {
        *counts.entry(coding["memo"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

/// A project with one document and a code for every round.
fn coded_project() -> Desk {
    let desk = Desk::new();
    desk.file("one.txt", INTERVIEW.repeat(40));
    let codes: Vec<String> = (0..=ROUNDS).map(|round| format!("[[code]]\nname = \"code {round}\"\n")).collect();
    std::fs::write(desk.project.join("codebooks/codes.toml"), codes.join("\n")).unwrap();
    desk.run(&["import", "one.txt", "--kind", "interview"]).done();
    desk
}

fn is_sound(desk: &Desk, after: &str) {
    let answer = desk.run(&["check"]);
    assert_eq!(answer.code, Some(0), "{after}: {}{}", answer.stdout, answer.stderr);
}

#[test]
fn a_coding_acknowledged_is_there_whenever_the_process_is_killed() {
    let mut cut_short = 0;
    for part in 0..KILLS / ROUNDS {
        let desk = coded_project();
        let add = |round: u64| {
            ["code", "add", "D1.gj", "t2", "--code", &format!("code {round}"), "--memo", &format!("round {round}")]
                .map(str::to_owned)
        };
        let run = |round: u64| add(round);
        let mut moments = Moments::over(part + 1, || {
            let words = run(ROUNDS);
            desk.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).done();
        });
        let mut promised = vec![format!("round {ROUNDS}")];
        for round in 0..ROUNDS {
            let words = run(round);
            let said = killed(&desk, &words.iter().map(String::as_str).collect::<Vec<_>>(), moments.next());
            if acknowledged(&said) {
                promised.push(format!("round {round}"));
            } else {
                cut_short += 1;
            }
            is_sound(&desk, &format!("round {round}"));
            let held = codings_by_memo(&desk);
            for memo in &promised {
                assert_eq!(held.get(memo), Some(&1), "{memo} was acknowledged, after round {round}");
            }
        }
    }
    assert!(cut_short > KILLS / 4, "only {cut_short} runs were cut short");
}

#[test]
fn a_batch_is_whole_or_absent_whenever_the_process_is_killed() {
    let mut cut_short = 0;
    for part in 0..KILLS / ROUNDS {
        let desk = coded_project();
        let batch = |round: u64| {
            let row = |n: u64| format!("D1.gj/{},code {round},round {round}\n", n + 1);
            let rows: String = (0..200).map(row).collect();
            desk.file(&format!("batch{round}.csv"), format!("passage,code,memo\n{rows}"))
        };
        let mut moments = Moments::over(part + 11, || {
            desk.run(&["code", "add", "--from", &batch(ROUNDS)]).done();
        });
        let mut promised = vec![format!("round {ROUNDS}")];
        for round in 0..ROUNDS {
            if acknowledged(&killed(&desk, &["code", "add", "--from", &batch(round)], moments.next())) {
                promised.push(format!("round {round}"));
            } else {
                cut_short += 1;
            }
            let held = codings_by_memo(&desk);
            assert!(held.values().all(|count| *count == 200), "round {round}: {held:?}");
            assert!(promised.iter().all(|memo| held.contains_key(memo)), "round {round}: {promised:?} {held:?}");
            if round % 10 == 9 {
                is_sound(&desk, &format!("round {round}"));
            }
        }
    }
    assert!(cut_short > KILLS / 4, "only {cut_short} runs were cut short");
}

#[test]
fn a_folder_is_in_whole_or_not_at_all_whenever_the_process_is_killed() {
    let mut cut_short = 0;
    for part in 0..KILLS / ROUNDS {
        let desk = Desk::new();
        let folder = |round: u64| {
            for n in 0..5 {
                desk.file(
                    &format!("f{round}/round {round} file {n}.txt"),
                    format!("Ana: {round}, {n}\n\nBo: {INTERVIEW}"),
                );
            }
            format!("f{round}")
        };
        let import = |round: u64| ["import".to_owned(), folder(round), "--kind".to_owned(), "interview".to_owned()];
        let words = |round: u64| import(round).to_vec();
        let mut moments = Moments::over(part + 21, || {
            desk.run(&words(ROUNDS).iter().map(String::as_str).collect::<Vec<_>>()).done();
        });
        let mut promised = vec![ROUNDS];
        for round in 0..ROUNDS {
            let words = words(round);
            let said = killed(&desk, &words.iter().map(String::as_str).collect::<Vec<_>>(), moments.next());
            if acknowledged(&said) {
                promised.push(round);
            } else {
                cut_short += 1;
            }
            let list = desk.json(&["document", "list"]);
            let titles = column(&list, "title");
            let held =
                |round: u64| titles.iter().filter(|title| title.starts_with(&format!("round {round} file"))).count();
            assert!([0, 5].contains(&held(round)), "round {round}: {titles:?}");
            assert!(promised.iter().all(|round| held(*round) == 5), "round {round}: {promised:?} {titles:?}");
            is_sound(&desk, &format!("round {round}"));
        }
        let again = words(0);
        desk.run(&again.iter().map(String::as_str).collect::<Vec<_>>()).done();
    }
    assert!(cut_short > KILLS / 4, "only {cut_short} runs were cut short");
}

#[test]
fn people_adding_at_once_lose_nothing() {
    let desk = coded_project();
    let children: Vec<_> = (0..4)
        .map(|who| {
            // A shell of its own for each, so that all run at once and each one's acts follow each other.
            let mut commands: Vec<_> = (0..25)
                .map(|n| {
                    let memo = format!("{who} {n}");
                    let place = format!("t{}", 1 + n + 25 * who);
                    desk.command(
                        &desk.on_project(&["code", "add", "D1.gj", &place, "--code", "code 1", "--memo", &memo]),
                    )
                })
                .collect();
            std::thread::spawn(move || commands.iter_mut().all(|command| command.output().unwrap().status.success()))
        })
        .collect();
    assert!(children.into_iter().all(|child| child.join().unwrap()));
    let list = desk.json(&["code", "list"]);
    let mut memos = column(&list, "memo");
    let mut labels = column(&list, "id");
    for names in [&mut memos, &mut labels] {
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 100);
    }
    is_sound(&desk, "a hundred codings");
}
