{{/* What the operator does in every namespace that it serves. */}}
{{- define "upload-session-operator.sessionRules" -}}
- apiGroups: [uploadsession.io]
  resources: [uploadsessions]
  verbs: [get, list, watch]
- apiGroups: [uploadsession.io]
  resources: [uploadsessions/status]
  verbs: [patch]
# Watched and read as metadata only, which RBAC cannot express.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}

{{/* What it reads of the cluster to decide who may use its identity. */}}
{{- define "upload-session-operator.grantRules" -}}
- apiGroups: [uploadsession.io]
  resources: [uploadgrants]
  verbs: [list, watch]
{{- if not .Values.namespaces }}
# For the labels that grants select by.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [list, watch]
{{- end }}
{{- end -}}

{{/* A binding's roleRef and subject. Takes a dict of root, kind and name. */}}
{{- define "upload-session-operator.binds" -}}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
  - {{ include "upload-session-operator.subject" .root | nindent 4 | trim }}
{{- end -}}
