# Links and files where folders and files go.

# The folder is a link, or its parent is: what it leads to is replaced, the link stays.
fresh A
ln -s out "$work/link"
generate B --output "$work/link" || violation "a link as the folder: $said"
expect "a link as the folder" "$(readlink "$work/link")" out
rm "$work/link"
expect "what the link leads to" "$(sum "$out")" "$sum_B"
expect "a link as the folder, beside" "$(beside)" ""
ln -s site "$place/parent"
generate A --output "$place/parent/out" || violation "a link as the parent: $said"
expect "a link as the parent" "$(readlink "$place/parent")" site
expect "what the parent leads to" "$(sum "$out")" "$sum_A"
expect "a link as the parent, beside" "$(beside)" ""
rm "$place/parent"

ln -s nowhere "$work/dangling"
refused "a link to nothing as the folder" "" B --output "$work/dangling"
echo mine > "$work/file"
refused "a file as the folder" "" B --output "$work/file"
refused "a file as the parent" "" B --output "$work/file/out"
rm "$work/dangling" "$work/file"

# What is not ours where a generated file or folder of B goes.
new=depot_only_b
way() {
  local what=$1
  shift
  fresh A
  echo mine > "$work/target"
  mkdir "$work/folder"
  "$@"
  refused "$what" "$out/$new" B
}
folder_with() { mkdir "$out/$new" && "$@"; }
way "a file where a folder goes" cp "$work/target" "$out/$new"
way "a link to a file where a folder goes" ln -s ../target "$out/$new"
way "a link to a folder where a folder goes" ln -s ../folder "$out/$new"
way "a link to nothing where a folder goes" ln -s nowhere "$out/$new"
way "a file where a file goes" folder_with cp "$work/target" "$out/$new/mod.rs"
way "a folder where a file goes" folder_with mkdir "$out/$new/mod.rs"
way "a link to a file where a file goes" folder_with ln -s ../../target "$out/$new/mod.rs"
way "a link to a folder where a file goes" folder_with ln -s ../../folder "$out/$new/mod.rs"
way "a link to nothing where a file goes" folder_with ln -s nowhere "$out/$new/mod.rs"

# A generated file that someone made a link is a generated file again, and what the link leads to is untouched.
fresh A
echo mine > "$work/target"
ln -sf ../../target "$out/depot_goods/crate1.rs"
generate B || violation "a link in a generated file's place: $said"
expect "a link in a generated file's place" "$(sum "$out")" "$sum_B"
expect "what it led to" "$(cat "$work/target")" mine
rm "$work/target"
expect "a link in a generated file's place, beside" "$(beside)" ""
echo "what is in the way stays"
