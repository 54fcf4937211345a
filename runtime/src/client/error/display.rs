//! How an error shows itself, and what it advises.

use std::fmt::{self, Display, Formatter};

use super::{Error, Kind};

impl Error {
    /// What to do about it, where that is known: which permission a 403 asks for, what is wrong with the token, what the
    /// operation is known for, where it is documented.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        if !matches!(self.0.kind, Kind::Status) {
            return None;
        }
        let answer = self.answer()?;
        let mut all = Vec::new();
        all.extend(answer.advice.clone());
        if let Some(operation) = self.0.operation {
            let permissions = operation.permissions.join(" or ");
            if self.is_forbidden() && !permissions.is_empty() {
                all.push(format!("`{}` needs the permission {permissions}", operation.template));
            }
            let status = answer.status.as_u16();
            all.extend(operation.help.iter().filter(|(of, _)| *of == status).map(|(_, help)| (*help).to_owned()));
        }
        if self.challenge().is_some_and(|challenge| challenge.contains("claims")) {
            all.push(String::from(
                "the service asks for claims that the token does not have: sign in anew, with these claims",
            ));
        }
        if self.is_unauthorized() && all.is_empty() {
            all.push(String::from("the token was not accepted: it may have expired, or be for another service"));
        }
        if let Some(wait) = answer.retry_after.filter(|_| matches!(answer.status.as_u16(), 429 | 503)) {
            all.push(format!("the service asks to wait {} s before the next request", wait.as_secs()));
        }
        if answer.status.is_redirection() {
            all.push(String::from("redirects are not followed, since the token is for the service root alone"));
        }
        if let Some(documentation) = self.0.operation.and_then(|operation| operation.documentation) {
            all.push(format!("see {documentation}"));
        }
        Some(all.join("; ")).filter(|help| !help.is_empty())
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
                if let Some(origin) = self.answer().and_then(|answer| answer.redirect.as_deref()) {
                    write!(f, ": redirects to {origin}, which is not followed")?;
                }
                for part in self.code().into_iter().chain(self.message()) {
                    write!(f, ": {part}")?;
                }
            }
            Kind::Body(why) => {
                write!(f, "{colon}{why}")?;
                for part in self.code().into_iter().chain(self.message()) {
                    write!(f, ": {part}")?;
                }
            }
            Kind::Decode(error) => write!(f, "{colon}{error}")?,
        }
        if let Some(page) = self.0.page.as_ref().filter(|page| page.number > 1 || page.link.is_some()) {
            write!(f, ", on page {}", page.number)?;
            if let Some(link) = &page.link {
                write!(f, ", {link}")?;
            }
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
            .field("context", &self.0.context)
            .field("page", &self.0.page)
            .field("operation", &self.0.operation.map(|operation| operation.template))
            .finish()
    }
}

// No `source`: the text above has all of it, and a chain would show what was scrubbed out of the text.
impl std::error::Error for Error {}
