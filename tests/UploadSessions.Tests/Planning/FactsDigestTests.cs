using UploadSessions.Planning;

namespace UploadSessions.Tests.Planning;

public sealed class FactsDigestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CredentialFacts Facts = new("ASIA1", Noon, Noon.AddHours(1), "ab", "request");

    [Fact]
    public void Facts_that_differ_in_anything_have_another_digest()
    {
        CredentialFacts[] all =
        [
            Facts,
            Facts with { AccessKeyId = "ASIA2" },
            Facts with { IssuedAt = Noon.AddSeconds(1) },
            Facts with { ExpiresAt = Noon.AddHours(2) },
            Facts with { InputHash = "cd" },
            Facts with { HandledRenewRequest = null },
            Facts with { HandledRenewRequest = "" },
            Facts with { HandledRenewRequest = null, SpecHash = "request" },
            Facts with { AccessKeyId = "ASIA1a", InputHash = "b" },
            Facts with { AccessKeyId = "ASIA", InputHash = "1ab" },
            Facts with { InputHash = "ab7;request", HandledRenewRequest = null },
            Facts with { InputHash = "", HandledRenewRequest = "ab7;request" },
        ];
        all.Select(facts => facts.Digest()).ShouldBeUnique();
    }

    [Fact]
    public void Equal_facts_have_the_same_digest() => (Facts with { AccessKeyId = string.Concat("ASIA", "1") }).Digest().ShouldBe(Facts.Digest());
}
