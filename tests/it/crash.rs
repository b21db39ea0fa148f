//! Killed at any moment, and two at once: what was acknowledged is there, nothing stands half done.

use crate::desk::{Desk, column};
use crate::story::INTERVIEW;
use realist::act::{anchor::Spot, bundle, code, codebook, hypothesis};
use realist::codebook::Code;
use realist::coding::Coding;
use realist::diagnostic::Severity;
use realist::document::Document;
use realist::hypothesis::Hypothesis;
use realist::id::Id;
use realist::memo::Memo;
use realist::project::Project;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A project is used for so many kills, then a fresh one: reading a long journal would only slow the test.
const ROUNDS: u64 = 25;

/// A command that is killed over and over, each round with other words.
struct Command {
    /// The project and what the rounds need, the one over the last included.
    furnish: fn() -> Desk,
    /// What is typed in a round.
    words: fn(&Desk, u64) -> Vec<String>,
    /// How much of a round is there, of how much.
    held: fn(&Project, u64) -> usize,
    whole: usize,
}

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

/// Kills the command so many times and looks after each; half the kills on a second thread, since a
/// killer mostly waits.
fn kill(name: &str, command: &Command, kills: u64) {
    let lanes = [0, 1].map(|lane| (lane * kills / 2 / ROUNDS, (lane + 1) * kills / 2 / ROUNDS));
    let cut_short: u64 = std::thread::scope(|scope| {
        let lanes =
            lanes.map(|(from, to)| scope.spawn(move || (from..to).map(|part| rounds(command, part)).sum::<u64>()));
        lanes.into_iter().map(|lane| lane.join().unwrap()).sum()
    });
    eprintln!("{name}: killed {kills} times, {cut_short} of them before it was done");
    assert!(cut_short > kills / 4, "only {cut_short} of {kills} runs were cut short");
}

/// One project's rounds; how many runs were cut short.
fn rounds(command: &Command, part: u64) -> u64 {
    let desk = (command.furnish)();
    let words = |round: u64| (command.words)(&desk, round);
    let last = words(ROUNDS);
    let mut moments = Moments::over(part + 1, || {
        desk.run(&last.iter().map(String::as_str).collect::<Vec<_>>()).done();
    });
    let mut promised = vec![ROUNDS];
    for round in 0..ROUNDS {
        let words = words(round);
        let said = killed(&desk, &words.iter().map(String::as_str).collect::<Vec<_>>(), moments.next());
        let project = desk.look();
        // A line cut short is told in a note and mended by the next act.
        let odd = project.troubles().iter().find(|one| one.severity != Severity::Note);
        assert!(odd.is_none(), "round {round}: {odd:?}");
        let held = (command.held)(&project, round);
        assert!([0, command.whole].contains(&held), "{held} of {} in round {round}", command.whole);
        if acknowledged(&said) {
            promised.push(round);
        }
        for round in &promised {
            assert_eq!((command.held)(&project, *round), command.whole, "round {round} was acknowledged");
        }
    }
    is_sound(&desk, &format!("{words:?}", words = words(0)));
    ROUNDS + 1 - promised.len() as u64
}

fn is_sound(desk: &Desk, after: &str) {
    let answer = desk.run(&["check"]);
    assert_eq!(answer.code, Some(0), "{after}: {}{}", answer.stdout, answer.stderr);
}

fn typed(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A project with one document and a code for every round.
fn coded_project() -> Desk {
    let desk = Desk::new();
    desk.file("one.txt", INTERVIEW.repeat(20));
    let codes: Vec<String> = (0..=ROUNDS).map(|round| format!("[[code]]\nname = \"code {round}\"\n")).collect();
    std::fs::write(desk.project.join("codebooks/codes.toml"), codes.join("\n")).unwrap();
    desk.run(&["import", "one.txt", "--kind", "interview"]).done();
    desk
}

/// Codings of a round, each with what was typed of it.
fn codings(project: &Project, round: u64) -> usize {
    let state = project.state();
    let (name, said) = (format!("code {round}"), format!("round {round}"));
    let codes = state.all::<Code>().into_iter().filter(|code| [&name, "all"].contains(&code.name.as_str()));
    let codes: Vec<Id> = codes.map(|code| code.id).collect();
    let says = |coding: &Coding| {
        let memos = state.about::<Memo>(coding.id);
        memos.iter().any(|memo| project.unseal_text(&memo.text).as_deref() == Some(&said))
    };
    state.all::<Coding>().iter().filter(|coding| codes.contains(&coding.code) && says(coding)).count()
}

fn statements(project: &Project, round: u64) -> usize {
    let begin = format!("Round {round}:");
    let all = project.state().all::<Hypothesis>();
    all.iter().filter(|one| one.statement.as_ref().is_some_and(|words| words.starts_with(&begin))).count()
}

fn claim(round: u64, n: u64) -> hypothesis::Entry {
    hypothesis::Entry { statement: Some(format!("Round {round}: claim {n}")), ..hypothesis::Entry::default() }
}

#[test]
fn a_coding_acknowledged_is_there_whenever_the_process_is_killed() {
    let words = |_: &Desk, round| {
        let (code, memo) = (format!("code {round}"), format!("round {round}"));
        typed(&["code", "add", "D1.gj", "t2", "--code", &code, "--memo", &memo])
    };
    kill("code add", &Command { furnish: coded_project, words, held: codings, whole: 1 }, 500);
}

#[test]
fn a_batch_is_whole_or_absent_whenever_the_process_is_killed() {
    let words = |desk: &Desk, round| {
        let row = |n| format!("D1.gj/{n},code {round},round {round}\n");
        let rows: String = (1..=40).map(row).collect();
        let file = desk.file(&format!("batch{round}.csv"), format!("passage,code,memo\n{rows}"));
        typed(&["code", "add", "--from", &file])
    };
    kill("code add --from", &Command { furnish: coded_project, words, held: codings, whole: 40 }, 300);
}

#[test]
fn a_sheet_is_read_whole_or_not_at_all_whenever_the_process_is_killed() {
    let words = |desk: &Desk, round| {
        let project = desk.look();
        let document = &project.state().all::<Document>()[0];
        let shard = project.shard(document, &document.version, 0).unwrap().unwrap();
        let mut sheet = csv::Writer::from_writer(Vec::new());
        sheet.write_record(["passage", "text", "claim"]).unwrap();
        let first = 4 * usize::try_from(round).unwrap();
        for unit in &shard.units[first..first + 4] {
            let text = unit.speech_span().of(&shard.text).unwrap();
            let claim = format!("Round {round}: of passage {}", unit.n);
            sheet.write_record([&format!("D1.gj/{}", unit.n), text, &claim]).unwrap();
        }
        typed(&["sheet", "read", &desk.file(&format!("sheet{round}.csv"), sheet.into_inner().unwrap())])
    };
    kill("sheet read", &Command { furnish: coded_project, words, held: statements, whole: 4 }, 300);
}

#[test]
fn a_folder_is_in_whole_or_not_at_all_whenever_the_process_is_killed() {
    let words = |desk: &Desk, round| {
        for n in 0..3 {
            let name = format!("f{round}/round {round} file {n}.txt");
            desk.file(&name, format!("Ana: {round}, {n}\n\nBo: {INTERVIEW}"));
        }
        typed(&["import", &format!("f{round}"), "--kind", "interview"])
    };
    let held = |project: &Project, round| {
        let begin = format!("round {round} file");
        let documents = project.state().all::<Document>();
        let ours = documents.iter().filter(|document| project.title(document).starts_with(&begin));
        ours.filter(|document| project.header(document).unwrap().is_some() && project.original(document).exists())
            .count()
    };
    kill("import", &Command { furnish: Desk::new, words, held, whole: 3 }, 300);
}

#[test]
fn a_bundle_is_taken_in_whole_or_not_at_all_whenever_the_process_is_killed() {
    let furnish = || {
        let desk = Desk::new();
        for round in 0..=ROUNDS {
            let far = ["mb", "tk"].map(|tag| desk.far_copy(&format!("far {round}"), tag));
            for (who, desk) in (0..).zip(&far) {
                hypothesis::add_all(&mut desk.look(), &[claim(round, who), claim(round, who + 2)]).unwrap();
            }
            let out = desk.room().join(format!("{round}.bundle"));
            bundle::make(&mut far[0].look(), Some(&out), &bundle::Since::Start, true).unwrap();
        }
        desk
    };
    let words = |_: &Desk, round| typed(&["merge", &format!("{round}.bundle")]);
    kill("merge", &Command { furnish, words, held: statements, whole: 4 }, 200);
}

#[test]
fn a_purge_acknowledged_leaves_no_word_whenever_the_process_is_killed() {
    let furnish = || {
        let desk = Desk::new();
        for round in 0..=ROUNDS {
            desk.file(&format!("all/{round:03}.txt"), format!("Ana: word{round}\n\nBo: {INTERVIEW}"));
        }
        desk.run(&["import", "all", "--kind", "interview"]).done();
        desk
    };
    let words = |_: &Desk, round| typed(&["purge", &format!("D{}.gj", round + 1), "--reason", "withdrawn", "--yes"]);
    let held = |project: &Project, round| {
        let label = format!("D{}.gj", round + 1).parse().unwrap();
        let id = project.state().labelled(&label).unwrap();
        let document = project.state().all::<Document>().into_iter().find(|one| one.id == id).unwrap();
        let files = project.files_of(id);
        let left = files.iter().filter(|name| project.root().join("corpus").join(name).exists()).count();
        assert_eq!(left, if document.purged { 0 } else { files.len() }, "round {round}");
        usize::from(document.purged)
    };
    kill("purge", &Command { furnish, words, held, whole: 1 }, 200);
}

#[test]
fn an_undo_acknowledged_is_there_whenever_the_process_is_killed() {
    let furnish = || {
        let desk = coded_project();
        let mut project = desk.look();
        codebook::add(&mut project, &codebook::Entry { name: Some("all".to_owned()), ..codebook::Entry::default() })
            .unwrap();
        for round in 0..=ROUNDS {
            let spot = Spot::parse("D1.gj", Some(&format!("t{}", round + 1)), None).unwrap();
            let wish = code::Wish { codes: vec!["all".to_owned()], spot, memo: Some(format!("round {round}")) };
            code::add(&mut project, &[wish]).unwrap();
        }
        desk
    };
    let words = |desk: &Desk, round: u64| {
        let project = desk.look();
        let notes = project.state().notes();
        let mut added = notes.iter().filter(|note| &*note.act == "code add");
        typed(&["undo", &added.nth(usize::try_from(round).unwrap()).unwrap().short()])
    };
    let held = |project: &Project, round| 1 - codings(project, round);
    kill("undo", &Command { furnish, words, held, whole: 1 }, 200);
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
