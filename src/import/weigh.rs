//! Letters and digits in containers, counted a second way: by code that knows nothing of paragraphs, turns
//! or tables, so that it can catch a reader out ([`super::completeness`]). Those of XML and RTF are
//! counted beside their readers.

use super::completeness::letters;
use html5gum::{Token, Tokenizer, naive_next_state};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Of a file that is nothing but text; `decoded` counts where it is in an alphabet that had to be guessed.
pub fn text(bytes: &[u8], decoded: &str) -> usize {
    letters(std::str::from_utf8(bytes).unwrap_or(decoded))
}

/// Of captions: every line but the header, the times and the names of cues. Tags count.
pub fn captions(captions: &str, is_vtt: bool) -> usize {
    let lines: Vec<&str> = captions.lines().map(str::trim).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let (mut count, mut is_over, mut after_blank) = (0, false, true);
    for (at, line) in lines.iter().enumerate() {
        let is_time = line.contains("-->");
        let is_head = is_vtt && at == first && line.starts_with("WEBVTT");
        let is_look = is_vtt && after_blank && ["STYLE", "REGION"].iter().any(|word| is_block(line, word));
        is_over = !line.is_empty() && !is_time && (is_over || is_head || is_look);
        let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
        let is_name = (after_blank || is_number) && lines.get(at + 1).is_some_and(|next| next.contains("-->"));
        if !is_over && !is_time && !is_name {
            count += letters(line);
        }
        after_blank = line.is_empty();
    }
    count
}

/// A block of WebVTT that this word begins.
fn is_block(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Of a web page: all text that stands in no script and no style.
pub fn page(markup: &str) -> usize {
    let mut tokens = Tokenizer::new(markup);
    let (mut count, mut is_over) = (0, false);
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                if let Some(state) = naive_next_state(&tag.name).filter(|_| !tag.self_closing) {
                    tokens.set_state(state);
                }
                is_over = !tag.self_closing && matches!(tag.name.as_slice(), b"script" | b"style");
            }
            Token::EndTag(_) => is_over = false,
            Token::String(text) if !is_over => count += letters(&lossy(&text)),
            _ => {}
        }
    }
    count
}

/// Hands UTF-8 on and counts its letters and digits in passing.
pub struct Weighed<R> {
    from: R,
    weight: Rc<Cell<usize>>,
    /// The bytes of a character whose end has not been read.
    waiting: Vec<u8>,
}

impl<R> Weighed<R> {
    /// Adds to `weight`.
    pub fn new(from: R, weight: Rc<Cell<usize>>) -> Self {
        Weighed { from, weight, waiting: Vec::new() }
    }

    fn weigh(&mut self, bytes: &[u8]) {
        let count = if self.waiting.is_empty() && bytes.is_ascii() {
            bytes.iter().filter(|byte| byte.is_ascii_alphanumeric()).count()
        } else {
            self.waiting.extend_from_slice(bytes);
            let whole = match std::str::from_utf8(&self.waiting) {
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                _ => self.waiting.len(),
            };
            let rest = self.waiting.split_off(whole);
            letters(&lossy(&std::mem::replace(&mut self.waiting, rest)))
        };
        self.weight.set(self.weight.get() + count);
    }
}

impl<R: Read> Read for Weighed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.weigh(&into[..read]);
        Ok(read)
    }
}

fn lossy(text: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_weighed_without_times_and_names() {
        let vtt =
            "WEBVTT x\nKind: y\n\nSTYLE\ncolour\n\nname of it\n00:01 --> 00:02\n<i>ab</i>\nc\n\n7\n00:02 --> 00:03\nd";
        assert_eq!(captions(vtt, true), 6, "iabicd");
        assert_eq!(captions("1\n00:01 --> 00:02\none\n2\n00:02 --> 00:03\ntwo", false), 6);
    }

    #[test]
    fn what_passes_in_small_pieces_is_weighed_whole() {
        let weight = Rc::new(Cell::new(0));
        let mut weighed = Weighed::new("aé, 世2".as_bytes(), Rc::clone(&weight));
        while weighed.read(&mut [0; 2]).unwrap() > 0 {}
        assert_eq!(weight.get(), 4);
    }

    #[test]
    fn pages_are_weighed_without_scripts() {
        assert_eq!(page("<title>a</title><script>if (b<c) d</script><p hidden>e&eacute;<style>f</style><nav>g"), 4);
    }
}
