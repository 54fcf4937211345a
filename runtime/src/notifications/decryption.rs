//! Resource data, decrypted (N-13).

use std::fmt;

use aws_lc_rs::cipher::{AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use secrecy::zeroize::Zeroizing;

use super::collection::EncryptedContent;
use crate::{Value, from_slice};

/// How long the symmetric key is, in bytes: that of AES-256.
const KEY: usize = 32;

/// The private keys of the certificates that subscriptions were made with, each by the id that the subscription gave
/// its certificate. While a certificate is replaced by another, the old and the new one.
///
/// ```no_run
/// use odata_runtime::notifications::DecryptionKeys;
///
/// let pem = std::fs::read("webhook-2031.pem")?;
/// let keys = DecryptionKeys::new().with_pem("webhook-2031", &pem)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct DecryptionKeys(Vec<(String, OaepPrivateDecryptingKey)>);

impl DecryptionKeys {
    /// No key yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a private RSA key in PEM: PKCS #8, `BEGIN PRIVATE KEY`.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn with_pem(self, certificate: impl Into<String>, pem: &[u8]) -> Result<Self, NoKey> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| NoKey)?;
        self.with_der(certificate, der.secret_pkcs8_der())
    }

    /// Adds a private RSA key in DER: PKCS #8. A key for the same certificate is replaced.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn with_der(mut self, certificate: impl Into<String>, der: &[u8]) -> Result<Self, NoKey> {
        let key = PrivateDecryptingKey::from_pkcs8(der).map_err(|_| NoKey)?;
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| NoKey)?;
        let certificate = certificate.into();
        self.0.retain(|(id, _)| *id != certificate);
        self.0.push((certificate, key));
        Ok(self)
    }

    /// Whether there is a key for this certificate. Without one nothing is decrypted, and the error does not say so.
    #[must_use]
    pub fn has(&self, certificate: &str) -> bool {
        self.0.iter().any(|(id, _)| id == certificate)
    }

    /// The resource, which the service encrypted for one of the certificates.
    ///
    /// Decrypting proves nothing about who sent it: everybody may have the certificate. Ask the
    /// [`TokenValidator`](super::TokenValidator) first.
    ///
    /// # Errors
    ///
    /// One, whatever the reason: an attacker who learns at which step it failed can decrypt by asking often enough.
    pub fn decrypt<T: Value>(&self, content: &impl EncryptedContent) -> Result<T, NotDecrypted> {
        self.opened(content).and_then(|json| from_slice(&json).ok()).ok_or(NotDecrypted)
    }

    fn opened(&self, content: &impl EncryptedContent) -> Option<Zeroizing<Vec<u8>>> {
        let certificate = content.certificate()?;
        let (_, private) = self.0.iter().find(|(id, _)| id == certificate)?;
        let key = symmetric(private, &STANDARD.decode(content.key()?).ok()?)?;
        let mut data = Zeroizing::new(STANDARD.decode(content.data()?).ok()?);
        let signature = STANDARD.decode(content.signature()?).ok()?;
        // In constant time, and before anything is decrypted: what follows must not say whether the padding is right.
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key.as_slice()), &data, &signature).ok()?;
        let iv: [u8; 16] = key.first_chunk().copied()?;
        let cipher = PaddedBlockDecryptingKey::cbc_pkcs7(UnboundCipherKey::new(&AES_256, key.as_slice()).ok()?).ok()?;
        let length = cipher.decrypt(&mut data, DecryptionContext::Iv128(FixedLength::from(iv))).ok()?.len();
        data.truncate(length);
        Some(data)
    }
}

/// The symmetric key of one notification.
fn symmetric(private: &OaepPrivateDecryptingKey, encrypted: &[u8]) -> Option<Zeroizing<[u8; KEY]>> {
    let mut room = Zeroizing::new(vec![0; private.min_output_size()]);
    let key = private.decrypt(&OAEP_SHA1_MGF1SHA1, encrypted, &mut room, None).ok()?;
    <[u8; KEY]>::try_from(&*key).ok().map(Zeroizing::new)
}

impl fmt::Debug for DecryptionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(id, _)| id)).finish()
    }
}

/// A private key is not an RSA key of 2048 to 8192 bits in PKCS #8. `openssl pkcs8 -topk8 -nocrypt` makes that of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the private key is not an RSA key of 2048 to 8192 bits in PKCS #8 (`openssl pkcs8 -topk8 -nocrypt` makes that of others)",
        )
    }
}

impl std::error::Error for NoKey {}

/// Resource data could not be decrypted. It does not say why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDecrypted;

impl fmt::Display for NotDecrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the resource data of the notification cannot be decrypted")
    }
}

impl std::error::Error for NotDecrypted {}
