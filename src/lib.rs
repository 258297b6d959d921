//! Remit maps how an organisation works and who gets to decide.

pub mod scene;
