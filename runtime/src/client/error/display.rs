//! How an error shows itself, and what it advises.

use std::fmt::{self, Display, Formatter};

use super::{Error, Kind};

impl Error {
    /// What to do about it, where that is known: which permission a 403 asks for, where the operation is
    /// documented.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let operation = self.0.operation?;
        let status = self.status()?;
        if !matches!(self.0.kind, Kind::Status) {
            return None;
        }
        let mut help = if self.is_forbidden() && !operation.permissions.is_empty() {
            format!("`{}` needs the permission {}", operation.template, operation.permissions.join(" or "))
        } else if self.is_unauthorized() {
            String::from("the token was not accepted: it may have expired, or be for another service")
        } else if status.is_redirection() {
            String::from("redirects are not followed, since the token is for the service root alone")
        } else {
            String::new()
        };
        if let Some(documentation) = operation.documentation {
            if !help.is_empty() {
                help.push_str("; ");
            }
            help.push_str("see ");
            help.push_str(documentation);
        }
        Some(help).filter(|help| !help.is_empty())
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(answer) = self.answer() {
            write!(f, "{}", answer.status)?;
        }
        let colon = if self.answer().is_some() { ": " } else { "" };
        match &self.0.kind {
            Kind::Refused(why) => write!(f, "nothing was sent: {why}")?,
            Kind::Token(error) => write!(f, "nothing was sent, for want of a token: {error}")?,
            Kind::Transport(error) => write!(f, "{colon}{error}")?,
            Kind::Status => {
                for part in self.code().into_iter().chain(self.message()) {
                    write!(f, ": {part}")?;
                }
            }
            Kind::Body(why) => write!(f, "{colon}{why}")?,
            Kind::Decode(error) => write!(f, "{colon}{error}")?,
        }
        match (self.request_id(), self.client_request_id()) {
            (Some(id), _) => write!(f, " (request-id {id})"),
            (None, Some(id)) if !self.is_refused() => write!(f, " (client-request-id {id})"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("text", &format_args!("{self}"))
            .field("answer", &self.0.answer)
            .field("client_request_id", &self.0.client_request_id)
            .field("operation", &self.0.operation.map(|operation| operation.template))
            .finish()
    }
}

// No `source`: the text above has all of it, and a chain would show what was scrubbed out of the text.
impl std::error::Error for Error {}
