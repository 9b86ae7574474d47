using UploadSessions.Credentials;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>The data keys, annotations and label that a Secret of ours must still own; one that is missing was deleted or overwritten by somebody else.</summary>
public static class ExpectedFields
{
    private static readonly OwnedFields Always = OwnedFields.Of(
    [
        .. SecretKeys.All.Where(key => key != SecretKeys.S3Endpoint),
        Annotations.IssuedAt,
        Annotations.ExpiresAt,
        Annotations.AccessKeyId,
        Annotations.InputHash,
        Annotations.ManagedLabel,
    ]);

    private static readonly string[] Optional = [Annotations.SpecHash, Annotations.HandledRenewRequest];

    /// <summary>What a Secret must own that was issued from these terms and has these annotations.</summary>
    /// <param name="terms">The terms; null: they are not known any more.</param>
    /// <param name="annotations">Those of ours that need not be there must be ours where they are.</param>
    public static OwnedFields Of(SessionTerms? terms, IReadOnlyDictionary<string, string> annotations)
    {
        var expected = terms?.S3Endpoint is null ? Always : Always.With(SecretKeys.S3Endpoint);
        foreach (var name in Optional)
            expected = annotations.ContainsKey(name) ? expected.With(name) : expected;
        return expected;
    }
}
