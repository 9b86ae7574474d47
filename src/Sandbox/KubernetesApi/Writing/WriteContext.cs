using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>What to do about fields that the schema does not know (Kubernetes documentation, "Kubernetes API Concepts", field validation).</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}

/// <summary>How a write is to be done.</summary>
internal sealed record WriteContext(ResourceType Type, string Namespace)
{
    public string Subresource { get; init; } = "";

    public string FieldManager { get; init; } = "sandbox";

    public bool DryRun { get; init; }

    public FieldValidation Validation { get; init; }

    /// <summary>The write is a server-side apply, which keeps the book of managedFields itself.</summary>
    public bool IsApply { get; init; }

    /// <summary>Texts for the Warning header, added to while the write is done.</summary>
    public List<string> Warnings { get; } = [];

    public bool WritesStatus => Subresource == "status";

    public static WriteContext For(ApiRequest request) => new(request.Type, request.Info.Namespace)
    {
        Subresource = request.Info.Subresource,
        FieldManager = request.FieldManager,
        DryRun = request.IsDryRun,
        Validation = request.Query("fieldValidation") switch
        {
            "" or "Ignore" => FieldValidation.Ignore,
            "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            var other => throw new ApiException(ApiStatus.Invalid("meta.k8s.io", "Options", "", [FieldError.NotSupported("fieldValidation", other, ["Ignore", "Strict", "Warn"])])),
        },
    };
}
