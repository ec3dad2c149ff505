//! Request and response types.
//!
//! Structs are `#[non_exhaustive]`, because the API may add properties. An open type keeps unknown properties
//! in its field `extra`, and sends them back when it is serialized.

mod account;
mod agent;
mod call;
mod call_detail;
mod campaign;
mod contact;
mod create_call;
mod create_contact;
mod error_message;
mod user;

pub use self::account::Account;
pub use self::agent::Agent;
pub use self::call::Call;
pub use self::call_detail::CallDetail;
pub use self::campaign::Campaign;
pub use self::contact::Contact;
pub use self::create_call::CreateCall;
pub use self::create_contact::CreateContact;
pub use self::error_message::ErrorMessage;
pub use self::user::User;
