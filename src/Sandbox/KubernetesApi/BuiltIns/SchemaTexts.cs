namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>The schemas of the built-in kinds, as far as they are served (API Reference), in the notation of CustomResourceDefinitions.</summary>
internal static class SchemaTexts
{
    public const string ObjectMeta = """
        type: object
        description: ObjectMeta is metadata that all persisted resources must have.
        properties:
          name: { type: string, description: Name must be unique within a namespace. }
          generateName: { type: string, description: A prefix from which the server makes a unique name. }
          namespace: { type: string, description: The space within which the name is unique. }
          selfLink: { type: string }
          uid: { type: string, description: Unique in time and space for this object. }
          resourceVersion: { type: string, description: Opaque version for optimistic concurrency. }
          generation: { type: integer, format: int64, description: Counts the changes of the desired state. }
          creationTimestamp: { type: string, format: date-time }
          deletionTimestamp: { type: string, format: date-time }
          deletionGracePeriodSeconds: { type: integer, format: int64 }
          labels: { type: object, additionalProperties: { type: string }, description: Keys and values to organise and select objects by. }
          annotations: { type: object, additionalProperties: { type: string }, description: Unstructured keys and values set by tools. }
          finalizers: { type: array, items: { type: string }, x-kubernetes-list-type: set, description: Must be empty before the object goes. }
          ownerReferences:
            type: array
            description: Objects this object depends on.
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [uid]
            x-kubernetes-patch-merge-key: uid
            items:
              type: object
              x-kubernetes-map-type: atomic
              properties:
                apiVersion: { type: string }
                kind: { type: string }
                name: { type: string }
                uid: { type: string }
                controller: { type: boolean }
                blockOwnerDeletion: { type: boolean }
          managedFields:
            type: array
            description: Which manager set which fields.
            items: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;

    public const string Namespace = """
        type: object
        description: Namespace provides a scope for names.
        properties:
          spec:
            type: object
            properties:
              finalizers: { type: array, items: { type: string } }
          status:
            type: object
            properties:
              phase: { type: string }
              conditions:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [type]
                x-kubernetes-patch-merge-key: type
                items: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;

    public const string Secret = """
        type: object
        description: Secret holds secret data of a certain type.
        properties:
          type: { type: string, description: Used to facilitate programmatic handling of secret data. }
          data: { type: object, additionalProperties: { type: string, format: byte }, description: "The secret data, base64 encoded." }
          stringData: { type: object, additionalProperties: { type: string }, description: "Plain strings, merged into data on write." }
          immutable: { type: boolean, description: The data cannot be updated; only metadata can. }
        """;

    public const string ConfigMap = """
        type: object
        description: ConfigMap holds configuration data for pods to consume.
        properties:
          data: { type: object, additionalProperties: { type: string } }
          binaryData: { type: object, additionalProperties: { type: string, format: byte } }
          immutable: { type: boolean }
        """;

    public const string ServiceAccount = """
        type: object
        description: ServiceAccount is an identity for processes that run in pods.
        properties:
          automountServiceAccountToken: { type: boolean }
          secrets:
            type: array
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            x-kubernetes-patch-merge-key: name
            items:
              type: object
              properties:
                apiVersion: { type: string }
                kind: { type: string }
                name: { type: string }
                namespace: { type: string }
                uid: { type: string }
                resourceVersion: { type: string }
                fieldPath: { type: string }
          imagePullSecrets:
            type: array
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            x-kubernetes-patch-merge-key: name
            items: { type: object, properties: { name: { type: string } } }
        """;

    public const string Lease = """
        type: object
        description: Lease defines a lease concept.
        properties:
          spec:
            type: object
            properties:
              holderIdentity: { type: string }
              leaseDurationSeconds: { type: integer, format: int32 }
              acquireTime: { type: string, format: micro-time }
              renewTime: { type: string, format: micro-time }
              leaseTransitions: { type: integer, format: int32 }
        """;

    private const string Reference = """
        { type: object, x-kubernetes-map-type: atomic, properties: { apiVersion: { type: string }, kind: { type: string }, namespace: { type: string }, name: { type: string }, uid: { type: string }, resourceVersion: { type: string }, fieldPath: { type: string } } }
        """;

    private const string Source = "{ type: object, properties: { component: { type: string }, host: { type: string } } }";

    private const string Series = "{ type: object, properties: { count: { type: integer, format: int32 }, lastObservedTime: { type: string, format: micro-time } } }";

    public const string CoreEvent = $$"""
        type: object
        description: Event is a report of an event somewhere in the cluster.
        properties:
          involvedObject: {{Reference}}
          reason: { type: string }
          message: { type: string }
          source: {{Source}}
          firstTimestamp: { type: string, format: date-time }
          lastTimestamp: { type: string, format: date-time }
          count: { type: integer, format: int32 }
          type: { type: string }
          eventTime: { type: string, format: micro-time }
          series: {{Series}}
          action: { type: string }
          related: {{Reference}}
          reportingComponent: { type: string }
          reportingInstance: { type: string }
        """;

    public const string Event = $$"""
        type: object
        description: Event is a report of an event somewhere in the cluster.
        properties:
          regarding: {{Reference}}
          reason: { type: string }
          note: { type: string }
          deprecatedSource: {{Source}}
          deprecatedFirstTimestamp: { type: string, format: date-time }
          deprecatedLastTimestamp: { type: string, format: date-time }
          deprecatedCount: { type: integer, format: int32 }
          type: { type: string }
          eventTime: { type: string, format: micro-time }
          series: {{Series}}
          action: { type: string }
          related: {{Reference}}
          reportingController: { type: string }
          reportingInstance: { type: string }
        """;

    public const string CustomResourceDefinition = """
        type: object
        description: CustomResourceDefinition represents a resource that should be exposed on the API server.
        properties:
          spec:
            type: object
            properties:
              group: { type: string }
              scope: { type: string }
              preserveUnknownFields: { type: boolean }
              names:
                type: object
                properties:
                  plural: { type: string }
                  singular: { type: string }
                  kind: { type: string }
                  listKind: { type: string }
                  shortNames: { type: array, items: { type: string } }
                  categories: { type: array, items: { type: string } }
              conversion: { type: object, x-kubernetes-preserve-unknown-fields: true }
              versions:
                type: array
                items:
                  type: object
                  properties:
                    name: { type: string }
                    served: { type: boolean }
                    storage: { type: boolean }
                    deprecated: { type: boolean }
                    deprecationWarning: { type: string }
                    schema: { type: object, properties: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
                    subresources: { type: object, x-kubernetes-preserve-unknown-fields: true }
                    selectableFields: { type: array, items: { type: object, properties: { jsonPath: { type: string } } } }
                    additionalPrinterColumns:
                      type: array
                      items:
                        type: object
                        properties:
                          name: { type: string }
                          type: { type: string }
                          format: { type: string }
                          description: { type: string }
                          priority: { type: integer, format: int32 }
                          jsonPath: { type: string }
          status:
            type: object
            properties:
              acceptedNames: { type: object, x-kubernetes-preserve-unknown-fields: true }
              storedVersions: { type: array, items: { type: string } }
              conditions:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [type]
                items: { type: object, x-kubernetes-preserve-unknown-fields: true }
        """;
}
