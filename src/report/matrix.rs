//! A matrix as a paper for the team: its numbers, shaded by size. No participant's word is in it, but small numbers by
//! speaker or group can point at a person, so it says whom it is for.

use super::block::count_of;
use super::{Block, Report};
use crate::matrix::{self, Kind, Matrix, Shown};
use crate::participant::Audience;
use crate::retrieve::Scope;
use crate::table::{Cell, Table};

/// The paper; `how` is the command that shows a cell's quotations.
pub fn make(matrix: &Matrix, shown: Shown, how: &str) -> Report {
    let table = matrix::table(matrix, shown);
    let mut blocks = vec![Block::notice(
        "For the team. Small numbers can point at a person, all the more by speaker or group: do not pass this on.",
    )];
    blocks.extend(matrix.warnings(shown).into_iter().map(Block::notice));
    blocks.push(Block::heading(2, heading(matrix, shown), "matrix"));
    blocks.push(Block::Heat { caption: caption(matrix), table, cells: matrix::cells(matrix) });
    blocks.push(Block::rule(matrix.rule(shown)));
    if matrix.with_children {
        blocks.push(Block::rule("A code counts together with the codes below it."));
    }
    blocks.push(Block::rule(format!("The quotations behind a cell: {how}, with the options used here.")));
    if shown == Shown::C {
        blocks.push(Block::table(format!("The pairs closest by c, at most {MOST}"), closest(matrix)));
    }
    Report {
        key: matrix.key(),
        title: title(matrix),
        subtitle: subtitle(matrix),
        audience: Audience::Team,
        blocks,
        sheet: matrix::sheet(matrix, shown),
        data: matrix::json(matrix),
    }
}

fn title(matrix: &Matrix) -> String {
    match &matrix.kind {
        Kind::Overlap | Kind::Place(_) => "Codes that go together".to_owned(),
        Kind::Facet(facet) => format!("Codes by {facet}"),
    }
}

fn heading(matrix: &Matrix, shown: Shown) -> String {
    let what = match shown {
        Shown::Quotations => "Quotations",
        Shown::Together if matrix.kind == Kind::Overlap => "Pairs of quotations",
        Shown::Together => "Places with both",
        Shown::C => "c-coefficient",
    };
    match &matrix.kind {
        Kind::Overlap => format!("{what}, by overlap"),
        Kind::Place(Scope::Unit) => format!("{what}, by turn, paragraph or row"),
        Kind::Place(scope) => format!("{what}, by {scope}"),
        Kind::Facet(_) => what.to_owned(),
    }
}

fn subtitle(matrix: &Matrix) -> String {
    let counted = format!("{} of {}", count_of(matrix.total, "quotation"), count_of(matrix.rows.len(), "code"));
    match &matrix.only {
        Some(only) => format!("{counted}, only where {only}"),
        None => counted,
    }
}

fn caption(matrix: &Matrix) -> String {
    match &matrix.kind {
        Kind::Overlap | Kind::Place(_) => "Codes by codes. All: every quotation of the row.".to_owned(),
        Kind::Facet(facet) => format!("Codes by {facet}. All: every quotation of the row."),
    }
}

/// Pairs listed by their c.
const MOST: usize = 50;

/// Pairs that have a c above 0, closest first.
fn closest(matrix: &Matrix) -> Table {
    let mut table =
        Table::with(&[("one", "Code"), ("other", "and"), ("c", "c"), ("together", "Together"), ("note", "Note")]);
    let mut pairs = Vec::new();
    for (row, cells) in matrix.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().skip(row + 1) {
            let Some(coefficient) = &cell.coefficient else { continue };
            if let Ok(value) = coefficient.value
                && value > 0.0
            {
                pairs.push((value, row, column, cell.together, coefficient.is_uneven));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (value, row, column, together, is_uneven) in pairs.into_iter().take(MOST) {
        table.push(vec![
            matrix.rows[row].name.as_str().into(),
            matrix.columns[column].name.as_str().into(),
            value.into(),
            together.into(),
            if is_uneven { Cell::text("unequal frequencies") } else { Cell::Empty },
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::{Coefficient, Heading};
    use crate::render::{Renderer, html::Html};

    fn heading(name: &str, quotations: usize) -> Heading {
        Heading { name: name.to_owned(), label: None, quotations, unread: 0, query: None }
    }

    fn matrix() -> Matrix {
        let cell = |quotations, value| matrix::Cell {
            quotations,
            unread: 0,
            together: Some(quotations),
            coefficient: Some(Coefficient { value, is_uneven: quotations == 1 }),
            query: None,
            with_unread: None,
        };
        Matrix {
            kind: Kind::Overlap,
            rows: vec![heading("<b>trust", 20), heading("hope & access", 3)],
            columns: vec![heading("<b>trust", 20), heading("hope & access", 3)],
            cells: vec![
                vec![cell(20, Ok(0.0)), cell(1, Ok(0.045))],
                vec![cell(0, Ok(0.0)), cell(3, Err("more pairs than quotations"))],
            ],
            total: 23,
            unread: 0,
            only: None,
            with_children: false,
            coders: vec!["bk".to_owned(), "gj".to_owned()],
        }
    }

    fn page(shown: Shown) -> String {
        String::from_utf8(Html.render(&make(&matrix(), shown, "realist matrix codes --cell 'a,b'")).unwrap()).unwrap()
    }

    #[test]
    fn numbers_stand_in_their_shade() {
        let page = page(Shown::Quotations);
        for cell in ["heat-5\">20<", "heat-1\">1<", "heat-0\">0<", "heat-1\">3<"] {
            assert!(page.contains(cell), "{cell} is not in\n{page}");
        }
        assert!(page.contains("<td class=\"number\">20</td>"), "the total of a row is not shaded");
        assert!(page.contains("heat-5\">17 to 20<"), "the shades are explained\n{page}");
    }

    #[test]
    fn names_are_escaped_and_the_team_is_told() {
        let page = page(Shown::Quotations);
        assert!(page.contains("&lt;b&gt;trust") && !page.contains("<b>"));
        assert!(page.contains("For the team") && page.contains("bk, gj"));
        assert!(!page.contains("<script") && page.contains("default-src 'none'"));
    }

    #[test]
    fn papers_are_known_where_a_purge_removes_them() {
        use crate::project::{PAPER_ENDINGS, PAPERS};
        let facets = ["document", "source", "kind", "strand", "group", "speaker", "coder", "attr:age"]
            .map(|one| Kind::Facet(one.to_owned()));
        let kinds = facets.into_iter().chain([Kind::Overlap, Kind::Place(Scope::Unit)]);
        let keys = kinds.map(|kind| Matrix { kind, ..matrix() }.key());
        for key in keys.chain(crate::report::REPORTS.iter().map(|kind| kind.key)) {
            assert!(PAPERS.contains(&key), "{key}");
        }
        for renderer in crate::render::RENDERERS {
            assert!(PAPER_ENDINGS.contains(&renderer.extension()));
        }
    }

    #[test]
    fn a_coefficient_without_value_says_why_and_unequal_codes_are_named() {
        let page = page(Shown::C);
        assert!(page.contains("undefined (more pairs than quotations)"));
        assert!(page.contains("unequal frequencies") && page.contains("more than 5 times as frequent"));
    }
}
