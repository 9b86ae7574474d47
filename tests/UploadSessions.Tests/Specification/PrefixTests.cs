using UploadSessions.Specification;

namespace UploadSessions.Tests.Specification;

public sealed class PrefixTests
{
    [Theory]
    [InlineData("exports/2026/")]
    [InlineData("/")]
    [InlineData("../..")]
    [InlineData("a*b?c$d{e}${aws:username}")]
    [InlineData("quote\"back\\slash")]
    [InlineData("Bücher/日本/😀")]
    public void Any_text_is_a_prefix_on_AWS(string prefix) => Sessions.Terms(Sessions.Minimal with { Prefix = prefix }).Prefix.ShouldBe(prefix);

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    public void Control_characters_are_refused(string prefix) => Error(prefix).ShouldContain("control character");

    [Fact]
    public void Halves_of_surrogate_pairs_are_refused()
    {
        // Attributes cannot hold these texts: they are stored as UTF-8.
        foreach (var prefix in new[] { "\ud83d", "a\ude00b", "\ude00\ud83d" })
            Error(prefix).ShouldContain("surrogate");
    }

    [Fact]
    public void A_prefix_has_at_most_1024_bytes()
    {
        Sessions.Terms(Sessions.Minimal with { Prefix = new string('a', 1024) }).Prefix.Length.ShouldBe(1024);
        Sessions.Terms(Sessions.Minimal with { Prefix = new string('é', 512) }).Prefix.Length.ShouldBe(512);
        Error(new string('a', 1025)).ShouldContain("1025 bytes");
        Error(new string('é', 513)).ShouldContain("1026 bytes");
    }

    [Theory]
    [InlineData("a*")]
    [InlineData("a?")]
    [InlineData("a$")]
    [InlineData("a:b")]
    public void What_an_S3_compatible_store_cannot_express_is_refused_there(string prefix)
    {
        Error(prefix, Sessions.Custom).ShouldContain("S3-compatible");
        Error(prefix, Sessions.Aws with { StsEndpoint = new Uri("https://sts.example") }).ShouldContain("S3-compatible");
        Sessions.Read(Sessions.Minimal with { RoleArn = "arn:minio:iam:::role/x", Prefix = prefix }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.prefix");
        Sessions.Read(Sessions.Minimal with { Prefix = prefix }).Errors.ShouldBeEmpty();
    }

    private static string Error(string prefix, SpecDefaults? defaults = null)
    {
        var error = Sessions.Read(Sessions.Minimal with { Prefix = prefix }, defaults).Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe("spec.prefix");
        return error.Message;
    }
}
