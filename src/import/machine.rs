//! What a machine heard, in JSON: segments with times and perhaps speakers, as Whisper, WhisperX and whisper.cpp
//! write them.

use super::cue::{self, Said};
use super::turns::cut;
use super::{Imported, Importer, Request, decode};
use crate::diagnostic::{Result, fault};
use serde::Deserialize;

pub struct Machine;

/// The parts that are read; whatever else is there is about the machine, not about what was said.
#[derive(Deserialize)]
struct Heard {
    /// Whisper, WhisperX.
    #[serde(default)]
    segments: Vec<Segment>,
    /// whisper.cpp.
    #[serde(default)]
    transcription: Vec<Piece>,
}

#[derive(Deserialize)]
struct Segment {
    start: Option<f64>,
    end: Option<f64>,
    text: String,
    speaker: Option<String>,
}

#[derive(Deserialize)]
struct Piece {
    offsets: Option<Offsets>,
    text: String,
    speaker: Option<String>,
}

/// Milliseconds.
#[derive(Deserialize)]
struct Offsets {
    from: f64,
    to: f64,
}

impl Importer for Machine {
    fn key(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let decoded = decode::decode(request.bytes)?;
        let heard: Heard = serde_json::from_str(&decoded.text).map_err(|_| no_transcript())?;
        let segments = heard.segments.into_iter().map(|Segment { start, end, text, speaker }| Said {
            speaker,
            time: start.map(|start| (start, end.unwrap_or(start))),
            words: text,
        });
        let pieces = heard.transcription.into_iter().map(|Piece { offsets, text, speaker }| Said {
            speaker,
            time: offsets.map(|Offsets { from, to }| (from / 1000.0, to / 1000.0)),
            words: text,
        });
        let matter = cue::of_segments("json", segments.chain(pieces), decoded.warnings);
        if matter.lines.is_empty() { Err(no_transcript()) } else { Ok(cut(matter, request)) }
    }
}

fn no_transcript() -> crate::diagnostic::Fault {
    fault("wrong-format", "this JSON file is no transcript: it has no segments with text")
        .hint("read are transcripts as Whisper writes them, and lists of references (CSL-JSON, EPPI-Reviewer)")
        .hint("save the transcript as .vtt, .srt, .txt or .docx and import that")
}
