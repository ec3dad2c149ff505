//! The operations of the API, grouped by resource.
//!
//! The client has a method for each group. The methods of a group return request builders from its module
//! `builders`: set optional parameters on a builder, then await it to send the request.

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
