# What the parts of tests/atomicity.sh share: two configurations, the sums of their trees, and how violations are counted.

violations=0
checks=0

violation() {
  violations=$((violations + 1))
  echo "VIOLATION: $*"
}

# expect WHAT FOUND WANTED...: one of the wanted.
expect() {
  local what=$1 found=$2 wanted
  shift 2
  checks=$((checks + 1))
  for wanted in "$@"; do
    [ "$found" = "$wanted" ] && return
  done
  violation "$what: found ${found:-nothing}, not $*"
}

# A document of many types in two namespaces. Of one letter to the other, half of the types change, a tenth goes.
document() {
  awk -v letter="$1" -v types="${2:-700}" 'BEGIN {
    edm = "xmlns=\"http://docs.oasis-open.org/odata/ns/edm\""
    print "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>"
    for (space = 0; space < 2; space++) {
      print "<Schema Namespace=\"Depot." (space ? "Only" letter : "Goods") "\" " edm ">"
      for (i = 0; i < (space ? types / 10 : types); i++) {
        print "<ComplexType Name=\"Crate" i "\">"
        for (p = 0; p < 6; p++) print "<Property Name=\"Content" p "\" Type=\"Edm.String\" />"
        if (i % 2) print "<Property Name=\"Shelf" letter "\" Type=\"Edm.Int32\" />"
        print "</ComplexType>"
      }
      print "</Schema>"
    }
    print "</edmx:DataServices></edmx:Edmx>"
  }'
}

# Configurations A and B, each in a folder of its own, both for the same output.
prepare() {
  local letter
  for letter in A B; do
    mkdir -p "$1/$letter"
    document "$letter" "${2:-700}" > "$1/$letter/depot.csdl"
    cat > "$1/$letter/codegen.toml" <<TOML
documents = ["depot.csdl"]
[output]
folder = "../site/out"
root = "mod.rs"
[select]
namespaces = ["Depot.Goods", "Depot.Only$letter"]
TOML
  done
  work=$1/site out=$1/site/out
  fresh A
  sum_A=$(sum "$out")
  generate B || violation "the first run over another one failed: $said"
  sum_B=$(sum "$out")
  [ "$sum_A" != "$sum_B" ] || violation "both configurations generate the same"
}

# generate LETTER [OPTION...]: a whole run; `said` is what it wrote.
generate() {
  local letter=$1
  shift
  said=$("$command" generate --config "$place/$letter/codegen.toml" "$@" 2>&1)
}

# An output folder as a configuration makes it, with files in it that are not ours.
fresh() {
  chmod -R u+w "$work" 2> /dev/null
  rm -rf "$work"
  mkdir -p "$work"
  generate "$1" || violation "generating into no folder failed: $said"
  foreign "$out"
}

foreign() {
  mkdir -p "$1/mine/empty" "$1/depot_goods/notes"
  echo mine > "$1/mine/file"
  echo mine > "$1/depot_goods/notes/file"
  ln -s nowhere "$1/mine/link"
}

# The sum of all that is in a folder: texts, links, folders.
sum() {
  [ -d "$1" ] || return 0
  (
    cd "$1" || exit
    find . -type f -print0 | sort -z | xargs -0 sha256sum
    find . -type l -printf '%p -> %l\n' -o -type d -printf '%p/\n' | sort
  ) | sha256sum | cut -c 1-16
}

# What stands beside the folder.
beside() { find "$work" -mindepth 1 -maxdepth 1 ! -name out -printf '%f ' | sed 's/ $//'; }

other() { if [ "$1" = A ]; then echo B; else echo A; fi; }

sum_of() { if [ "$1" = A ]; then echo "$sum_A"; else echo "$sum_B"; fi; }

# A run that is not disturbed makes the folder what it should be and leaves nothing beside it.
recovers() {
  local what=$1 letter=$2
  generate "$letter" || violation "$what: the next run failed: $said"
  expect "$what, next run" "$(sum "$out")" "$(sum_of "$letter")"
  expect "$what, beside" "$(beside)" ""
}

# refused WHAT SAYS LETTER [OPTION...]: the run fails, says so, and nothing has changed.
refused() {
  local what=$1 says=$2 letter=$3 before after
  shift 3
  before=$(sum "$work")
  if generate "$letter" "$@"; then
    violation "$what: not refused"
  fi
  after=$(sum "$work")
  expect "$what" "$after" "$before"
  checks=$((checks + 1))
  [[ $said == *"$says"* ]] || violation "$what: says $said"
}
