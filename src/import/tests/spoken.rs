//! Real transcripts: who speaks in each, and how often, against what can be counted in the files without
//! this program. Looked at by eye, file by file; what a test cannot count is written down here.

use super::*;

/// Turns by speaker as they stand in the text: `label` begins a line, whoever spoke before spoke otherwise.
fn changes(text: &str, labels: &[&str]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        let found = labels.iter().find(|label| line.strip_prefix(**label).is_some_and(|rest| rest.starts_with(':')));
        if let Some(label) = found.filter(|label| said.last().is_none_or(|last| last != **label)) {
            said.push((*label).to_owned());
        }
    }
    said
}

fn spoken(name: &str, bytes: &[u8]) -> Draft {
    let draft = read(&request(name, bytes, INTERVIEW)).unwrap().draft;
    sound(&draft);
    draft
}

fn order(draft: &Draft) -> Vec<String> {
    turns(draft).into_iter().map(|(label, _)| label).collect()
}

/// Six interviews as typed: every line is a turn of the researcher or of the one interviewed.
#[test]
fn real_interviews_have_two_speakers_and_their_turns() {
    let Some(folder) = real("transcripts/interviews-sheffield-docx-txt") else { return };
    for name in ["Ana", "Jessica", "Lisa", "Pauline", "Peter", "Sam"] {
        let bytes = std::fs::read(folder.join(format!("{name}.txt"))).unwrap();
        let draft = spoken("x.txt", &bytes);
        assert_eq!(labels(&draft), ["Researcher 1", name]);
        let roles: Vec<Role> = draft.header.speakers.iter().map(|one| one.role).collect();
        assert_eq!(roles, [Role::Interviewer, Role::Participant]);
        assert_eq!(order(&draft), changes(&draft.text, &["Researcher 1", name]), "{name}");
    }
}

/// Conversations in Markdown: `**Name:**` begins a turn, and every such name speaks.
#[test]
fn real_podcasts_have_the_speakers_in_bold() {
    let Some(folder) = real("transcripts/podcast-changelog-md") else { return };
    let mut files = 0;
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let bold = |line: &str| Some(line.strip_prefix("**")?.split_once(":**")?.0.trim().to_owned());
        let mut said: Vec<String> = text.lines().filter_map(bold).filter(|name| !is_pause(name)).collect();
        said.dedup();
        let mut named = said.clone();
        named.sort();
        named.dedup();
        let draft = spoken("x.md", text.as_bytes());
        let mut found: Vec<String> = labels(&draft).into_iter().map(str::to_owned).collect();
        found.sort();
        assert_eq!(found, named, "{}", path.display());
        // A pause parts two turns of one speaker, which the count by names alone does not see.
        let mut order = order(&draft);
        order.dedup();
        assert_eq!(order, said, "{}", path.display());
        files += 1;
    }
    assert!(files > 20);
}

fn is_pause(name: &str) -> bool {
    super::super::talk::is_interlude(&name.to_lowercase())
}

/// Oral histories as web pages: initials of the interviewer against the name of the one interviewed; in three
/// of them somebody else puts in a word, once said as `Both`, once as a slip of the label (`M`).
#[test]
fn real_oral_histories_have_the_speakers_a_reader_sees() {
    let Some(folder) = real("transcripts/oralhistory-unix-doc-html") else { return };
    for (name, expected) in [
        ("aho", &["Aho", "MSM"][..]),
        ("condon", &["MSM", "Condon", "McIlroy"]),
        ("fraser", &["Fraser", "MSM", "M"]),
        ("mcilroy", &["MSM", "McIlroy"]),
        ("morris", &["MSM", "Morris", "Both"]),
        ("tague", &["Tague", "MSM"]),
        ("weinberger", &["MSM", "Weinberger"]),
    ] {
        let bytes = std::fs::read(folder.join(format!("{name}.htm"))).unwrap();
        let draft = spoken("x.htm", &bytes);
        assert_eq!(labels(&draft), expected, "{name}");
        assert_eq!(order(&draft), changes(&draft.text, expected), "{name}");
    }
}

/// Radio traffic: thousands of turns of a few words; the labels are counted in the file.
#[test]
fn real_radio_traffic_keeps_every_call() {
    let Some(folder) = real("transcripts/spaceflight-spacelog") else { return };
    for name in ["missions__a11__transcripts__CM", "missions__g8__transcripts__TEC"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let draft = spoken("x.txt", text.as_bytes());
        let labels = labels(&draft);
        assert_eq!(order(&draft), changes(&text, &labels), "{name}");
        // Every short line in capitals with a colon is a label that is known.
        let calls = text.lines().filter_map(|line| line.split_once(": ")).map(|(label, _)| label);
        for label in calls.filter(|label| label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_uppercase())) {
            assert!(labels.contains(&label), "{name}: {label}");
        }
    }
}

/// Captions and talks of one voice, and notes of an observer, have no speakers to be found.
#[test]
fn real_texts_without_labels_have_no_speakers() {
    for folder in ["podcast-talkpython-txt", "podcast-talkpython-vtt", "podcast-talkpython-youtube-vtt"] {
        let Some(folder) = real(&format!("transcripts/{folder}")) else { return };
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let Imported { draft, warnings, .. } =
                read(&request(&name, &std::fs::read(&path).unwrap(), INTERVIEW)).unwrap();
            assert_eq!(labels(&draft), Vec::<&str>::new(), "{name}");
            assert!(warnings.iter().all(|warning| warning.code != "bad-cue"), "{name}");
        }
    }
    let Some(folder) = real("transcripts/observation-notes-codereview-txt") else { return };
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        let read = read(&request("x.txt", &std::fs::read(&path).unwrap(), SourceKind::Observation)).unwrap();
        assert_eq!(read.draft.header.turns, 0, "{}", path.display());
    }
}

/// No word of a caption is lost or said twice: the words of the cues, tags taken out by other means.
#[test]
fn real_captions_keep_their_words() {
    for folder in ["podcast-talkpython-vtt", "podcast-talkpython-youtube-vtt"] {
        let Some(folder) = real(&format!("transcripts/{folder}")) else { return };
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            let text = std::fs::read_to_string(&path).unwrap();
            let shown = |block: &str| {
                block.split_once("-->").and_then(|(_, after)| after.split_once('\n')).map(|(_, said)| said.to_owned())
            };
            let said: Vec<String> = text.replace('\r', "").split("\n\n").filter_map(shown).collect();
            let count = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let expected = count(&said.join(" ").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&"));
            let found = count(&spoken("x.vtt", text.as_bytes()).text);
            assert_eq!(found, expected, "{}", path.display());
        }
    }
}
