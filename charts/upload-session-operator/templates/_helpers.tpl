{{/* The name of the objects, short enough for every suffix to stay within 63 characters. */}}
{{- define "upload-session-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 47 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 47 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 47 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects the pods; it never changes in the life of a release. */}}
{{- define "upload-session-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The labels that the chart itself sets. */}}
{{- define "upload-session-operator.ownLabels" -}}
{{ include "upload-session-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "upload-session-operator.labels" -}}
{{ include "upload-session-operator.ownLabels" . }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "upload-session-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "upload-session-operator.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* The subject of every binding. */}}
{{- define "upload-session-operator.subject" -}}
kind: ServiceAccount
name: {{ include "upload-session-operator.serviceAccountName" . }}
namespace: {{ .Release.Namespace }}
{{- end -}}

{{- define "upload-session-operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* The port of health and metrics. */}}
{{- define "upload-session-operator.httpPort" -}}
{{- .Values.httpAddress | splitList ":" | last -}}
{{- end -}}

{{/* The ports of STS, separated by commas: grants may name AWS's beside the operator's own endpoint. */}}
{{- define "upload-session-operator.stsPorts" -}}
{{- $ports := list "443" -}}
{{- if .Values.stsEndpoint -}}
{{- $url := urlParse .Values.stsEndpoint -}}
{{- $ports = append $ports (regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (eq $url.scheme "http" | ternary "80" "443")) -}}
{{- end -}}
{{- $ports | uniq | join "," -}}
{{- end -}}

{{/* A duration of Prometheus, such as 30s, in milliseconds. */}}
{{- define "upload-session-operator.milliseconds" -}}
{{- mul (get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000) (regexFind "[a-z]+$" .)) (regexFind "^[0-9]+" . | atoi) -}}
{{- end -}}

{{/* Not empty where the kinds of the operator come with this very release. Helm looks every kind up before it installs anything: no object of them can be in it. */}}
{{- define "upload-session-operator.unknownKinds" -}}
{{- if and .Values.crds.install (not (.Capabilities.APIVersions.Has "uploadsession.io/v1alpha1")) -}}
true
{{- end -}}
{{- end -}}

{{/* The flags of the operator that a value sets, and that value. */}}
{{- define "upload-session-operator.flags" -}}
--grants: grants
--leader-elect: leaderElection.enabled
--leader-election-lease-duration: leaderElection.leaseDuration
--workers: workers
--sts-rate: stsRate
--http-address: httpAddress
--log-format: log.format
--log-level: log.level
--cluster-name: clusterName
--namespaces: namespaces
--region: region
--sts-endpoint: stsEndpoint
--s3-endpoint: s3Endpoint
--service-accounts: serviceAccountIdentity.enabled
--token-audience: serviceAccountIdentity.tokenAudience
{{- end -}}

{{/* Fails where a map of values has a key that the chart sets. Takes a dict of value (its name), map and keys, and by where another value sets them. */}}
{{- define "upload-session-operator.refuseKeys" -}}
{{- range $key, $_ := .map -}}
{{- if has $key $.keys -}}
{{- fail (printf "%s has %s, which %s sets: remove it" $.value $key ($.by | default "the chart")) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What no schema can say. */}}
{{- define "upload-session-operator.validate" -}}
{{- $labels := include "upload-session-operator.ownLabels" . | fromYaml | keys -}}
{{- $selector := include "upload-session-operator.selectorLabels" . | fromYaml | keys -}}
{{- range $role := list "view" "edit" "admin" -}}
{{- $labels = append $labels (printf "rbac.authorization.k8s.io/aggregate-to-%s" $role) -}}
{{- end -}}
{{- include "upload-session-operator.refuseKeys" (dict "value" "commonLabels" "map" .Values.commonLabels "keys" $labels) -}}
{{- $common := keys (.Values.commonLabels | default dict) -}}
{{- include "upload-session-operator.refuseKeys" (dict "value" "podLabels" "map" .Values.podLabels "keys" $selector) -}}
{{- include "upload-session-operator.refuseKeys" (dict "value" "podAnnotations" "map" .Values.podAnnotations "keys" (list "kubectl.kubernetes.io/default-container")) -}}
{{- range $name := list "serviceMonitor" "podMonitor" "prometheusRule" "dashboard" -}}
{{- include "upload-session-operator.refuseKeys" (dict "value" (printf "metrics.%s.labels" $name) "map" (index $.Values.metrics $name).labels "keys" $labels) -}}
{{- include "upload-session-operator.refuseKeys" (dict "value" (printf "metrics.%s.labels" $name) "map" (index $.Values.metrics $name).labels "keys" $common "by" "commonLabels") -}}
{{- end -}}
{{- $flags := include "upload-session-operator.flags" . | fromYaml -}}
{{- range .Values.extraArgs -}}
{{- $flag := regexFind "^--[a-z0-9-]+" . -}}
{{- if hasKey $flags $flag -}}
{{- fail (printf "extraArgs has %s, which the chart sets: set %s instead" $flag (get $flags $flag)) -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if eq (toString .name) "POD_NAMESPACE" -}}
{{- fail "extraEnv has POD_NAMESPACE, which the chart sets: remove it" -}}
{{- end -}}
{{- $flag := toString .name | replace "_" "-" | lower | replace "upload-session-operator-" "--" -}}
{{- if and (hasPrefix "UPLOAD_SESSION_OPERATOR_" (toString .name)) (hasKey $flags $flag) -}}
{{- fail (printf "extraEnv has %s, which stands for a flag that the chart sets: set %s instead" .name (get $flags $flag)) -}}
{{- end -}}
{{- end -}}
{{- if gt (include "upload-session-operator.httpPort" . | int) 65535 -}}
{{- fail (printf "httpAddress is %s: set a port from 1 to 65535" .Values.httpAddress) -}}
{{- end -}}
{{- $seconds := 0 -}}
{{- range regexFindAll "[0-9]+[hms]" .Values.leaderElection.leaseDuration -1 -}}
{{- $unit := hasSuffix "h" . | ternary 3600 (hasSuffix "m" . | ternary 60 1) -}}
{{- $seconds = add $seconds (mul $unit (regexFind "[0-9]+" . | atoi)) -}}
{{- end -}}
{{- if or (lt $seconds 3) (gt $seconds 600) -}}
{{- fail (printf "leaderElection.leaseDuration is %s: set it from 3s to 10m" .Values.leaderElection.leaseDuration) -}}
{{- end -}}
{{- if and (gt (int (toString .Values.replicas)) 1) (not .Values.leaderElection.enabled) -}}
{{- fail "leaderElection.enabled is false: that needs replicas to be 1, or every pod would issue credentials" -}}
{{- end -}}
{{- if and (eq (toString .Values.dnsPolicy) "None") (not (get (.Values.dnsConfig | default dict) "nameservers")) -}}
{{- fail "dnsPolicy is None: that needs nameservers in dnsConfig" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled -}}
{{- fail "metrics.serviceMonitor.enabled and metrics.podMonitor.enabled are both true: every pod would be scraped twice; choose one" -}}
{{- end -}}
{{- range $name := list "serviceMonitor" "podMonitor" -}}
{{- with index $.Values.metrics $name -}}
{{- if gt (include "upload-session-operator.milliseconds" (.scrapeTimeout | default "0s") | int64) (include "upload-session-operator.milliseconds" .interval | int64) -}}
{{- fail (printf "metrics.%s.scrapeTimeout is %s: set it to no more than the interval, %s" $name .scrapeTimeout .interval) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled needs metrics.service.enabled; without a Service use metrics.podMonitor" -}}
{{- end -}}
{{- with .Values.serviceAccountIdentity -}}
{{- if and .enabled $.Values.stsEndpoint (not .tokenAudience) -}}
{{- fail "serviceAccountIdentity.tokenAudience is empty: tokens for AWS must not reach stsEndpoint; name an audience of that endpoint's own" -}}
{{- end -}}
{{- if and .tokenAudience (not .enabled) -}}
{{- fail "serviceAccountIdentity.tokenAudience is set, and serviceAccountIdentity.enabled is false" -}}
{{- end -}}
{{- if and .allowed (not .enabled) -}}
{{- fail "serviceAccountIdentity.allowed is set, and serviceAccountIdentity.enabled is false: set that to true, or remove allowed" -}}
{{- end -}}
{{- end -}}
{{- $seen := dict -}}
{{- range .Values.serviceAccountIdentity.allowed -}}
{{- if hasKey $seen .namespace -}}
{{- fail (printf "serviceAccountIdentity.allowed names the namespace %s twice: put all its names into one entry" .namespace) -}}
{{- end -}}
{{- $_ := set $seen .namespace true -}}
{{- if and $.Values.namespaces (not (has .namespace $.Values.namespaces)) -}}
{{- fail (printf "serviceAccountIdentity.allowed names the namespace %s, which is not among namespaces: the operator does not serve it" .namespace) -}}
{{- end -}}
{{- end -}}
{{- end -}}
