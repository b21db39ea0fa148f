//! `--out` that names a pipe or a device: nothing hangs, and nothing puts a file in its place.
#![cfg(unix)]

use crate::desk::Desk;
use crate::story;
use std::os::unix::fs::FileTypeExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Long enough for a loaded machine; what hangs, hangs for ever.
const PATIENCE: Duration = Duration::from_mins(1);

/// Commands that write a file of the person's own, each without the file.
const WRITING: &[&[&str]] = &[
    &["codebook", "export", "--to", "csv", "--out"],
    &["matrix", "by", "kind", "--out"],
    &["document", "list", "--out"],
    &["sheet", "make", "D1.gj", "--out"],
    &["search", "notes", "--kwic", "--out"],
    &["evidence", "appraise", "--to"],
    &["bundle", "--all", "--out"],
    &["stats", "saturation", "--base", "1", "--run", "1", "--out"],
];

fn pipe(desk: &Desk, name: &str) -> PathBuf {
    let path = desk.room().join(name);
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

/// Whether the command ended well; it is stopped where it does not end.
fn ends(desk: &Desk, typed: &[&str]) -> bool {
    let mut command = desk.command(&desk.on_project(typed));
    let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let from = Instant::now();
    loop {
        if let Some(status) = running.try_wait().unwrap() {
            return status.success();
        }
        if from.elapsed() > PATIENCE {
            running.kill().unwrap();
            panic!("{typed:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn every_command_that_writes_a_file_sends_it_into_a_pipe() {
    let desk = story::synthesis();
    for (at, typed) in WRITING.iter().enumerate() {
        let path = pipe(&desk, &format!("pipe{at}"));
        let (told, heard) = mpsc::channel();
        let from = path.clone();
        std::thread::spawn(move || told.send(std::fs::read(from).unwrap()));
        assert!(ends(&desk, &[typed, &[path.to_str().unwrap()][..]].concat()), "{typed:?}");
        assert!(!heard.recv_timeout(PATIENCE).unwrap().is_empty(), "{typed:?} sent nothing");
        assert!(std::fs::metadata(&path).unwrap().file_type().is_fifo(), "{typed:?} put a file in its place");
    }
}

#[test]
fn a_device_stays_one_and_standard_output_is_refused() {
    let desk = story::synthesis();
    for typed in WRITING {
        assert!(ends(&desk, &[typed, &["/dev/null"][..]].concat()), "{typed:?}");
    }
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    for typed in [WRITING[0], WRITING[1]] {
        let refused = desk.run(&[typed, &["/dev/stdout"][..]].concat()).refused();
        refused.says("where the answer of the command goes").says("--format csv");
    }
}
