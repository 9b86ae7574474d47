#!/usr/bin/env bash
# Runs the image's binary as the image does (no environment, nobody, a folder that it cannot write to) and prints its
# size, the time to its health, its memory, and how long it takes to end. Fails where it has no health or ends badly.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 BINARY" >&2; exit 2; }
binary=$(realpath "$1")

scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'kill -KILL "${pid:-}" 2>/dev/null || true; rm -rf "$scratch"' EXIT
# Nobody answers there: the operator must live without an API server.
cat >"$scratch/kubeconfig" <<'YAML'
apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: "http://127.0.0.1:9" } }]
users: [{ name: u, user: { token: none } }]
contexts: [{ name: c, context: { cluster: c, user: u } }]
current-context: c
YAML

as_nobody=()
[ "$(id -u)" -ne 0 ] || { as_nobody=(setpriv --reuid 65532 --regid 65532 --clear-groups); install -m 755 "$binary" "$scratch/operator" && binary=$scratch/operator; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
port=$((20000 + RANDOM % 10000))
started=$(milliseconds)
(cd / && exec env -i "${as_nobody[@]}" "$binary" run --kubeconfig "$scratch/kubeconfig" --http-address "127.0.0.1:$port" >"$scratch/log" 2>&1) &
pid=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/healthz"; do
  kill -0 "$pid" 2>/dev/null && [ $(($(milliseconds) - started)) -lt 30000 ] || { cat "$scratch/log"; echo "no health" >&2; exit 1; }
done
healthy=$(($(milliseconds) - started))
memory=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status")
stopping=$(milliseconds)
kill -TERM "$pid"
code=0
wait "$pid" || code=$?
ended=$(($(milliseconds) - stopping))

echo "size: $(($(stat -c %s "$binary") / 1000000)) MB"
echo "healthy after: $healthy ms"
echo "working set: $memory MB"
echo "ended after SIGTERM in: $ended ms, exit code $code"
[ "$code" -eq 0 ] && [ "$ended" -lt 10000 ] || { cat "$scratch/log"; exit 1; }
