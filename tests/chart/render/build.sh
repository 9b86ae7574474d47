#!/usr/bin/env bash
# Builds the renderer into the file that is named, offline, from Debian's packages:
#   apt-get install --no-install-recommends golang-go golang-github-masterminds-sprig-dev golang-github-xeipuuv-gojsonschema-dev golang-k8s-sigs-yaml-dev
set -euo pipefail
target=$(realpath -m "$1")
cd "$(dirname "$0")"
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= CGO_ENABLED=0 go build -o "$target" .
