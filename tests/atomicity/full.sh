# A file system that is full at some point of the writing, or read-only: in namespaces of our own.

within_mounts() {
  mount -t tmpfs -o "size=$1k" tmpfs "$work" || return
  fresh A
  local size=$1
  if [ "$2" = 300 ]; then # more than enough: read-only instead
    mount -o remount,ro "$work"
    refused "a read-only file system" "cannot open" B
    mount -o remount,rw "$work"
    recovers "a read-only file system" B
  elif generate B; then
    expect "$size KiB" "$(sum "$out")" "$sum_B"
    echo fits
  else
    [[ $said == *"No space left"* ]] || violation "$size KiB: says $said"
    expect "$size KiB" "$(sum "$out")" "$sum_A"
    echo full
  fi
  expect "$size KiB, beside" "$(beside)" ""
  mount -o "remount,size=$((size * 4))k" "$work"
  recovers "$size KiB, with more room" B
  umount "$work"
  echo "checks $checks"
}
export -f within_mounts $(declare -F | cut -d ' ' -f 3)
export place work out command sum_A sum_B violations checks

if unshare --user --map-root-user --mount true 2> /dev/null; then
  unshare=(unshare --user --map-root-user --mount)
elif unshare --mount true 2> /dev/null; then
  unshare=(unshare --mount)
else
  unshare=()
fi

if [ ${#unshare[@]} -gt 0 ] && "${unshare[@]}" mount -t tmpfs tmpfs "$work" 2> /dev/null; then
  fresh A
  used=$(du -sk "$out" | cut -f 1)
  fits=0 full=0
  # From a little more than the old tree takes to where both fit.
  for percent in 102 105 110 120 130 140 150 160 170 180 200 240 300; do
    size=$((used * (percent) / 100 + 64))
    ended=$("${unshare[@]}" bash -c 'within_mounts "$@"' bash "$size" "$percent" 2>&1)
    checks=${ended##*checks }
    case $ended in *fits*) fits=$((fits + 1)) ;; *full*) full=$((full + 1)) ;; esac
    while read -r line; do violation "${line#VIOLATION: }"; done < <(grep VIOLATION <<< "$ended")
    [[ $checks =~ ^[0-9]+$ ]] || violation "$percent: $ended"
  done
  [ $full -ge 5 ] && [ $fits -ge 1 ] || violation "full: $full sizes were too small, $fits were enough"
  echo "a full file system: $full sizes were too small, $fits enough"
else
  echo "skipped: a full file system needs a user namespace with mounts, or root"
fi
