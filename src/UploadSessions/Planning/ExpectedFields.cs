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

    /// <summary>What a Secret that was issued from these terms must own; null: from terms that are not known any more.</summary>
    public static OwnedFields Of(SessionTerms? terms) => terms?.S3Endpoint is null ? Always : Always.With(SecretKeys.S3Endpoint);
}
