//! Whether token and region are right: what the response to `GET /me` says.

use super::code::{REGION_WRONG, UNAUTHORIZED, UNAVAILABLE};
use super::outcome::Warning;
use super::response::{Answer, Expected, Failure, Response};
use super::settings::Region;
use alloc::format;
use alloc::string::String;
use serde::Serialize;

/// What is known of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Events can be delivered.
    pub ok: bool,
    /// Why not: a stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Why not, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The region that the workspace is in: `us`, `eu` or `au`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<&'static str>,
    /// The workspace's id, the same as `app_id` in web mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
}

/// Judges the response to [`me`](super::request::me). `region` is that of the settings; `None` when they name an address instead.
pub fn judge(response: &Response, region: Option<Region>) -> Check {
    let workspace = match response.read(Expected::Workspace) {
        Ok(Answer::Workspace(workspace)) => workspace,
        Ok(_) | Err(Failure::Limited | Failure::Unclear) => return refused(UNAVAILABLE.warning()),
        Err(Failure::Unauthorized) => {
            let mut refusal = UNAUTHORIZED.warning();
            if let Some(region) = region {
                refusal.message +=
                    &format!(" A token works in its workspace's region only; `region` is {}.", region.key());
            }
            return refused(refusal);
        }
        Err(Failure::Refused(_)) => return refused(UNAVAILABLE.warning()),
    };
    let own = workspace.region.as_deref().and_then(Region::from_text);
    let mut check = Check { ok: true, region: own.map(Region::key), workspace: workspace.id, ..Check::default() };
    if let (Some(own), Some(set)) = (own, region)
        && own != set
    {
        let message =
            format!("{} `region` is {}, the workspace is in {}.", REGION_WRONG.sentence, set.key(), own.key());
        check = Check { ok: false, code: Some(REGION_WRONG.code), message: Some(message), ..check };
    }
    check
}

/// No response came.
pub fn unanswered() -> Check {
    refused(UNAVAILABLE.warning())
}

fn refused(reason: Warning) -> Check {
    Check { code: Some(reason.code), message: Some(reason.message), ..Check::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn read(status: u16, body: &str, region: Option<Region>) -> Check {
        judge(&Response { status, headers: Vec::new(), body: body.into() }, region)
    }

    #[test]
    fn a_token_of_another_region_is_told() {
        let me = r#"{"type":"admin","app":{"id_code":"abc123","region":"EU"}}"#;
        let right = read(200, me, Some(Region::Eu));
        assert_eq!((right.ok, right.region, right.workspace.as_deref()), (true, Some("eu"), Some("abc123")));
        let wrong = read(200, me, Some(Region::Us));
        assert_eq!((wrong.ok, wrong.code), (false, Some("region_wrong")));
        assert!(wrong.message.unwrap().contains("`region` is us, the workspace is in eu"));
        assert!(read(200, me, None).ok);
    }

    #[test]
    fn other_responses_are_no_permission() {
        assert_eq!(read(401, "", Some(Region::Au)).code, Some("unauthorized"));
        for (status, body) in [(200, "<html>"), (200, "[]"), (429, ""), (500, ""), (404, "{}"), (302, "")] {
            let check = read(status, body, None);
            assert_eq!((check.ok, check.code), (false, Some("unavailable")), "{status} {body}");
            assert_eq!(check, unanswered());
        }
        assert_eq!(unanswered().message.as_deref(), Some(UNAVAILABLE.sentence));
    }
}
