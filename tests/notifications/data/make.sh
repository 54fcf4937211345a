#!/usr/bin/env bash
# Makes the keys and vectors in this folder anew, with openssl 3 alone: what it says is what the service does (N-13).
# Keys of tests: nothing real was ever signed or encrypted with them.
set -euo pipefail
cd "$(dirname "$0")"

# Who issues tokens, and somebody else; PKCS #1, as JSON web token libraries want it.
for name in issuer stranger; do
    openssl genrsa 2048 2>/dev/null | openssl rsa -traditional -outform DER -out "$name.der" 2>/dev/null
done
# The certificate of a subscription, and the one after it; PKCS #8.
for name in old new; do
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$name.pem" 2>/dev/null
done

key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
iv=${key:0:32}
hex() { printf '%s' "$1" | xxd -r -p; }
base64_of() { base64 -w0; }

# $1 name, $2 certificate, $3 key in hex, $4 hash of OAEP, $5 file with the encrypted data, $6 what is signed: data or text
content() {
    local data signed
    data=$(base64_of <"$5")
    if [ "$6" = text ]; then signed=$(printf '%s' "$data" | xxd -p -c0); else signed=$(xxd -p -c0 "$5"); fi
    cat <<JSON
  "$1": {
    "data": "$data",
    "dataSignature": "$(hex "$signed" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$3" -binary | base64_of)",
    "dataKey": "$(hex "$3" | openssl pkeyutl -encrypt -inkey "$2.pem" -pkeyopt rsa_padding_mode:oaep \
        -pkeyopt "rsa_oaep_md:$4" -pkeyopt "rsa_mgf1_md:$4" | base64_of)",
    "encryptionCertificateId": "$2"
  }
JSON
}

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
aes() { openssl enc -aes-256-cbc -K "$key" -iv "$iv" "$@"; }
printf '{"id":"7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e0f","version":3}' | aes -out "$work/good"
# 16 bytes whose last one is no length of a padding.
printf '{"version": 7}\n\377' | aes -nopad -out "$work/padding"
printf '{"id":"\377\376"}' | aes -out "$work/utf8"
printf 'no JSON at all' | aes -out "$work/json"
# The first 16 bytes are a key of AES-128 only.
printf '{"version":3}' | openssl enc -aes-128-cbc -K "$iv" -iv "$iv" -out "$work/short"

{
    echo '{'
    content good old "$key" sha1 "$work/good" data; echo ,
    content rotated new "$key" sha1 "$work/good" data; echo ,
    content oaep-sha256 old "$key" sha256 "$work/good" data; echo ,
    content short-key old "$iv" sha1 "$work/short" data; echo ,
    content signed-text old "$key" sha1 "$work/good" text; echo ,
    content bad-padding old "$key" sha1 "$work/padding" data; echo ,
    content bad-utf8 old "$key" sha1 "$work/utf8" data; echo ,
    content no-json old "$key" sha1 "$work/json" data
    echo '}'
} >vectors.json
