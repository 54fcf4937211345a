# Where nothing can be written.

fresh A
chmod 555 "$out"
refused "a read-only folder" "cannot write to" B
chmod 755 "$out"
chmod 555 "$out/depot_goods"
refused "a read-only folder within" "cannot write to" B
chmod 755 "$out/depot_goods"
recovers "read-only folders" B

# Permissions mean nothing to root.
if [ "$(id -u)" != 0 ]; then
  fresh A
  chmod 555 "$work"
  refused "a read-only parent" "cannot open" B
  chmod 755 "$work"
  recovers "a read-only parent" B
elif command -v setpriv > /dev/null; then
  fresh A
  chmod 755 "$place" "$place"/[AB] "$work"
  cp "$command" "$place/command"
  before=$(sum "$work")
  said=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$place/command" generate --config "$place/B/codegen.toml" 2>&1) \
    && violation "someone else's folder: not refused"
  expect "someone else's folder" "$(sum "$work")" "$before"
  [[ $said == *"cannot open"* ]] || violation "someone else's folder: says $said"
  recovers "someone else's folder" B
else
  echo "skipped: a read-only parent needs setpriv, or a user who is not root"
fi
echo "read-only folders are refused"
