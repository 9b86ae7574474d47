# Every target works on a fresh clone with the .NET SDK alone, but for those whose line says what else they need.
CONFIGURATION ?= Release
DOTNET := dotnet
ARGS ?=
RESULTS := artifacts/test-results
ENGINE ?= $(firstword $(foreach engine,docker podman buildah,$(shell command -v $(engine))))
IMAGE ?= upload-session-operator:dev

.DEFAULT_GOAL := help
.PHONY: help build demo test bench envtest helm chart reference publish image lint run clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build everything
	$(DOTNET) build -c $(CONFIGURATION)

demo: ## Play the whole story against an embedded Kubernetes API, STS and S3
	@$(DOTNET) build src/Operator -c $(CONFIGURATION) -v quiet --nologo
	@$(DOTNET) run --project src/Sandbox -c $(CONFIGURATION) -v quiet -- $(ARGS)

test: ## Run all tests; tiers whose server is missing are skipped by name
	$(DOTNET) build -c $(CONFIGURATION) --nologo -v quiet
	rm -rf $(RESULTS)
	$(DOTNET) test -c $(CONFIGURATION) --no-build --max-parallel-test-modules 1 --results-directory $(RESULTS) --report-xunit-xml \
	  --long-running 60 --hangdump --hangdump-timeout 5m --hangdump-type None; \
	  code=$$?; awk -f tests/tiers.awk $(RESULTS)/*.xunit.xml; exit $$code

bench: ## Measure against the budgets (docs/performance.md), e.g. make bench ARGS="cold-start --sessions 50000" or ARGS=micro; needs clang
	@$(DOTNET) build tests/Benchmarks -c $(CONFIGURATION) -v quiet --nologo
	@$(if $(filter micro --aot jit,$(ARGS)),,$(MAKE) --no-print-directory publish)
	@$(DOTNET) tests/Benchmarks/bin/$(CONFIGURATION)/net10.0/Benchmarks.dll $(ARGS)

envtest: ## Provide etcd and kube-apiserver for the tests, once: KUBEBUILDER_ASSETS where set, else built on Debian 12
	@tests/TestServers/Kubernetes/envtest.sh

helm: ## Fetch Helm 3 and 4 for the chart's tests; needs curl and unzip
	@tests/chart/helm.sh

chart: ## Render the Helm chart into artifacts/chart.yaml, without Helm, e.g. make chart ARGS="-values my.yaml"; needs Go and its packages (docs/testing.md)
	@mkdir -p artifacts && tests/chart/render/build.sh artifacts/render-chart
	@artifacts/render-chart $(ARGS) charts/upload-session-operator >artifacts/chart.yaml && echo artifacts/chart.yaml

publish: ## Publish the operator as a native binary into artifacts/publish; needs clang and zlib1g-dev
	$(DOTNET) publish src/Operator -c $(CONFIGURATION) -o artifacts/publish

image: ## Build the image with docker, podman or buildah, e.g. make image IMAGE=registry/upload-session-operator:0.1.0
	@test -n "$(ENGINE)" || { echo "make image needs docker, podman or buildah" >&2; exit 1; }
	$(ENGINE) build --file Dockerfile --tag $(IMAGE) .

reference: ## Write docs/reference/api.md anew from crds/
	@$(DOTNET) run --project tests/ApiReference -c $(CONFIGURATION) -v quiet -- crds docs/reference/api.md && echo docs/reference/api.md

lint: ## Check formatting; style and analyzers are errors of every build
	$(DOTNET) format whitespace --folder --verify-no-changes

run: ## Run the operator against the current kubeconfig, e.g. make run ARGS="--grants disabled"
	$(DOTNET) run --project src/Operator -c $(CONFIGURATION) -- run $(ARGS)

clean: ## Remove what was built
	$(DOTNET) clean -c $(CONFIGURATION) -v quiet --nologo
	rm -rf artifacts
