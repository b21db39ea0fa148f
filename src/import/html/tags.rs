//! What each tag of a web page is to a reader of its text.

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Begins and ends a paragraph.
    Block,
    Heading,
    /// Space and line breaks count.
    Preformatted,
    List,
    Item,
    Table,
    Row,
    Cell,
    Break,
    Title,
    /// `alt` says what it shows.
    Picture,
    /// Puts quotation marks around what it holds.
    Quotation,
    Script,
    Style,
    /// Leads elsewhere, and is repeated on every page of a site.
    Menu,
    Inline,
}

pub fn part(name: &[u8]) -> Part {
    match name {
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Part::Heading,
        b"pre" | b"xmp" | b"listing" | b"plaintext" => Part::Preformatted,
        b"ul" | b"ol" | b"menu" | b"dir" => Part::List,
        b"li" => Part::Item,
        b"table" => Part::Table,
        b"tr" => Part::Row,
        b"td" | b"th" => Part::Cell,
        b"br" => Part::Break,
        b"title" => Part::Title,
        b"img" => Part::Picture,
        b"q" => Part::Quotation,
        b"script" | b"noscript" | b"template" | b"iframe" | b"noembed" | b"noframes" => Part::Script,
        b"style" => Part::Style,
        b"nav" => Part::Menu,
        _ if BLOCKS.contains(&name) => Part::Block,
        _ => Part::Inline,
    }
}

const BLOCKS: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"body",
    b"button",
    b"caption",
    b"center",
    b"dd",
    b"details",
    b"dialog",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"frameset",
    b"head",
    b"header",
    b"hgroup",
    b"hr",
    b"html",
    b"legend",
    b"main",
    b"option",
    b"optgroup",
    b"p",
    b"search",
    b"section",
    b"select",
    b"summary",
    b"tbody",
    b"tfoot",
    b"thead",
    b"textarea",
];

/// Tags that hold nothing, so that none ends them.
pub fn is_void(name: &[u8]) -> bool {
    const VOID: &[&[u8]] = &[
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
        b"track", b"wbr",
    ];
    VOID.contains(&name)
}
