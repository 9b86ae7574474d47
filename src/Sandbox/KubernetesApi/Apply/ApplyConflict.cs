namespace Sandbox.KubernetesApi.Apply;

/// <summary>A field that another manager owns.</summary>
internal sealed record ApplyConflict(Manager Manager, string ApiVersion, string? Time, string Path)
{
    /// <summary>The owner as the real server names it.</summary>
    public string Owner
    {
        get
        {
            var owner = $"\"{Manager.Name}\"";
            if (Manager.Subresource.Length > 0)
            {
                owner += $" with subresource \"{Manager.Subresource}\"";
            }

            if (Manager.IsApplier)
            {
                return owner;
            }

            return Time is null ? $"{owner} using {ApiVersion}" : $"{owner} using {ApiVersion} at {Time}";
        }
    }
}

/// <summary>An apply without force that would change fields of other managers.</summary>
internal sealed class ApplyConflictException(IReadOnlyList<ApplyConflict> conflicts) : Exception("apply conflict")
{
    public IReadOnlyList<ApplyConflict> Conflicts => conflicts;
}
