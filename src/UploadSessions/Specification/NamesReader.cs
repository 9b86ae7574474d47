namespace UploadSessions.Specification;

/// <summary>Reads region, secretName, and names like it.</summary>
internal static class NamesReader
{
    public static string? Region(string field, string? text, SpecErrors errors)
    {
        if (text is not null && !RegionName.IsOne(text))
            errors.Add(field, text, $"is not a region; accepted are {RegionName.Accepted}");
        return text;
    }

    /// <summary>A session's region. On AWS it becomes a part of the STS host, which must not become one of S3: there names are given to whoever asks for a bucket.</summary>
    /// <param name="text">The region; null: none is named.</param>
    /// <param name="ownSts">Whether the operator was given an STS of its own: then the region is no part of a host.</param>
    /// <param name="errors">Where errors go.</param>
    public static string? SessionRegion(string? text, bool ownSts, SpecErrors errors)
    {
        const string Field = "spec.region";
        if (!ownSts && text is not null)
        {
            if (text == "s3" || text.StartsWith("s3-", StringComparison.Ordinal))
                errors.Add(Field, text, "is not a region: hosts of S3 begin like this; accepted are regions such as eu-central-1");

            // The AWS SDK takes it out of the name and calls a host of what is left.
            if (text.Contains("fips", StringComparison.Ordinal))
                errors.Add(Field, text, "is not a region: FIPS endpoints are not chosen by a region's name; accepted are regions such as us-gov-west-1");
        }

        return Region(Field, text, errors);
    }

    public static string SecretName(string? text, string fallback, SpecErrors errors)
    {
        if (text is null)
            return fallback;
        if (ObjectNames.SubdomainProblem(text) is { } problem)
            errors.Add("spec.secretName", text, $"is not the name of a Secret; {problem}");
        return text;
    }
}
