# Killed right before and right after each rename, which random moments hardly ever hit: by a library that counts them.

if cc -shared -fPIC -o "$place/killer.so" -x c - 2> /dev/null <<'C'; then
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int rename(const char *from, const char *to) {
  static int calls;
  const char *before = getenv("KILL_BEFORE"), *after = getenv("KILL_AFTER");
  int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  if (!strstr(from, "/site/")) return real(from, to);
  calls++;
  if (before && atoi(before) == calls) raise(SIGKILL);
  int result = real(from, to);
  if (after && atoi(after) == calls) raise(SIGKILL);
  return result;
}
C
  hit=""
  for moment in KILL_BEFORE KILL_AFTER; do
    for number in 1 2 3; do
      for next in A B; do
        fresh A
        # In braces, since the shell itself tells of the kill.
        {
          env "LD_PRELOAD=$place/killer.so" "$moment=$number" \
            "$command" generate --config "$place/B/codegen.toml" > /dev/null 2>&1
          code=$?
        } 2> /dev/null
        what="$moment rename $number"
        expect "$what, code" "$code" 137
        case $moment$number in
          KILL_AFTER1 | KILL_BEFORE2) # the only moment without a folder
            expect "$what" "$(sum "$out")" ""
            expect "$what, the old folder" "$(sum "$work/.out.odata-codegen-old")" "$sum_A"
            ;;
          KILL_BEFORE1) expect "$what" "$(sum "$out")" "$sum_A" ;;
          *) expect "$what" "$(sum "$out")" "$sum_B" ;;
        esac
        recovers "$what" $next
      done
      hit+=" $moment=$number"
    done
  done
  echo "killed at renames:$hit"
else
  echo "skipped: killing at each rename needs cc"
fi
