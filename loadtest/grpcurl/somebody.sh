# What the scripts share: people with a name, a network and a file of their own in $state. Sourced, not run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${AUTHSERVICE_DATA:-$root/data}
state=${AUTHSERVICE_STATE:-$root/artifacts/grpcurl}
mkdir -p "$state"
name=${1:-somebody}
password='walrus teapot orbit 91'

file() { echo "$state/${1:-$name}.json"; }
read_state() { # jq filter, name
  [ -f "$(file "${2:-}")" ] || { echo "There is no ${2:-$name}: sign-up and verify first." >&2; exit 1; }
  jq -r "$1 // empty" "$(file "${2:-}")"
}
write_state() { # jq filter over the state, further options of jq
  local now
  now=$(cat "$(file)" 2>/dev/null || echo '{}')
  jq "${@:2}" "$1" <<<"$now" >"$(file).$$" && mv "$(file).$$" "$(file)"
}
keep_session() { # the session in an answer
  write_state '.session = (.session // {}) + $session + (if ($session.deviceToken // "") == "" then {deviceToken: (.session.deviceToken // "")} else {} end)' \
    --argjson session "$1"
}

# Everybody comes from a network of their own: Development believes X-Forwarded-For from loopback.
network=$(cksum <<<"$name" | awk '{ printf "198.%d.%d.%d", 18 + int($1 / 65536) % 2, int($1 / 256) % 256, $1 % 256 }')
from="x-forwarded-for: $network"
environment() { cat "$root/examples/environments/$1.json"; }
call() { "$here/call" "$@"; }
request_id() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
service_token() { cat "$data/bootstrap/service.token"; }
admin_token() { cat "$data/bootstrap/admin.token"; }
sent_code() { # template: the newest code that the person was sent; waits for it
  local email line tries
  email=$(read_state .email)
  for tries in $(seq 200); do
    line=$(grep -F "\"$email\"" "$data/outbox/messages.jsonl" 2>/dev/null | grep -F "\"template\":\"$1\"" | tail -n 1) || :
    if [ -n "$line" ]; then jq -r .code <<<"$line"; return; fi
    sleep 0.05
  done
  echo "No code was sent to $email." >&2
  exit 1
}
