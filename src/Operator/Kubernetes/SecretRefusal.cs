using ControllerRuntime.Connection;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>
/// What may be told of a refused Secret write. An admission webhook or policy was shown the credentials and may answer with
/// any words, so only what the API server itself says is passed on.
/// </summary>
public static class SecretRefusal
{
    private const string Immutable = "field is immutable";
    private static readonly string[] OwnWords = [Immutable, "exceeded quota", "cannot create resource", "cannot patch resource", "is being terminated"];
    private static readonly string[] OthersWords = ["admission webhook", "denied request"];

    /// <summary>The refusal with the words that may be told.</summary>
    public static ApiException Tell(ApiException refused)
    {
        var told = IsOwn(refused.Words) ? refused.Words : "its words are not repeated: an admission webhook or policy may quote the Secret";
        return new ApiException(refused.StatusCode, refused.Reason, told, refused.RetryAfter);
    }

    /// <summary>Whether somebody made the Secret immutable: then it can only be replaced. No other refusal is a reason to delete it.</summary>
    public static bool MeansImmutable(ApiException refused) =>
        refused.StatusCode == 422 && refused.Words.Contains(Immutable, StringComparison.Ordinal);

    private static bool IsOwn(string words) =>
        OwnWords.Any(own => words.Contains(own, StringComparison.Ordinal))
        && !OthersWords.Any(others => words.Contains(others, StringComparison.Ordinal));
}
