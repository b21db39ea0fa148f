//! A paper as PDF, printed by a program that is installed: a browser, which prints the page as it stands on the
//! screen, or else an office program, which prints the Word document.
//!
//! What is printed lies in a folder of its own that only this person can read, and goes with it. The page
//! fetches nothing and runs nothing. Moments and marks that such programs write into a PDF are set to one and the
//! same, so that the same paper is the same file.

use crate::diagnostic::{Fault, Result, fault};
use crate::render::Renderer;
use crate::render::docx::Docx;
use crate::render::html::Html;
use crate::report::Report;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The format `pdf`.
pub struct Pdf;

const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];

const OFFICES: &[&str] = &[
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
];

/// A paper of hundreds of pages takes a browser some seconds.
const PATIENCE: Duration = Duration::from_mins(3);

impl Renderer for Pdf {
    fn key(&self) -> &'static str {
        "pdf"
    }

    fn extension(&self) -> &'static str {
        "pdf"
    }

    /// Faults `no-pdf-program`, `pdf-failed`.
    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        print(&|| Html.render(report), &|| Docx.render(report))
    }

    fn render_large(&self, report: &Report) -> Option<Result<Vec<u8>>> {
        let large = |renderer: &dyn Renderer| renderer.render_large(report).unwrap_or_else(|| renderer.render(report));
        Some(print(&|| large(&Html), &|| large(&Docx)))
    }
}

type Bytes<'b> = &'b dyn Fn() -> Result<Vec<u8>>;

/// The page by the first browser that can, else the document by the first office program that can.
fn print(page: Bytes, document: Bytes) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir().map_err(|error| failed(&error.to_string()))?;
    let mut last = None;
    for (programs, is_browser) in [(BROWSERS, true), (OFFICES, false)] {
        let source = folder.path().join(if is_browser { "paper.html" } else { "paper.docx" });
        let mut is_laid = false;
        for program in programs {
            if !is_there(program) {
                continue;
            }
            if !is_laid {
                crate::disk::replace(&source, &if is_browser { page() } else { document() }?)?;
                is_laid = true;
            }
            let ways: &[&[&str]] = if is_browser { &[&[], &["--no-sandbox"]] } else { &[&[]] };
            for more in ways {
                match run(program, more, is_browser, folder.path(), &source) {
                    Ok(bytes) => return Ok(settled(bytes)),
                    Err(why) => last = Some(format!("{program}: {why}")),
                }
            }
        }
    }
    Err(last.map_or_else(none_there, |why| failed(&why)))
}

fn none_there() -> Fault {
    fault("no-pdf-program", "no program on this computer can print a PDF")
        .hint("install Chromium, Google Chrome, Microsoft Edge or LibreOffice, then ask again")
        .hint("or ask for --to html, open the file in a browser and print it to a PDF")
}

fn failed(why: &str) -> Fault {
    fault("pdf-failed", format!("the PDF could not be printed: {why}"))
        .hint("ask for --to html, open the file in a browser and print it to a PDF")
}

/// Whether a program of that name or place can be started at all.
fn is_there(program: &str) -> bool {
    if Path::new(program).is_absolute() || program.contains('\\') {
        return Path::new(program).is_file();
    }
    let mut asked = Command::new(program);
    asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

/// Runs one program; its own files lie in the folder too. As root, as in a container, a browser starts only
/// without its sandbox: the page it is given runs nothing and fetches nothing.
fn run(program: &str, more: &[&str], is_browser: bool, folder: &Path, source: &Path) -> Result<Vec<u8>, String> {
    let printed = folder.join("paper.pdf");
    let own = folder.join("own");
    let mut command = Command::new(program);
    if is_browser {
        command.args(["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run"]);
        command.args(["--disable-background-networking", "--disable-extensions"]).args(more);
        command.arg(format!("--user-data-dir={}", own.display()));
        command.arg(format!("--print-to-pdf={}", printed.display())).arg(source);
    } else {
        let address = own.display().to_string().replace('\\', "/");
        command.arg(format!("-env:UserInstallation=file:///{}", address.trim_start_matches('/')));
        command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(source);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let begun = Instant::now();
    while child.try_wait().map_err(|error| error.to_string())?.is_none() {
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("it had not ended after {} seconds", PATIENCE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    match std::fs::read(&printed) {
        Ok(bytes) if bytes.starts_with(b"%PDF") => Ok(bytes),
        _ => Err("it printed nothing".to_owned()),
    }
}

/// What differs from one printing to the next, written over with as many zeros.
fn settled(mut bytes: Vec<u8>) -> Vec<u8> {
    for (mark, end) in [("/CreationDate", b')'), ("/ModDate", b')'), ("/ID [", b']'), ("/DocChecksum /", b'\n')] {
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, mark).map(|at| at + mark.len()).collect();
        for begin in places {
            let value = &mut bytes[begin..];
            let length = value.iter().take(MARK).position(|byte| *byte == end).unwrap_or(0);
            let is_date = mark.ends_with("Date");
            let changes = |byte: &u8| if is_date { byte.is_ascii_digit() } else { byte.is_ascii_hexdigit() };
            value[..length].iter_mut().filter(|byte| changes(byte)).for_each(|byte| *byte = b'0');
        }
    }
    bytes
}

/// No such value is longer.
const MARK: usize = 90;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_marks_of_a_printing_are_settled() {
        let one = b"%PDF /CreationDate(D:20261122180851Z') /ModDate (D:2026+00'00')\n/ID [ <2E88> <A1> ]\n/DocChecksum /A2DE\n".to_vec();
        let other = b"%PDF /CreationDate(D:20270101000001Z') /ModDate (D:2027+01'00')\n/ID [ <17FC> <07> ]\n/DocChecksum /1904\n".to_vec();
        let long = one.len();
        assert_eq!(settled(one.clone()).iter().filter(|byte| byte.is_ascii_digit() && **byte != b'0').count(), 0);
        assert_eq!(settled(one), settled(other.clone()));
        assert_eq!(settled(other).len(), long);
    }

    #[test]
    fn without_a_program_it_says_what_to_install() {
        let fault = none_there();
        assert!(fault.on_one_line().contains("install Chromium") && fault.on_one_line().contains("--to html"));
    }
}
