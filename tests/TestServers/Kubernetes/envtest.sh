#!/usr/bin/env bash
# Provides etcd and kube-apiserver for the tests and prints the folder that holds them (the last line, on stdout).
# KUBEBUILDER_ASSETS is used where set, of whatever version. Otherwise they are built, once, from Debian 12's own packages:
# its source package "kubernetes" is the whole tree of 1.20.2. Compilers and sources go to the cache and are removed after
# the build; nothing is installed, and no root is needed. About 6 minutes on two cores.
set -euo pipefail

version=1.20.2
source_version=1.20.5+really1.20.2
tarball=kubernetes_$source_version.orig.tar.gz
tarball_sha256=b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc
go_version=1.19
cache=${XDG_CACHE_HOME:-$HOME/.cache}/upload-session-operator
assets=$cache/envtest
work=$assets.building
recipe="kubernetes $version, recipe 2"

say() { echo "envtest: $*" >&2; }

give_up() {
  say "$*"
  say "On this system use controller-runtime's setup-envtest instead, and name what it fetched:"
  say "  go run sigs.k8s.io/controller-runtime/tools/setup-envtest@latest use -p path"
  say "  export KUBEBUILDER_ASSETS=<the folder it printed>"
  exit 1
}

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  for program in etcd kube-apiserver; do
    [ -x "$KUBEBUILDER_ASSETS/$program" ] || { say "KUBEBUILDER_ASSETS is $KUBEBUILDER_ASSETS, which holds no $program"; exit 1; }
  done
  echo "$KUBEBUILDER_ASSETS"
  exit
fi

mkdir -p "$cache"
exec 9>"$assets.lock"
flock 9
if [ "$(cat "$assets/RECIPE" 2>/dev/null)" = "$recipe" ]; then
  echo "$assets"
  exit
fi

for tool in apt-get dpkg-deb sha256sum tar; do
  command -v "$tool" >/dev/null || give_up "cannot build kube-apiserver here: there is no $tool (this needs Debian 12's packages)"
done
rm -rf "$work"
mkdir -p "$work"/{apt/lists/partial,apt/cache/archives/partial,apt/sources,packages,tools,bin}
cd "$work"
trap 'rm -rf "$work"' EXIT

# A private copy of the system's package sources that names source packages too.
apt() { apt-get -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/apt/sources" -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User= -qq "$@"; }
for list in /etc/apt/sources.list.d/*.sources; do
  [ -f "$list" ] && sed 's/^Types:.*/Types: deb deb-src/' "$list" >"apt/sources/${list##*/}"
done
if [ -f /etc/apt/sources.list ]; then
  sed -n 's/^deb \(.*\)/deb \1\ndeb-src \1/p' /etc/apt/sources.list >apt/sources/main.list
fi

say "[1/5] fetching the sources of Kubernetes $version, Go $go_version and etcd (about 200 MB)"
apt update >&2 || give_up "the package lists could not be fetched"
cd packages
apt source --download-only kubernetes >&2 && [ -f "$tarball" ] || give_up "this system's package sources have no source package kubernetes $source_version (Debian 12 has)"
apt download golang-$go_version-go golang-$go_version-src golang-github-modern-go-reflect2-dev etcd-server >&2 ||
  give_up "this system's package sources lack Go $go_version, reflect2 or etcd (Debian 12 has them)"
echo "$tarball_sha256  $tarball" | sha256sum -c --quiet || give_up "$tarball is not the one that was tried"
sha256sum -- * >"$work/SHA256SUMS"

say "[2/5] unpacking"
for package in *.deb; do
  dpkg-deb -x "$package" "$work/tools"
done
export GOROOT=$work/tools/usr/lib/go-$go_version GOPATH=$work/go GOCACHE=$work/gocache GO111MODULE=off GOFLAGS= CGO_ENABLED=0 GOTOOLCHAIN=local
PATH=$GOROOT/bin:$PATH
tree=$GOPATH/src/k8s.io/kubernetes
mkdir -p "$tree"
tar -xzf "$tarball" -C "$tree" --strip-components=1
cd "$tree"
# The vendored reflect2 is too old for this Go: writes of some types would panic. Debian's package is not.
rm -rf vendor/github.com/modern-go/reflect2
cp -rL "$work/tools/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/reflect2

say "[3/5] generating the OpenAPI definitions, which the source package lacks"
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
inputs=$(grep -rl --include='*.go' --exclude='*_test.go' --exclude='zz_generated*' '+k8s:openapi-gen=' pkg staging/src/k8s.io |
  grep -vE '/(code-generator|sample-apiserver|sample-controller|testdata|test|_examples)/' | xargs -n1 dirname |
  sed 's#^staging/src/#vendor/#; s#^#k8s.io/kubernetes/#' | LC_ALL=C sort -u | paste -sd,)
"$work/openapi-gen" -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations" --output-base "$GOPATH/src" >&2

flags="-s -w"
# What kube-apiserver answers at /version is client-go's.
for package in client-go/pkg/version component-base/version; do
  stamp=k8s.io/kubernetes/vendor/k8s.io/$package
  flags+=" -X $stamp.gitVersion=v$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=20"
done
say "[4/5] building kube-apiserver (the longest part)"
go build -ldflags "$flags" -o "$work/bin/kube-apiserver" ./cmd/kube-apiserver
say "[5/5] building kube-controller-manager (garbage collection of owned objects)"
go build -ldflags "$flags" -o "$work/bin/kube-controller-manager" ./cmd/kube-controller-manager
cp "$work/tools/usr/bin/etcd" "$work/bin/"
"$work/bin/etcd" --version >/dev/null || give_up "Debian's etcd does not run here"

mv "$work/SHA256SUMS" "$work/bin/"
echo "$recipe" >"$work/bin/RECIPE"
rm -rf "$assets"
mv "$work/bin" "$assets"
say "built in $SECONDS s from the packages in $assets/SHA256SUMS"
echo "$assets"
