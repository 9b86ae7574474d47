namespace TestServers.Ceph;

/// <summary>A role of the gateway.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TrustPolicy">Who may assume it.</param>
/// <param name="PermissionPolicy">What it may do.</param>
public sealed record CephRole(string Name, string TrustPolicy, string PermissionPolicy)
{
    /// <summary>Ceph's form has no account.</summary>
    public string Arn => $"arn:aws:iam:::role/{Name}";

    /// <summary>A role that one user may assume, and that may do one thing.</summary>
    public static CephRole OfUser(string name, string user, string action, string resource) => new(
        name,
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/{{user}}"]},"Action":["sts:AssumeRole"]}]}""",
        Allowing(action, resource));

    /// <summary>A role that one ServiceAccount of one issuer may assume, and that may do everything. The gateway calls the audience <c>app_id</c>.</summary>
    public static CephRole OfServiceAccount(string name, Uri issuer, string audience, string subject)
    {
        var provider = issuer.Authority + issuer.AbsolutePath;
        return new(
            name,
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":["arn:aws:iam:::oidc-provider/{{provider}}"]},"Action":["sts:AssumeRoleWithWebIdentity"],"Condition":{"StringEquals":{"{{provider}}:app_id":"{{audience}}","{{provider}}:sub":"{{subject}}"} } }]}""",
            Allowing("s3:*", "*"));
    }

    private static string Allowing(string action, string resource) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{action}}"],"Resource":["{{resource}}"]}]}""";
}
