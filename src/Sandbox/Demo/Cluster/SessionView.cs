using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Demo.Cluster;

/// <summary>Reads an UploadSession's status as anybody with kubectl could.</summary>
internal sealed record SessionView(JsonNode Session)
{
    /// <summary>Status and reason of the Ready condition.</summary>
    public (string Status, string Reason) Ready
    {
        get
        {
            var condition = Session["status"]?["conditions"]?.AsArray().FirstOrDefault(each => each?["type"]?.GetValue<string>() == "Ready");
            return (condition?["status"]?.GetValue<string>() ?? "", condition?["reason"]?.GetValue<string>() ?? "");
        }
    }

    /// <summary>Whether the status speaks of the current spec.</summary>
    public bool IsObserved => Session["status"]?["observedGeneration"]?.GetValue<long>() == Session["metadata"]?["generation"]?.GetValue<long>();

    /// <summary>Whether credentials of the current spec are in force.</summary>
    public bool IsIssued => IsObserved && Ready is ("True", "Issued");

    /// <summary>The access key id in force: an identifier, not a secret.</summary>
    public string AccessKeyId => Session["status"]?["accessKeyId"]?.GetValue<string>() ?? "";

    /// <summary>How often credentials were renewed.</summary>
    public long Rotations => Session["status"]?["rotations"]?.GetValue<long>() ?? 0;

    /// <summary>When the credentials in force expire.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.Parse(Session["status"]!["expiresAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
