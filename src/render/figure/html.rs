//! One page: the drawing, cut where it is longer than a sheet of paper, and below it the same content as a table.

use super::escape;
use super::svg;
use crate::picture::draw::Picture;
use crate::picture::{Figure, draw, pages};
use crate::render::html::{DRAWING_STYLE, STYLE, table};
use crate::report::IN_WORDS;
use crate::table::Table;

pub fn write(figure: &Figure) -> String {
    page(&pages(figure).iter().map(draw).collect::<Vec<_>>(), &figure.title, &figure.table)
}

/// A figure by itself is shown as large as it is drawn, however wide the screen.
const WHOLE: &str = "@media screen { .drawing svg { max-width: none; min-width: 0; } }\n";

/// In print the drawing has the first page to itself, on its side where it is wider than high.
fn print_style(picture: &Picture) -> String {
    let (turned, high) = if picture.width > picture.height { (" landscape", 172) } else { ("", 250) };
    format!(
        "@page {{ size: A4{turned}; }}\n@media print {{ header {{ display: none; }} \
         .drawing svg {{ max-height: {high}mm; margin: 0 auto; }} h2 {{ break-before: page; }} }}\n"
    )
}

pub fn page(pictures: &[Picture], title: &str, same: &Table) -> String {
    let (title, print_style) = (escape(title), pictures.first().map(print_style).unwrap_or_default());
    let drawn = |one: &Picture| format!("<div class=\"scroll drawing\">\n{}</div>\n", svg::picture(one, false));
    let drawings: String = pictures.iter().map(drawn).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}{DRAWING_STYLE}body {{ max-width: none; }}\n{WHOLE}{print_style}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n\
         <p><a href=\"#as-table\">The same as a table</a></p>\n</header>\n<main>\n{drawings}\
         <h2 id=\"as-table\">As a table</h2>\n{}</main>\n</body>\n</html>\n",
        table(IN_WORDS, same),
    )
}
