//! Statement cards to print and cut out: two to a row, large enough to be read across a table.

use super::docx::{self, Block, Face, Grid, Inline, Paper, Paragraph, Style};
use super::html::escape;
use std::fmt::Write;

/// What stands on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub label: String,
    pub sentence: String,
    /// Kind and words of each part.
    pub parts: Vec<(String, String)>,
    /// Kinds of source that speak of it, with the number of sources.
    pub kinds: Vec<(String, usize)>,
    pub component: Option<String>,
}

impl Card {
    /// `2 interview, 1 focus group`.
    pub fn told_by(&self) -> String {
        let kinds: Vec<String> = self.kinds.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
        if kinds.is_empty() { "no source yet".to_owned() } else { kinds.join(", ") }
    }
}

const STYLE: &str = include_str!("cards.css");

/// A page that prints on A4, and nothing from elsewhere.
pub fn html(title: &str, cards: &[Card]) -> Vec<u8> {
    let title = escape(title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Cards: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<main>\n"
    );
    for one in cards {
        let _ = write!(
            page,
            "<article>\n<h2>{}</h2>\n<p class=\"sentence\">{}</p>\n",
            escape(&one.label),
            escape(&one.sentence)
        );
        if !one.parts.is_empty() {
            page.push_str("<dl>\n");
            for (kind, text) in &one.parts {
                let _ = writeln!(page, "<div><dt>{}</dt><dd>{}</dd></div>", escape(kind), escape(text));
            }
            page.push_str("</dl>\n");
        }
        let component = one.component.as_deref().map(|name| format!("{} · ", escape(name))).unwrap_or_default();
        let _ = write!(page, "<p class=\"foot\">{component}{}</p>\n</article>\n", escape(&one.told_by()));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page.into_bytes()
}

/// A Word document: a table of two columns, a card a cell.
pub fn docx(title: &str, cards: &[Card]) -> Vec<u8> {
    let rows = cards.chunks(2).map(|pair| {
        let mut row: Vec<Vec<Paragraph>> = pair.iter().map(cell).collect();
        row.resize(2, vec![Paragraph::plain(Style::Cell, "")]);
        row
    });
    let grid = Grid { head: None, rows: rows.collect(), is_even: false };
    let blocks = vec![Block::Paragraph(Paragraph::plain(Style::Title, title)), Block::Table(grid)];
    docx::write(&Paper { title: format!("Cards: {title}"), footer: title.to_owned(), blocks, ..Paper::default() })
}

fn cell(card: &Card) -> Vec<Paragraph> {
    let mut lines = vec![
        Paragraph::plain(Style::Heading(2), card.label.as_str()),
        Paragraph::plain(Style::Subtitle, card.sentence.as_str()),
    ];
    lines.extend(card.parts.iter().map(|(kind, text)| Paragraph {
        style: Style::Body,
        content: vec![Inline::Text(format!("{kind}: "), Face::Strong), Inline::Text(text.clone(), Face::Plain)],
    }));
    let component = card.component.as_deref().map(|name| format!("{name} · ")).unwrap_or_default();
    lines.push(Paragraph {
        style: Style::Body,
        content: vec![Inline::Text(format!("{component}{}", card.told_by()), Face::Faint)],
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_who_tells_of_it_and_no_text_is_markup() {
        let card = Card {
            label: "H1.gj".to_owned(),
            sentence: "If <b>then</b>".to_owned(),
            parts: vec![("context".to_owned(), "a & b".to_owned())],
            kinds: vec![("focus group".to_owned(), 2), ("interview".to_owned(), 1)],
            component: None,
        };
        let page = String::from_utf8(html("T", std::slice::from_ref(&card))).unwrap();
        assert!(page.contains("If &lt;b&gt;then&lt;/b&gt;") && page.contains("a &amp; b"), "{page}");
        assert!(page.contains("2 focus group, 1 interview"));
        assert_eq!(&docx("T", &[card])[..2], b"PK");
    }
}
