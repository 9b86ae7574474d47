#!/usr/bin/env bash
# Plays the build stage of the Dockerfile without a container engine: what it copies, and nothing else, goes to an empty
# folder, and its commands run there. Leaves the binary that the image would hold at the given path.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 BINARY" >&2; exit 2; }
mkdir -p "$(dirname "$1")"
binary=$(realpath "$1")
cd "$(dirname "$0")/../.."

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

copy() { # COPY SOURCE... TARGET
  local target=$stage/${*: -1} source
  for source in "${@:1:$#-1}"; do
    if [ -d "$source" ]; then
      mkdir -p "$target"
      # As .dockerignore has it: nothing that was built outside comes along.
      tar -C "$source" --exclude=bin --exclude=obj -cf - . | tar -C "$target" -xf -
    else
      mkdir -p "$target" && cp "$source" "$target"
    fi
  done
}

while read -r instruction rest; do
  case $instruction in
    FROM | WORKDIR) ;;
    COPY) read -ra words <<<"$rest" && copy "${words[@]}" ;;
    RUN)
      # Packages are the machine's own matter: clang and zlib1g-dev must be there.
      [[ $rest == apt-get* ]] || { echo "$ $rest" && (cd "$stage" && bash -c "$rest"); } ;;
    *) echo "$0 cannot play: $instruction $rest" >&2; exit 1 ;;
  esac
done < <(awk '/^FROM / { stages++ } stages == 1 && !/^#/ && NF' Dockerfile)

cp "$stage/publish/upload-session-operator" "$binary"
