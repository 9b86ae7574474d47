# syntax=docker/dockerfile:1
# The SDK whose native compiler src/Operator/packages.lock.json names: a newer one wants the lock files renewed.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json .editorconfig ./
COPY src/UploadSessions src/UploadSessions
COPY src/ControllerRuntime src/ControllerRuntime
COPY src/Operator src/Operator
RUN dotnet restore src/Operator --locked-mode
RUN dotnet publish src/Operator -c Release --no-restore -o publish

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
LABEL org.opencontainers.image.title="upload-session-operator" \
      org.opencontainers.image.description="Scoped, short-lived S3 upload credentials as Kubernetes resources" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
COPY --from=build /source/publish/upload-session-operator /upload-session-operator
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/upload-session-operator"]
CMD ["run"]
