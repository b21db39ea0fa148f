//! One file per thing a person does: `(Project, typed request) -> Result<…>`. The only caller of
//! [`Project::write`](crate::project::Project::write). Validation, ambiguity and hints live here, so
//! that terminal and browser share them. Nothing here prints.

pub mod resolve;
pub mod text;
pub mod quotation;
pub mod anchor;
pub mod memo;
pub mod init;
pub mod import;
pub mod carry;
pub mod update;
pub mod duplicates;
pub mod different;
pub mod document;
pub mod source;
pub mod participant;
pub mod identifier;
pub mod codebook;
pub mod code;
pub mod agreement;
pub mod parts;
pub mod substantive;
pub mod relate;
pub mod configurations;
pub mod saturation;
pub mod disagreements;
pub mod hypothesis;
pub mod life;
pub mod evidence;
pub mod withhold;
pub mod facesheet;
pub mod form;
pub mod block_text;
pub mod claim;
pub mod nearest;
pub mod withdraw;
pub mod write;
pub mod sheet;
pub mod workbook;
pub mod colleague;
pub mod tally;
pub mod component;
pub mod uncertainty;
pub mod panel;
pub mod round;
pub mod action;
pub mod meeting;
pub mod decide;
pub mod undo;
pub mod purge;
pub mod attributes;
pub mod retrieval;
pub mod facts;
pub mod search;
pub mod assign;
pub mod pass;
pub mod query;
pub mod found;
pub mod matrix;
pub mod ask;
pub mod chain;
pub mod programme;
pub mod causal;
pub mod appraise;
pub mod cerqual;
pub mod model;
pub mod step;
pub mod compare;
pub mod recommend;
pub mod need;
pub mod searching;
pub mod output;
pub mod pdf;
pub mod report;
pub mod training;
pub mod board;
pub mod figure;
pub mod bundle;
pub mod differences;
pub mod join;
pub mod next;
pub mod places;
pub mod merge;
pub mod consolidate;
pub mod pattern;
pub mod example;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod together;

#[cfg(test)]
pub(crate) mod desk;
