//! The operations of the API, by what they are about.
//!
//! Each group is reached from the client. Its methods create builders, which are in a module of
//! their own: they take optional parameters by setters, and are sent when they are awaited.

pub mod account;
pub mod agents;
pub mod calls;
pub mod campaigns;
pub mod contacts;

#[doc(inline)]
pub use self::account::AccountApi;
#[doc(inline)]
pub use self::agents::AgentsApi;
#[doc(inline)]
pub use self::calls::CallsApi;
#[doc(inline)]
pub use self::campaigns::CampaignsApi;
#[doc(inline)]
pub use self::contacts::ContactsApi;
