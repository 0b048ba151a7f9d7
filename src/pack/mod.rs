//! What is sent: the message with its parts, the calendar, and the data for those who compute with it.

pub mod calendar;
pub mod csv;
pub mod data;
pub mod json;
pub mod message;
pub mod records;
pub mod xlsx;

mod tables;
