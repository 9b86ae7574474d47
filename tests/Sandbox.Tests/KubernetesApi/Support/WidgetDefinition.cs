namespace Sandbox.Tests.KubernetesApi.Support;

/// <summary>A custom resource with one of everything that schemas can say.</summary>
internal static class WidgetDefinition
{
    public const string Yaml = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: widgets.example.org }
        spec:
          group: example.org
          scope: Namespaced
          names: { plural: widgets, singular: widget, kind: Widget, shortNames: [wd], categories: [things] }
          versions:
          - name: v1
            served: true
            storage: true
            subresources: { status: {} }
            additionalPrinterColumns:
            - { name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status' }
            - { name: Size, type: string, jsonPath: .spec.size }
            - { name: Parts, type: string, jsonPath: '.spec.parts[*]', priority: 1 }
            - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
            schema:
              openAPIV3Schema:
                type: object
                description: A thing with a size.
                required: [spec]
                properties:
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: { type: string, enum: [small, big] }
                      code: { type: string, pattern: '^[a-z]+$', minLength: 2, maxLength: 4 }
                      count: { type: integer, minimum: 1, maximum: 9 }
                      parts: { type: array, maxItems: 2, items: { type: string, maxLength: 5 } }
                      labels: { type: object, maxProperties: 1, additionalProperties: { type: string } }
                      due: { type: string, format: date-time }
                      color: { type: string, default: grey }
                      port: { x-kubernetes-int-or-string: true }
                      members: { type: array, x-kubernetes-list-type: set, items: { type: string } }
                      open: { type: object, x-kubernetes-preserve-unknown-fields: true }
                      nested: { type: object, properties: { on: { type: boolean }, text: { type: string, nullable: true } } }
                  status:
                    type: object
                    default: { observedGeneration: -1 }
                    properties:
                      observedGeneration: { type: integer, format: int64 }
                      note: { type: string }
                      conditions:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [type]
                        items:
                          type: object
                          required: [type, status]
                          properties:
                            type: { type: string }
                            status: { type: string }
                            reason: { type: string }
        """;
}
