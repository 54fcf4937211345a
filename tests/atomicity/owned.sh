# Only what the manifest lists is ever deleted, whatever stands beside and between it.

fresh A
generate B || violation "over A: $said"
listed=$(grep -v '^#' "$out/.odata-codegen" | sort)
there=$(cd "$out" && find . -type f ! -name .odata-codegen -printf '%P\n' | sort)
expect "files that the manifest does not list" "$(comm -13 <(echo "$listed") <(echo "$there") | tr '\n' ' ')" \
  "depot_goods/notes/file mine/file "
expect "listed files that are not there" "$(comm -23 <(echo "$listed") <(echo "$there"))" ""
expect "a folder of A alone" "$(find "$out" -name depot_only_a)" ""

# Ours in place and name, but not in the manifest: not ours.
fresh A
sed -i '/depot_only_a.crate7\.rs/d' "$out/.odata-codegen"
generate B || violation "a file that the manifest no longer lists: $said"
expect "a file that the manifest no longer lists" "$(cd "$out" && find depot_only_a -type f)" depot_only_a/crate7.rs

# Without a manifest, nothing is ours: refused, since half of the files would have to change.
fresh A
rm "$out/.odata-codegen"
refused "without a manifest" "is in the way" B

# A manifest that names what is outside.
fresh A
echo mine > "$work/outside"
printf '%s\n' ../outside /etc/hostname mine/../../outside >> "$out/.odata-codegen"
generate B || violation "a manifest with foreign names: $said"
expect "a file outside" "$(cat "$work/outside")" mine
rm "$work/outside"
expect "a manifest with foreign names" "$(sum "$out")" "$sum_B"
echo "only what the manifest lists is deleted"
