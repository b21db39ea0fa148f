//! The page a member fills in: one file, no network, no address in it. Its only script is ours, and the content
//! policy names it by its hash; so does it the style.

use super::{NO_VOTE, Paper, Print, Question, Ticket};
use crate::render::html::escape;
use crate::round::Way;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("form.css");
const SCRIPT: &str = include_str!("form.js");

/// The page for one member.
pub fn html(paper: &Paper, ticket: &Ticket) -> Vec<u8> {
    let [style, script] = [STYLE, SCRIPT].map(|text| STANDARD.encode(Sha256::digest(text)));
    let [round, title, project, token, group, mark] =
        [&paper.round, &paper.title, &paper.project, &ticket.token, &ticket.group, &ticket.mark]
            .map(|text| escape(text));
    let large = if paper.print == Print::Large { " class=\"large-print\"" } else { "" };
    let back = paper.back.as_ref().map(|words| format!("<p>{}</p>\n", escape(words))).unwrap_or_default();
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
         script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}: ballot of {token}</title>\n<style>{STYLE}</style>\n</head>\n<body{large}>\n\
         <header>\n<p class=\"project\">{project}</p>\n<h1>{title}</h1>\n\
         <p>Your code: <strong>{token}</strong> ({group}) · {round}</p>\n</header>\n\
         <noscript><p class=\"warning\">This page cannot save your answers here. Open it in a browser on a computer, or print \
         it, fill it in and hand it back.</p></noscript>\n\
         <main>\n<p>{}</p>\n<p class=\"promise\">{}</p>\n{back}\
         <form id=\"ballot\" data-round=\"{round}\" data-member=\"{token}\" data-mark=\"{mark}\" data-method=\"{}\">\n",
        escape(&paper.how()),
        escape(&paper.promise()),
        paper.way,
    );
    for (at, question) in paper.questions.iter().enumerate() {
        item(&mut page, paper, question, at + 1);
    }
    page.push_str(
        "<div class=\"foot\">\n<p id=\"progress\" role=\"status\" aria-live=\"polite\"></p>\n\
         <button type=\"submit\">Save my answers</button>\n</div>\n\
         <div class=\"later\">\n<h2>Not ready yet?</h2>\n\
         <p>Keep what you have so far in a file on your own device, and open it here when you go on. Nobody else sees it, and it \
         is not your vote. On a device that others use, delete the file when you are done.</p>\n\
         <p class=\"row\"><button type=\"button\" class=\"plain-button\" id=\"keep\">Keep a draft</button>\n\
         <label class=\"plain-button\" for=\"draft\">Open a file I kept</label>\n\
         <input type=\"file\" id=\"draft\" accept=\".json,application/json\"></p>\n\
         <p id=\"told\" role=\"status\" aria-live=\"polite\"></p>\n</div>\n</form>\n\
         <section id=\"saved\" hidden tabindex=\"-1\" aria-labelledby=\"saved-title\">\n<h2 id=\"saved-title\">Your answers are ready</h2>\n\
         <p>A file <strong id=\"name\"></strong> was saved, most likely in your folder for downloads. Send that file back. You can \
         change your answers and save again: the last file counts.</p>\n\
         <details>\n<summary>No file was saved?</summary>\n<p><label for=\"copy\">Copy this text and send it instead:</label></p>\n\
         <textarea id=\"copy\" rows=\"6\" readonly></textarea>\n</details>\n</section>\n</main>\n",
    );
    let _ = write!(page, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page.into_bytes()
}

fn item(page: &mut String, paper: &Paper, question: &Question, number: usize) {
    let key = escape(&question.key);
    if let Some((above, plain)) = &question.above {
        let _ = writeln!(page, "<h2>{}</h2>", escape(above));
        if let Some(plain) = plain {
            let _ = writeln!(page, "<p class=\"plain\">{}</p>", escape(plain));
        }
    }
    let _ = write!(
        page,
        "<fieldset data-item=\"{key}\">\n<legend><span class=\"number\">{number}</span> {}</legend>\n",
        escape(&question.text)
    );
    for plain in &question.plain {
        let _ = writeln!(page, "<p class=\"plain\">{}</p>", escape(plain));
    }
    let is_scale = paper.scale.is_some() || matches!(paper.way, Way::Rank | Way::Ngt);
    let _ = writeln!(page, "<div class=\"{}\">", if is_scale { "scale" } else { "choices" });
    for (value, words) in paper.answers(question) {
        radio(page, &key, &value, &words);
    }
    page.push_str("</div>\n<div class=\"choices\">\n");
    for (value, words) in NO_VOTE {
        radio(page, &key, value, words);
    }
    let _ = write!(
        page,
        "</div>\n<p class=\"words\"><label for=\"{key}-reason\">Why? What would change your mind? <span>(if you like)</span></label>\n\
         <textarea id=\"{key}-reason\" rows=\"2\"></textarea></p>\n\
         <details>\n<summary>I cannot go along with this</summary>\n\
         <p class=\"words\"><label for=\"{key}-dissent\">Your dissent, in words that may be read by others</label>\n\
         <textarea id=\"{key}-dissent\" rows=\"2\"></textarea></p>\n\
         <p><label class=\"tick\"><input type=\"checkbox\" id=\"{key}-approved\"> These words may be printed as they stand</label></p>\n\
         </details>\n<button type=\"button\" class=\"clear\">Clear this answer</button>\n</fieldset>\n"
    );
}

fn radio(page: &mut String, key: &str, value: &str, words: &str) {
    let _ = writeln!(
        page,
        "<label><input type=\"radio\" name=\"{key}\" value=\"{}\"><span>{}</span></label>",
        escape(value),
        escape(words)
    );
}
