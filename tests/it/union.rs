//! Copies of a project edited apart and brought together: the same state whichever way round.

use crate::desk::{Answer, Desk, copy_folder};
use crate::story::synthesis;
use serde_json::Value;
use std::path::PathBuf;

/// Everything that lists, as one text.
fn state(desk: &Desk) -> Vec<(String, String)> {
    let lists = [
        &["document", "list"][..],
        &["source", "list"],
        &["participant", "list"],
        &["codebook", "list"],
        &["code", "list"],
        &["component", "list"],
        &["hypothesis", "list"],
        &["hypothesis", "show", "H1.gj"],
        &["evidence", "list"],
        &["uncertainty", "list"],
        &["theory", "standing"],
        &["log"],
        &["check"],
    ];
    let answer = |command: &&[&str]| {
        let Answer { code, stdout, stderr, .. } = desk.run(&[command, &["--format", "json"][..]].concat());
        assert!(matches!(code, Some(0 | 1)), "{}: {stderr}", command.join(" "));
        (command.join(" "), stdout)
    };
    lists.iter().map(answer).collect()
}

/// What git's union merge or a sync client does: new files come in, of a file on both sides every line
/// is kept.
fn take_in(desk: &Desk, other: &Desk) {
    copy_folder(&other.project.join("corpus"), &desk.project.join("corpus"));
    for theirs in other.files("journal") {
        let ours = desk.project.join("journal").join(theirs.file_name().unwrap());
        let mut text = std::fs::read_to_string(&ours).unwrap_or_default();
        for line in std::fs::read_to_string(&theirs).unwrap().split_inclusive('\n') {
            if !text.contains(line) {
                text.push_str(line);
            }
        }
        std::fs::write(ours, text).unwrap();
    }
}

/// Two people's copies of one project after each has worked alone.
fn apart() -> (Desk, Desk) {
    let here = synthesis();
    let there = here.far_copy("q", "bo");
    for (desk, own) in [(&here, "here"), (&there, "there")] {
        desk.file(&format!("{own}.txt"), format!("Ana: only {own}\n\nBo: so it is {own}\n"));
        for command in [
            &["import", &format!("{own}.txt"), "--kind", "interview"][..],
            &["codebook", "add", &format!("code of {own}")],
            &["code", "add", "D1.gj", "t4", "--code", &format!("code of {own}")],
            &["hypothesis", "add", "--statement", &format!("A statement of {own}.")],
            &["evidence", "add", "H3.gj", "D1.gj/2", "--stance", "supports"],
            &["code", "add", "D1.gj", "t6", "--code", "openness"],
            &["undo"],
        ] {
            desk.run(command).done();
        }
    }
    (here, there)
}

#[test]
fn the_union_is_the_same_either_way() {
    let (here, there) = apart();
    let (merged_here, merged_there) = (here.copy("mh"), there.copy("mt"));
    take_in(&merged_here, &there);
    take_in(&merged_there, &here);
    let state_here = state(&merged_here);
    assert_eq!(state_here, state(&merged_there));
    let words: String = state_here.into_iter().map(|(_, answer)| answer).collect();
    for part in ["A statement of here.", "A statement of there.", "code of here", "code of there"] {
        assert!(words.contains(part), "{part}");
    }
    // Taking the same in again changes nothing, and neither does the next write.
    take_in(&merged_here, &there);
    assert_eq!(state(&merged_here), state(&merged_there));
    merged_here.run(&["check"]).done();
    merged_here.run(&["code", "add", "D1.gj", "t2", "--code", "code of there"]).done();
    assert_eq!(merged_here.run(&["codebook", "list"]).done().stderr, "");
}

#[test]
fn one_person_on_a_copied_folder_writes_a_stream_of_its_own() {
    let here = synthesis();
    let there = here.copy("q");
    let before = here.files("journal").len();
    for (desk, own) in [(&here, "here"), (&there, "there")] {
        desk.run(&["hypothesis", "add", "--statement", &format!("A statement of {own}.")]).done();
        desk.run(&["code", "add", "D1.gj", "t4", "--code", "openness", "--memo", own]).done();
    }
    assert_eq!(here.files("journal").len(), before, "the folder it was is still the folder it was");
    let names: Vec<PathBuf> = there.files("journal");
    assert_eq!(names.len(), before + 1);
    let has_suffix = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("gj-");
    assert!(names.iter().any(has_suffix), "{names:?}");

    let (merged_here, merged_there) = (here.copy("mh"), there.copy("mt"));
    take_in(&merged_here, &there);
    take_in(&merged_there, &here);
    assert_eq!(state(&merged_here), state(&merged_there));
    let statements = merged_here.json(&["hypothesis", "list"]);
    let labels = crate::desk::column(&statements, "id");
    assert_eq!(labels.len(), 5);
    assert!(labels.contains(&"H4.gj") && labels.iter().any(|label| label.starts_with("H4.gj~")), "{labels:?}");
    merged_here.run(&["check"]).done().says("H4.gj~");
    for label in labels {
        merged_here.run(&["hypothesis", "show", label]).done();
    }
}

#[test]
fn lines_mingled_by_a_merge_fold_the_same() {
    let (here, there) = apart();
    let merged = here.copy("mh");
    take_in(&merged, &there);
    let expected = state(&merged);
    let streams: Vec<Vec<String>> = merged
        .files("journal")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect())
        .collect();
    let longest = streams.iter().map(Vec::len).max().unwrap();
    // Every line of every stream in one file, last first, some twice, with the line ends of Windows.
    let mut mingled: Vec<&str> =
        (0..longest).flat_map(|at| streams.iter().filter_map(move |lines| lines.get(at))).map(String::as_str).collect();
    mingled.reverse();
    let doubled = mingled.iter().take(5).copied().collect::<Vec<_>>();
    mingled.extend(doubled);
    let files = merged.files("journal");
    for path in &files {
        std::fs::remove_file(path).unwrap();
    }
    std::fs::write(&files[0], mingled.join("\r\n") + "\r\n").unwrap();
    assert_eq!(state(&merged), expected);
    merged.run(&["code", "add", "D1.gj", "t1", "--code", "openness"]).done();
    merged.run(&["check"]).done();
}

#[test]
fn a_sync_clients_conflicted_copy_doubles_nothing() {
    let (here, there) = apart();
    let merged = here.copy("mh");
    take_in(&merged, &there);
    let expected = state(&merged);
    for path in merged.files("journal") {
        let text = std::fs::read_to_string(&path).unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let earlier: String = text.split_inclusive('\n').take(3).collect();
        std::fs::write(path.with_file_name(format!("{stem} (conflicted copy 2026-01-01).jsonl")), &text).unwrap();
        std::fs::write(path.with_file_name(format!("{stem}.sync-conflict-20260101-000000-ABCDEFG.jsonl")), earlier)
            .unwrap();
    }
    assert_eq!(state(&merged), expected);
    merged.run(&["code", "add", "D1.gj", "t1", "--code", "openness"]).done();
    merged.run(&["check"]).done();
}

#[test]
fn of_two_edits_unaware_of_each_other_the_later_stands_and_both_are_kept() {
    let here = synthesis();
    let there = here.far_copy("q", "bo");
    here.run(&["hypothesis", "edit", "H3.gj", "--statement", "The words of here."]).done();
    there.run(&["codebook", "add", "something else first"]).done();
    there.run(&["hypothesis", "edit", "H3.gj", "--statement", "The words of there."]).done();
    let (merged_here, merged_there) = (here.copy("mh"), there.copy("mt"));
    take_in(&merged_here, &there);
    take_in(&merged_there, &here);
    for merged in [&merged_here, &merged_there] {
        let shown = merged.json(&["hypothesis", "show", "H3.gj"]);
        assert_eq!(shown["statement"], "The words of there.");
        let conflict = &shown["conflicts"][0];
        assert_eq!((conflict["kept_by"].as_str(), conflict["other_by"].as_str()), (Some("bo"), Some("gj")));
        assert_eq!(conflict["other"], "The words of here.");
        merged.run(&["hypothesis", "show", "H3.gj"]).done().says("The words of here.");
        merged.run(&["check"]).negative().says("H3.gj").says("The words of here.");
    }
    assert_eq!(state(&merged_here), state(&merged_there));
    merged_here.run(&["hypothesis", "edit", "H3.gj", "--statement", "The words of both."]).done();
    assert_eq!(merged_here.json(&["hypothesis", "show", "H3.gj"])["conflicts"], Value::Array(Vec::new()));
    merged_here.run(&["check"]).done();
}

#[test]
fn edits_of_different_fields_are_both_taken() {
    let here = synthesis();
    let there = here.far_copy("q", "bo");
    here.run(&["hypothesis", "edit", "H3.gj", "--statement", "New words."]).done();
    there.run(&["hypothesis", "status", "H3.gj", "rejected", "--why", "nobody holds it"]).done();
    take_in(&here, &there);
    let shown = here.json(&["hypothesis", "show", "H3.gj"]);
    assert_eq!(
        (shown["statement"].as_str(), shown["standing"]["editorial"].as_str()),
        (Some("New words."), Some("rejected"))
    );
    here.run(&["check"]).done();
}
