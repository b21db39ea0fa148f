//! What control words of RTF mean for the text.

use crate::import::completeness::Loss;

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Destination {
    /// The text, or the note or comment that is open.
    #[default]
    Text,
    /// Left out, and counted where it says as what.
    Nowhere(Option<Loss>),
    Fonts,
    Styles,
    /// The number or bullet a point is shown with.
    ListNumber,
    Note,
    /// A text box.
    Box,
    Comment,
    CommentAuthor,
    /// `\atrfstart`, `\atrfend`, `\atnref`: keys of comments.
    CommentStart,
    CommentEnd,
    CommentKey,
    Margin(&'static str),
    /// Text given twice: outside its Unicode twin `\ud` it counts for nothing.
    Twice,
    Unicode,
}

/// The destination a control word begins; `None` where it begins none.
pub fn destination(word: &str) -> Option<Destination> {
    use Destination::{
        Box, Comment, CommentAuthor, CommentEnd, CommentKey, CommentStart, Fonts, ListNumber, Margin, Note, Nowhere,
        Styles, Text, Twice, Unicode,
    };
    Some(match word {
        "fonttbl" => Fonts,
        "stylesheet" => Styles,
        "listtext" | "pntext" => ListNumber,
        "footnote" => Note,
        "annotation" => Comment,
        "atnauthor" => CommentAuthor,
        "atrfstart" => CommentStart,
        "atrfend" => CommentEnd,
        "atnref" => CommentKey,
        "header" | "headerl" | "headerr" | "headerf" => Margin("header"),
        "footer" | "footerl" | "footerr" | "footerf" => Margin("footer"),
        "upr" => Twice,
        "ud" => Unicode,
        "pict" => Nowhere(Some(Loss::Picture)),
        "objdata" => Nowhere(Some(Loss::Embedded)),
        // Known ones that hold text though they may be passed over.
        "shptxt" | "dptxbxtext" => Box,
        "shpinst" | "do" | "fldrslt" | "shppict" | "moMath" | "moMathPara" | "mmath" => Text,
        "colortbl" | "info" | "fldinst" | "objclass" | "objname" | "nonshppict" | "shprslt" | "sp" | "listtable"
        | "listoverridetable" | "revtbl" | "rsidtbl" | "generator" | "themedata" | "colorschememapping"
        | "datastore" | "latentstyles" | "xe" | "tc" | "rxe" | "txe" | "bkmkstart" | "bkmkend" | "nonesttables"
        | "pn" | "pnseclvl" | "atnid" | "atntime" | "atndate" | "atnicn" | "atnparent" | "filetbl" | "template"
        | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "background" | "datafield"
        | "formfield" | "mmathPict" | "falt" | "panose" | "private" | "keycode" | "docvar" | "userprops"
        | "xmlnstbl" | "wgrffmtfilter" | "protusertbl" | "blipuid" | "picprop" | "oldcprops" | "oldpprops"
        | "oldtprops" | "oldsprops" | "passwordhash" | "ffname" | "ffdeftext" | "ffhelptext" | "ffstattext"
        | "ffentrymcr" | "ffexitmcr" | "ffl" | "fchars" | "lchars" | "gridtbl" | "nextfile" | "comment" => {
            Nowhere(None)
        }
        _ => return None,
    })
}

/// Words of `\*` groups that are read all the same.
pub fn is_read_though_optional(word: &str) -> bool {
    matches!(
        word,
        "shpinst"
            | "do"
            | "shppict"
            | "annotation"
            | "atnauthor"
            | "atrfstart"
            | "atrfend"
            | "atnref"
            | "moMath"
            | "moMathPara"
            | "ud"
            | "footnote"
            | "fldrslt"
            | "shptxt"
            | "pntext"
            | "listtext"
            | "nesttableprops"
            | "pict"
            | "objdata"
    )
}

/// The letter a control word stands for.
pub fn letter(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "zwbo" => "\u{200b}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}
