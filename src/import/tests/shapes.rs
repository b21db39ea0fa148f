//! Transcripts in the shapes that people and programs write: who says what, and when. The words are made up.

use super::*;

/// A file, and the turns it makes: label, seconds, words.
struct Shape {
    /// What writes it so.
    origin: &'static str,
    name: &'static str,
    text: &'static str,
    turns: &'static [(&'static str, Option<f64>, &'static str)],
}

const SHAPES: &[Shape] = &[
    Shape {
        origin: "Teams, WebVTT with ids",
        name: "a.vtt",
        text: "WEBVTT\n\n0b3c-11/20-0\n00:00:03.120 --> 00:00:05.400\n<v Ana Lee (Guest)>Good morning, how\nare you?</v>\n\n0b3c-11/21-0\n00:00:05.500 --> 00:00:07.000\n<v Ben Orr>Fine.</v>\n\n0b3c-11/22-0\n00:00:07.100 --> 00:00:09.000\n<v Ben Orr>And you?</v>\n",
        turns: &[
            ("Ana Lee (Guest)", Some(3.12), "Good morning, how are you?"),
            ("Ben Orr", Some(5.5), "Fine.\nAnd you?"),
        ],
    },
    Shape {
        origin: "Zoom, WebVTT",
        name: "a.vtt",
        text: "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAna Lee: Shall we start?\r\n\r\n2\r\n00:00:02.500 --> 00:00:04.000\r\nBen Orr: Yes. One thing: the door.\r\n\r\n3\r\n00:00:04.500 --> 00:00:06.000\r\nBen Orr: It sticks.\r\n\r\n4\r\n00:00:07.000 --> 00:00:08.000\r\nAna Lee: Noted.\r\n",
        turns: &[
            ("Ana Lee", Some(1.0), "Shall we start?"),
            ("Ben Orr", Some(2.5), "Yes. One thing: the door.|It sticks."),
            ("Ana Lee", Some(7.0), "Noted."),
        ],
    },
    Shape {
        origin: "Zoom, saved chat",
        name: "chat.txt",
        text: "00:01:05\tAna Lee:\tWho has the list?\n00:01:20\tBen Orr:\tI do\n00:02:00\tAna Lee:\tThanks\n",
        turns: &[
            ("Ana Lee", Some(65.0), "Who has the list?"),
            ("Ben Orr", Some(80.0), "I do"),
            ("Ana Lee", Some(120.0), "Thanks"),
        ],
    },
    Shape {
        origin: "Zoom, saved chat of older versions",
        name: "chat.txt",
        text: "10:02:11 From Ana Lee to Everyone:\n\tWho has the list?\n10:02:40 From Ben Orr to Everyone:\n\tI do\n10:03:00 From Ana Lee to Everyone:\n\tThanks\n",
        turns: &[
            ("Ana Lee", Some(36131.0), "Who has the list?"),
            ("Ben Orr", Some(36160.0), "I do"),
            ("Ana Lee", Some(36180.0), "Thanks"),
        ],
    },
    Shape {
        origin: "Otter, txt",
        name: "a.txt",
        text: "Ana Lee  0:02  \nHow did it begin?\n\nSpeaker 2  0:12  \nWith a letter. It came on a Monday.\n\nAna Lee  1:02:03  \nAnd then?\n\nSpeaker 2  1:02:09  \nNothing.\n\nTranscribed by https://otter.ai\n",
        turns: &[
            ("Ana Lee", Some(2.0), "How did it begin?"),
            ("Speaker 2", Some(12.0), "With a letter. It came on a Monday."),
            ("Ana Lee", Some(3723.0), "And then?"),
            ("Speaker 2", Some(3729.0), "Nothing."),
        ],
    },
    Shape {
        origin: "Rev, txt",
        name: "a.txt",
        text: "Ana Lee (00:02):\nHow did it begin?\n\nBen Orr (00:12):\nWith a letter.\n\nIt came [inaudible 00:00:15] on a Monday.\n\nAna Lee (01:02:03):\nAnd then?\n",
        turns: &[
            ("Ana Lee", Some(2.0), "How did it begin?"),
            ("Ben Orr", Some(12.0), "With a letter.\n\nIt came [inaudible|] on a Monday."),
            ("Ana Lee", Some(3723.0), "And then?"),
        ],
    },
    Shape {
        origin: "Descript, Markdown",
        name: "a.md",
        text: "**Ana Lee:** [00:00:02] How did it begin?\n\n**Ben Orr:** [00:00:12] With a letter.\n\n**Ana Lee:** [00:01:02] And then?\n",
        turns: &[
            ("Ana Lee", Some(2.0), "How did it begin?"),
            ("Ben Orr", Some(12.0), "With a letter."),
            ("Ana Lee", Some(62.0), "And then?"),
        ],
    },
    Shape {
        origin: "Trint, txt",
        name: "a.txt",
        text: "[00:00:02] Ana Lee: How did it begin?\n\n[00:00:12] Ben Orr: With a letter.\n\n[00:01:02] Ana Lee: And then?\n",
        turns: &[
            ("Ana Lee", Some(2.0), "How did it begin?"),
            ("Ben Orr", Some(12.0), "With a letter."),
            ("Ana Lee", Some(62.0), "And then?"),
        ],
    },
    Shape {
        origin: "Trint, name and time on a line of their own",
        name: "a.txt",
        text: "Ana Lee [00:00:02]\nHow did it begin?\n\nBen Orr [00:00:12]\nWith a letter.\n\nAna Lee [00:01:02]\nAnd then?\n",
        turns: &[
            ("Ana Lee", Some(2.0), "How did it begin?"),
            ("Ben Orr", Some(12.0), "With a letter."),
            ("Ana Lee", Some(62.0), "And then?"),
        ],
    },
    Shape {
        origin: "Whisper with speakers (WhisperX), srt",
        name: "a.srt",
        text: "1\n00:00:00,100 --> 00:00:02,000\n[SPEAKER_00]: How did it begin?\n\n2\n00:00:02,100 --> 00:00:04,000\n[SPEAKER_01]: With a letter.\n\n3\n00:00:04,100 --> 00:00:06,000\n[SPEAKER_01]: On a Monday.\n\n4\n00:00:06,100 --> 00:00:07,000\n[SPEAKER_00]: And then?\n",
        turns: &[
            ("SPEAKER_00", Some(0.1), "How did it begin?"),
            ("SPEAKER_01", Some(2.1), "With a letter.|On a Monday."),
            ("SPEAKER_00", Some(6.1), "And then?"),
        ],
    },
    Shape {
        origin: "noScribe, txt",
        name: "a.txt",
        text: "Interview\n\n[00:00:01] S00: How did it begin?\n\n[00:00:07] S01: With a letter.\n\n[00:00:10] S00: And then?\n\n[00:00:12] S01: (..) Nothing.\n",
        turns: &[
            ("S00", Some(1.0), "How did it begin?"),
            ("S01", Some(7.0), "With a letter."),
            ("S00", Some(10.0), "And then?"),
            ("S01", Some(12.0), "(..) Nothing."),
        ],
    },
    Shape {
        origin: "noScribe, html",
        name: "a.html",
        text: "<html><head><title>x</title></head><body><p>Transcribed with noScribe</p><p><a name=\"ts_1000_5000_S00\">S00: How did it begin?</a></p><p><a name=\"ts_5000_9000_S01\">S01: With a letter.</a></p><p><a name=\"ts_9000_9900_S00\">S00: And then?</a></p></body></html>",
        turns: &[("S00", None, "How did it begin?"), ("S01", None, "With a letter."), ("S00", None, "And then?")],
    },
    Shape {
        origin: "f4, the time at the end of a turn",
        name: "a.txt",
        text: "I: How did it begin? #00:00:02-3#\n\nB: With a letter. #00:00:12-0#\n\nI: And then? #00:00:14-8#\n\nB: Nothing. #00:00:20-1#\n",
        turns: &[
            ("I", None, "How did it begin?"),
            ("B", Some(2.3), "With a letter."),
            ("I", Some(12.0), "And then?"),
            ("B", Some(14.8), "Nothing."),
        ],
    },
    Shape {
        origin: "easytranscript, the time at the start",
        name: "a.txt",
        text: "#00:00:01-0# I: How did it begin?\n#00:00:02-3# B: With a letter.\n#00:00:12-0# I: And then?\n#00:00:14-8# B: Nothing.\n",
        turns: &[
            ("I", Some(1.0), "How did it begin?"),
            ("B", Some(2.3), "With a letter."),
            ("I", Some(12.0), "And then?"),
            ("B", Some(14.8), "Nothing."),
        ],
    },
    Shape {
        origin: "f4, rtf, label and colon in groups of their own",
        name: "a.rtf",
        text: "{\\rtf1\\ansi {\\b I}{:} How did it begin? #00:00:02-3#\\par {\\b B}{:} With a letter. #00:00:12-0#\\par I: And then? #00:00:14-8#\\par B: Nothing. #00:00:20-1#\\par}",
        turns: &[
            ("I", None, "How did it begin?"),
            ("B", Some(2.3), "With a letter."),
            ("I", Some(12.0), "And then?"),
            ("B", Some(14.8), "Nothing."),
        ],
    },
    Shape {
        origin: "plain text, labels alone on their lines",
        name: "a.txt",
        text: "Interviewer:\nHow did it begin?\n\nP1:\nWith a letter.\nIt came on a Monday.\n\nInterviewer:\nAnd then?\n\nP1:\nNothing.\n",
        turns: &[
            ("Interviewer", None, "How did it begin?"),
            ("P1", None, "With a letter.\nIt came on a Monday."),
            ("Interviewer", None, "And then?"),
            ("P1", None, "Nothing."),
        ],
    },
    Shape {
        origin: "plain text, in capitals and not, with stage directions",
        name: "a.txt",
        text: "INT: How did it begin?\nP1: [laughs] With a letter. (pause) It came.\n[phone rings]\nInt: And then?\np1: Nothing.\n",
        turns: &[
            ("INT", None, "How did it begin?"),
            ("P1", None, "[laughs] With a letter. (pause) It came.\n[phone rings]"),
            ("INT", None, "And then?"),
            ("P1", None, "Nothing."),
        ],
    },
    Shape {
        origin: "plain text, questions and answers",
        name: "a.txt",
        text: "Q: How did it begin?\nA: With a letter.\nQ: And then?\nA: Nothing.\n",
        turns: &[
            ("Q", None, "How did it begin?"),
            ("A", None, "With a letter."),
            ("Q", None, "And then?"),
            ("A", None, "Nothing."),
        ],
    },
    Shape {
        origin: "plain text, a time without a space before the label",
        name: "a.txt",
        text: "00:00:02.5Zack: How did it begin?\n00:00:12.0Ana: With a letter.\n00:00:14.5Zack: And then?\n00:00:20.0Ana: Nothing.\n",
        turns: &[
            ("Zack", Some(2.5), "How did it begin?"),
            ("Ana", Some(12.0), "With a letter."),
            ("Zack", Some(14.5), "And then?"),
            ("Ana", Some(20.0), "Nothing."),
        ],
    },
    Shape {
        origin: "a recording that began late",
        name: "a.txt",
        text: "[-00:00:04] Ana: Is it on?\n[00:00:01] Ben: Yes.\n[00:00:03] Ana: Good.\n",
        turns: &[("Ana", Some(-4.0), "Is it on?"), ("Ben", Some(1.0), "Yes."), ("Ana", Some(3.0), "Good.")],
    },
    Shape {
        origin: "Google Meet, Markdown",
        name: "a.md",
        text: "# Visit\n\n### 00:00:05 {#00:00:05}\n\n**Ana Lee:** How did it begin?\n\n**Ben Orr:** With a letter.\n\n### 00:01:05 {#00:01:05}\n\n**Ana Lee:** And then?\n",
        turns: &[
            ("Ana Lee", Some(5.0), "How did it begin?"),
            ("Ben Orr", None, "With a letter."),
            ("Ana Lee", Some(65.0), "And then?"),
        ],
    },
    Shape {
        origin: "ATLAS.ti, a sign before the name",
        name: "a.txt",
        text: "@Ana: How did it begin?\n@Ben: With a letter.\n@Ana: And then?\n@Ben: Nothing.\n",
        turns: &[
            ("Ana", None, "How did it begin?"),
            ("Ben", None, "With a letter."),
            ("Ana", None, "And then?"),
            ("Ben", None, "Nothing."),
        ],
    },
];

#[test]
fn each_shape_makes_the_turns_a_reader_sees() {
    let mut amiss = Vec::new();
    for Shape { origin, name, text, turns } in SHAPES {
        let draft = import(name, text, INTERVIEW).draft;
        let found: Vec<(String, Option<f64>, String)> = draft
            .units
            .iter()
            .filter_map(|unit| Some((unit, draft.header.speakers[unit.speaker?].label.clone())))
            .map(|(unit, label)| (label, unit.time.map(|time| (time * 1000.0).round() / 1000.0), speech(&draft, unit)))
            .collect();
        let expected: Vec<(String, Option<f64>, String)> =
            turns.iter().map(|(label, time, words)| ((*label).to_owned(), *time, (*words).to_owned())).collect();
        if found != expected {
            amiss.push(format!("{origin}:\n  {found:?}\n  {expected:?}"));
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn what_a_machine_heard_is_read_from_json_and_tables() {
    let whisper = r#"{"text":" x","language":"en","segments":[
        {"id":0,"seek":0,"start":0.0,"end":2.5,"text":" How did it","tokens":[1],"speaker":"SPEAKER_00"},
        {"id":1,"start":2.5,"end":3.0,"text":" begin?","speaker":"SPEAKER_00"},
        {"id":2,"start":3.0,"end":5.0,"text":" With a letter.","speaker":"SPEAKER_01"},
        {"id":3,"start":5.0,"end":6.0,"text":" Hm."}],"word_segments":[]}"#;
    let draft = import("a.json", whisper, INTERVIEW).draft;
    let expected = [("SPEAKER_00", "How did it\nbegin?"), ("SPEAKER_01", "With a letter.")];
    assert_eq!(turns(&draft), expected.map(|(label, words)| (label.to_owned(), words.to_owned())));
    assert_eq!((draft.units[1].time, draft.units[2].speaker), (Some(3.0), None));
    let cpp = r#"{"model":{},"transcription":[{"timestamps":{"from":"00:00:01,500","to":"00:00:03,000"},"offsets":{"from":1500,"to":3000},"text":" How?"}]}"#;
    let draft = import("a.json", cpp, INTERVIEW).draft;
    assert_eq!((draft.text.as_str(), draft.units[0].time), ("How?", Some(1.5)));
    assert_eq!(code("a.json", b"{\"x\": 1}"), "wrong-format");
    assert_eq!(code("a.json", b"[1"), "wrong-format");

    let times =
        |text: &str| import("a.tsv", text, INTERVIEW).draft.units.iter().map(|unit| unit.time).collect::<Vec<_>>();
    assert_eq!(times("start\tend\ttext\n1500\t7000\tHow?\n7000\t9500\tSo.\n"), [Some(1.5), Some(7.0)]);
    assert_eq!(times("speaker\tstart\ttext\nI\t1.5\tHow?\nAna\t7\tSo.\n"), [Some(1.5), None]);
}

/// What a word processor's transcript holds: paragraphs, `\n` a line break within one, `*` around bold words.
fn word(paragraphs: &[&str]) -> Vec<u8> {
    let run = |(at, words): (usize, &str)| {
        let style = if at % 2 == 1 { "<w:rPr><w:b/></w:rPr>" } else { "" };
        let words =
            words.replace('&', "&amp;").replace('>', "&gt;").replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">");
        format!("<w:r>{style}<w:t xml:space=\"preserve\">{words}</w:t></w:r>")
    };
    let paragraph = |words: &&str| format!("<w:p>{}</w:p>", words.split('*').enumerate().map(run).collect::<String>());
    let body: String = paragraphs.iter().map(paragraph).collect();
    docx(&[("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"))])
}

#[test]
fn word_transcripts_of_machines_make_the_same_turns() {
    let teams_2021 = [
        "0:0:0.0 --> 0:0:1.510\nAna Lee\nHow did it begin?",
        "0:0:2.0 --> 0:0:4.0\nBen Orr\nWith a letter.",
        "0:0:5.0 --> 0:0:6.0\nAna Lee\nAnd then?",
    ];
    let teams_2022 = [
        "0:0:0.0 --> 0:0:1.510",
        "*Ana Lee*",
        "How did it begin?",
        "0:0:2.0 --> 0:0:4.0",
        "*Ben Orr*",
        "With a letter.",
        "0:0:5.0 --> 0:0:6.0",
        "*Ana Lee*",
        "And then?",
    ];
    let teams_2024 = [
        "Visit-20240501_1002-Meeting Recording",
        "May 1, 2024, 9:02AM",
        "2m 6s",
        "*Ana Lee* started transcription",
        "\n*Ana Lee*   0:00\nHow did it begin?",
        "\n*Ben Orr*   0:02\nWith a letter.",
        "\n*Ana Lee*   0:05\nAnd then?",
        "*Ana Lee* stopped transcription",
    ];
    let otter = [
        "*Ana Lee*  0:00",
        "How did it begin?",
        "*Ben Orr*  0:02",
        "With a letter.",
        "*Ana Lee*  0:05",
        "And then?",
        "Transcribed by https://otter.ai",
    ];
    let rev = [
        "*Ana Lee* (00:00):",
        "How did it begin?",
        "*Ben Orr* (00:02):",
        "With a letter.",
        "*Ana Lee* (00:05):",
        "And then?",
    ];
    let descript = [
        "*Ana Lee:* [00:00:00] How did it begin?",
        "*Ben Orr:* [00:00:02] With a letter.",
        "*Ana Lee:* [00:00:05] And then?",
    ];
    let f4 = [
        "Ana Lee: How did it begin? #00:00:02-0#",
        "Ben Orr: With a letter. #00:00:05-0#",
        "Ana Lee: And then? #00:00:06-0#",
    ];
    let all: [(&str, &[&str]); 7] = [
        ("Teams 2021", &teams_2021),
        ("Teams 2022", &teams_2022),
        ("Teams 2024", &teams_2024),
        ("Otter", &otter),
        ("Rev", &rev),
        ("Descript", &descript),
        ("f4", &f4),
    ];
    let expected = [("Ana Lee", "How did it begin?"), ("Ben Orr", "With a letter."), ("Ana Lee", "And then?")];
    let expected = expected.map(|(label, words)| (label.to_owned(), words.to_owned()));
    for (origin, paragraphs) in all {
        let draft = read(&request("a.docx", &word(paragraphs), INTERVIEW)).unwrap().draft;
        sound(&draft);
        assert_eq!(turns(&draft), expected, "{origin}");
        let times: Vec<Option<f64>> =
            draft.units.iter().filter(|unit| unit.speaker.is_some()).map(|unit| unit.time).collect();
        let first = if origin == "f4" { None } else { Some(0.0) };
        assert_eq!(times, [first, Some(2.0), Some(5.0)], "{origin}");
    }
}

#[test]
fn captions_keep_every_word_whatever_is_wrong_with_them() {
    let text = "WEBVTT - visit\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE checked\n\n00:01.000 --> 00:02.000 position:10% align:start\n- How did it\n- begin?\n\nintro\n00:99 --> nowhere\n<v.first.loud Ana>With <b>a</b> &lt;letter&gt; &amp; more</v>\n\n00:05.000 --> 00:06.000\n<00:05.100><c>On</c> <00:05.400><c>Monday</c>\n";
    let Imported { draft, warnings, .. } = import("a.vtt", text, INTERVIEW);
    assert_eq!(draft.text, "- How did it\n- begin?\nWith a <letter> & more\nOn Monday");
    assert_eq!(warnings.iter().filter(|warning| warning.code == "bad-cue").count(), 1);
    assert_eq!(warnings.iter().filter(|warning| warning.code == "notes-skipped").count(), 1);
}

/// Live captions show a line twice: as it is spoken, then above the next.
#[test]
fn rolling_captions_say_everything_once() {
    let text = "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nso<00:00:00.500><c> how</c><00:00:00.900><c> did</c>\n\n00:00:02.000 --> 00:00:02.010 align:start position:0%\nso how did\n \n\n00:00:02.010 --> 00:00:04.000 align:start position:0%\nso how did\nit<00:00:02.500><c> begin</c>\n\n00:00:04.000 --> 00:00:04.010 align:start position:0%\nit begin\n \n\n00:00:04.010 --> 00:00:06.000 align:start position:0%\nit begin\nwith<00:00:04.500><c> a</c><00:00:04.900><c> letter</c>\n";
    let draft = import("a.vtt", text, INTERVIEW).draft;
    assert_eq!(draft.text, "so how did\nit begin\nwith a letter");
    let said_twice =
        "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n\n00:03.000 --> 00:04.000\nNo.\n";
    assert_eq!(import("a.vtt", said_twice, INTERVIEW).draft.text, "No.\nNo.\nNo.");
}

#[test]
fn a_change_of_speaker_without_a_name_is_a_paragraph() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n>> How did it begin\n\n00:02.000 --> 00:03.000\nthen?\n\n00:03.000 --> 00:04.000\n>> With a letter\n";
    let draft = import("a.vtt", text, INTERVIEW).draft;
    let units: Vec<String> = draft.units.iter().map(|unit| speech(&draft, unit)).collect();
    assert_eq!(units, [">> How did it begin\nthen?", ">> With a letter"]);
}

#[test]
fn a_dash_after_a_named_voice_is_somebody_else() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>- How did it begin?\n\n00:02.000 --> 00:03.000\nWith a letter?\n\n00:03.000 --> 00:04.000\n- No.\n- With a call.\n\n00:04.000 --> 00:05.000\nOn Monday.\n\n00:05.000 --> 00:06.000\n<v Ana>And then?\n";
    let draft = import("a.vtt", text, INTERVIEW).draft;
    assert_eq!(labels(&draft), ["Ana"]);
    let whose: Vec<(Option<usize>, String)> =
        draft.units.iter().map(|unit| (unit.speaker, speech(&draft, unit))).collect();
    let said_by = |speaker| {
        let of = whose.iter().filter(|(one, _)| *one == speaker).map(|(_, words)| words.as_str());
        of.collect::<Vec<_>>().join(" ").replace('\n', " ")
    };
    assert_eq!(said_by(Some(0)), "- How did it begin? With a letter? And then?");
    assert_eq!(said_by(None), "- No. - With a call. On Monday.");
}

#[test]
fn papers_and_notes_have_no_speakers() {
    let texts = [
        "Background: Care was patchy.\nMethods: We asked forty people.\nResults: Trust mattered.\nConclusions: Ask earlier.\n",
        "Aim: to ask\nNote: nothing\nAim: to ask again\nNote: still nothing\nSetting: a ward\nSetting: a home\n",
        "1. Introduction\nTable 1: Numbers\nFigure 2: A map\nTable 2: More numbers\nFigure 3: Another\n",
        "From: ana\nTo: ben\nSubject: visit\n\nDear Ben,\nfirst: the key. Second: the door.\n",
    ];
    for text in texts {
        for kind in [SourceKind::PrimaryStudy, SourceKind::Policy] {
            assert_eq!(labels(&import("a.txt", text, kind).draft), Vec::<&str>::new(), "{text}");
        }
    }
}
