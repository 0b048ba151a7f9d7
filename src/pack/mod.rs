//! What is sent: the message with its parts, and the calendar.

pub mod calendar;
pub mod message;
