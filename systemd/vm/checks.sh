# Sourced by what runs in a virtual machine with this folder in /mnt. The output is for a test: "ok NAME" or
# "FAILED NAME: why" for every check, and "took NAME MILLISECONDS".
patience=$(cat /mnt/patience)
left_out=  # a pattern of names that are not checked here

check() { # NAME COMMAND...
  local name=$1 output began=$EPOCHREALTIME; shift
  if [ -n "$left_out" ] && [[ $name =~ $left_out ]]; then echo "skipped $name"; return; fi
  if output=$("$@" 2>&1); then echo "ok $name"; else echo "FAILED $name: $output" | tr '\n' '|'; echo; fi
  echo "took $name $(( (${EPOCHREALTIME/./} - ${began/./}) / 1000 )) ms"
}
says() { # TEXT COMMAND...
  local text=$1 output; shift
  output=$("$@" 2>&1) || { echo "$output"; return 1; }
  grep -qF -- "$text" <<< "$output" || { echo "no '$text' in: $output"; return 1; }
}
# Waits at most SECONDS of the VM until COMMAND succeeds.
within() { # SECONDS COMMAND...
  local end=$((SECONDS + $1 * patience)) output; shift
  until output=$("$@" 2>&1); do
    [ $SECONDS -le $end ] || { echo "not in time: $*: $output"; late; return 1; }
    read -rt 0.2 <> <(:) || true
  done
}
late() { :; }  # tells more about what was not in time
absent() { local path; for path in "$@"; do [ ! -e "$path" ] || { echo "$path is there"; return 1; }; done; }
