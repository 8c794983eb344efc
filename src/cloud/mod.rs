//! Cloud mode: events become requests to Intercom's REST API.
