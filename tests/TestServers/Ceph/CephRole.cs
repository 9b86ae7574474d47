namespace TestServers.Ceph;

/// <summary>A role of the gateway.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trusted">The one user who may assume it.</param>
/// <param name="Action">What it may do.</param>
/// <param name="Resource">On what.</param>
public sealed record CephRole(string Name, string Trusted, string Action, string Resource)
{
    /// <summary>Ceph's form has no account.</summary>
    public string Arn => $"arn:aws:iam:::role/{Name}";

    /// <summary>Who may assume it.</summary>
    public string TrustPolicy => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/{{Trusted}}"]},"Action":["sts:AssumeRole"]}]}""";

    /// <summary>What it may do.</summary>
    public string PermissionPolicy => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{Action}}"],"Resource":["{{Resource}}"]}]}""";
}
