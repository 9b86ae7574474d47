using CsCheck;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Specification;

public sealed class RoleSessionNameTests
{
    [Theory]
    [InlineData("team-a", "nightly-export", "team-a.nightly-export")]
    [InlineData("a", "b", "a.b")]
    public void It_is_namespace_dot_name(string ns, string name, string expected) => RoleSessionName.For(ns, name).ShouldBe(expected);

    [Fact]
    public void Up_to_64_characters_stay_whole() =>
        RoleSessionName.For("team", new string('n', 59)).ShouldBe("team." + new string('n', 59));

    [Fact]
    public void Longer_names_are_cut_and_told_apart_by_their_hash()
    {
        var name = RoleSessionName.For("team", new string('n', 60));
        name.ShouldBe("team." + new string('n', 50) + "-b7c9e62f");
        RoleSessionName.For("team", new string('n', 60) + "x").ShouldNotBe(name);
    }

    [Fact]
    public void Every_name_is_one_that_STS_takes()
    {
        var part = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-."], 1, 253];
        Gen.Select(part, part).Sample((ns, name) =>
        {
            var result = RoleSessionName.For(ns, name);
            return result.Length is >= 2 and <= 64 && result.All(c => char.IsAsciiLetterOrDigit(c) || "_+=,.@-".Contains(c, StringComparison.Ordinal));
        });
    }
}
