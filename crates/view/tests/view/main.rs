//! What is on screen, checked without a screen, on files that real interpreters wrote.

#[path = "../screen/mod.rs"]
mod screen;

mod card;
mod companion;
mod comparison;
mod engine;
mod fixture;
mod graph;
mod hex;
mod large;
mod listing;
mod members;
mod payloads;
mod place;
mod problems;
mod ribbon;
mod search;
mod selection;
mod source;
mod strings;
mod tree;
