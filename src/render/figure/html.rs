//! One page: the drawing, and below it the same content as a table.

use super::escape;
use super::svg;
use crate::picture::draw::Picture;
use crate::picture::{Figure, draw};
use crate::render::html::{STYLE, table};
use crate::table::Table;

pub fn write(figure: &Figure) -> String {
    page(&draw(figure), &figure.table)
}

pub fn page(picture: &Picture, same: &Table) -> String {
    let title = escape(&picture.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}body {{ max-width: none; }}\n</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n\
         <p><a href=\"#as-table\">The same as a table</a></p>\n</header>\n<main>\n<div class=\"scroll\">\n{}</div>\n\
         <h2 id=\"as-table\">As a table</h2>\n{}</main>\n</body>\n</html>\n",
        svg::picture(picture, false),
        table(&picture.title, same),
    )
}
