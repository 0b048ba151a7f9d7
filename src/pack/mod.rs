//! What is sent: the message with its parts, the calendar, and the data for those who compute with it.

pub mod calendar;
pub mod data;
pub mod message;
