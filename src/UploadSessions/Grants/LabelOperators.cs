namespace UploadSessions.Grants;

/// <summary>The operators of a label selector's requirements (Kubernetes API Reference, "LabelSelectorRequirement").</summary>
internal static class LabelOperators
{
    public const string In = "In";
    public const string NotIn = "NotIn";
    public const string Exists = "Exists";
    public const string DoesNotExist = "DoesNotExist";
}
