//! What is on screen, checked without a screen, on files that real interpreters wrote.

mod card;
mod fixture;
mod hex;
mod large;
mod listing;
mod place;
mod problems;
mod ribbon;
mod search;
mod selection;
mod tree;
