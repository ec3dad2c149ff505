//! The operations of the API, by what they are about.
//!
//! Each group is reached from the client. A method of it makes a call, which takes optional
//! parameters by setters, and is sent when it is awaited.

pub mod account;
pub mod agents;
pub mod calls;
pub mod campaigns;
pub mod contacts;

#[doc(inline)]
pub use self::account::Account;
#[doc(inline)]
pub use self::agents::Agents;
#[doc(inline)]
pub use self::calls::Calls;
#[doc(inline)]
pub use self::campaigns::Campaigns;
#[doc(inline)]
pub use self::contacts::Contacts;
