using System.Text.Json.Nodes;

namespace Operator.Tests.GitOps;

/// <summary>What a tool makes of an object by the rules of kstatus ("The kstatus package", cli-utils), which look at nothing that is UploadSession's own.</summary>
internal static class Kstatus
{
    public static string Of(JsonNode @object)
    {
        if (@object["metadata"]!["deletionTimestamp"] is not null)
            return "Terminating";
        var status = @object["status"];
        if (status?["observedGeneration"] is { } observed && observed.GetValue<long>() != @object["metadata"]!["generation"]!.GetValue<long>())
            return "InProgress";
        if (Is(status, "Reconciling", "True"))
            return "InProgress";
        if (Is(status, "Stalled", "True"))
            return "Failed";
        return Is(status, "Ready", "False") || Is(status, "Ready", "Unknown") ? "InProgress" : "Current";
    }

    private static bool Is(JsonNode? status, string type, string value) =>
        status?["conditions"]?.AsArray().Any(condition => condition!["type"]!.GetValue<string>() == type && condition["status"]!.GetValue<string>() == value) == true;
}
