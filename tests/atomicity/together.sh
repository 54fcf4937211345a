# Several at once: each finishes or says that another one is writing, and the folder is the work of one of them.

busy=0 finished=0
for round in $(seq 20); do
  runs=()
  for letter in A B A B; do
    "$command" generate --config "$place/$letter/codegen.toml" > "$place/said.${#runs[@]}" 2>&1 &
    runs+=($!)
  done
  fine=0
  for at in "${!runs[@]}"; do
    if wait "${runs[$at]}"; then
      fine=$((fine + 1))
    elif grep -q "another run of odata-codegen is writing" "$place/said.$at"; then
      busy=$((busy + 1))
    else
      violation "together, round $round: $(tail -n 1 "$place/said.$at")"
    fi
  done
  finished=$((finished + fine))
  [ "$fine" -ge 1 ] || violation "together, round $round: nobody finished"
  expect "together, round $round" "$(sum "$out")" "$sum_A" "$sum_B"
  expect "together, round $round, beside" "$(beside)" ""
done
echo "80 runs, four at once: $finished finished, $busy were told to wait"
