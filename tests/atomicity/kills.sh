# Killed at random moments.

now() { date +%s%N; }

# Waits until a run begins to build the new folder, or ends.
until_staging() {
  until [ -e "$work/.out.odata-codegen-new" ] || ! kill -0 "$1" 2> /dev/null; do sleep 0.002; done
}

# How long, in milliseconds, a run takes to get there, and from there to the end: the median of five.
before=() writing=()
for round in 1 2 3 4 5; do
  letter=$([ $((round % 2)) = 0 ] && echo B || echo A)
  began=$(now)
  "$command" generate --config "$place/$letter/codegen.toml" > /dev/null 2>&1 &
  run=$!
  until_staging $run
  staging=$(now)
  wait $run || violation "an undisturbed run failed"
  before+=($(((staging - began) / 1000000)))
  writing+=($((($(now) - staging) / 1000000)))
done
before=$(printf '%s\n' "${before[@]}" | sort -n | sed -n 3p)
writing=$(printf '%s\n' "${writing[@]}" | sort -n | sed -n 3p)
echo "a run reads and compiles for $before ms and writes for $writing ms"

declare -A phases=()
current=A
hits=0 round=0
# A run that finished first is no kill.
while [ "$hits" -lt "$kills" ] && [ "$round" -lt $((kills * 4)) ]; do
  round=$((round + 1))
  target=$(other "$current")
  "$command" generate --config "$place/$target/codegen.toml" > /dev/null 2>&1 &
  run=$!
  # Nine of ten within the writing.
  if [ $((round % 10)) = 0 ]; then
    wait_ms=$((RANDOM % (before + writing)))
  else
    until_staging $run
    wait_ms=$((RANDOM % (writing + writing / 20 + 1)))
  fi
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  kill -KILL $run 2> /dev/null
  wait $run 2> /dev/null
  code=$?

  what="kill $round at $wait_ms ms"
  found=$(sum "$out") old=$(sum "$work/.out.odata-codegen-old") around=$(beside)
  if [ $code -eq 0 ]; then
    phase="finished first"
    expect "$what" "$found" "$(sum_of "$target")"
    expect "$what, beside" "$around" ""
  elif [ -z "$found" ]; then
    phase="between the renames"
    expect "$what, the old folder" "$old" "$(sum_of "$current")"
  else
    expect "$what" "$found" "$sum_A" "$sum_B"
    case "$found $around" in
      "$(sum_of "$target") "*) phase="after the swap" ;;
      *odata-codegen-new*) phase="while staging" ;;
      *) phase="before writing" ;;
    esac
  fi
  expect "$what, code" $code 0 137
  [ $code -eq 0 ] || hits=$((hits + 1))
  phases[$phase]=$((${phases[$phase]:-0} + 1))

  # The next run goes on, or goes back.
  current=$([ $((RANDOM % 2)) = 0 ] && echo A || echo B)
  recovers "$what ($phase)" "$current"
done
echo "$hits kills in $round runs:$(for phase in "${!phases[@]}"; do printf ' %s %s,' "${phases[$phase]}" "$phase"; done | sed 's/,$//')"
[ "$hits" -eq "$kills" ] || violation "only $hits of $kills kills hit a run"
[ "${phases["while staging"]:-0}" -ge $((kills / 4)) ] || violation "too few kills hit the writing"
