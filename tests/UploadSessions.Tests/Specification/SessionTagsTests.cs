namespace UploadSessions.Tests.Specification;

public sealed class SessionTagsTests
{
    [Fact]
    public void Letters_digits_spaces_and_some_signs_are_accepted() =>
        Read(("b", "2"), ("A", ""), ("a b_.:/=+-@ü", "x y")).ShouldBe([]);

    [Fact]
    public void Keys_come_out_in_ordinal_order() =>
        Sessions.Terms(Sessions.Minimal with { SessionTags = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1", ["C"] = "3" } })
            .SessionTags.Select(tag => tag.Key).ShouldBe(["C", "a", "b"]);

    [Theory]
    [InlineData("", "v", "spec.sessionTags")]
    [InlineData("a,b", "v", "spec.sessionTags")]
    [InlineData("a\tb", "v", "spec.sessionTags")]
    [InlineData("aws:x", "v", "spec.sessionTags")]
    [InlineData("AWS:x", "v", "spec.sessionTags")]
    [InlineData("k", "a,b", "spec.sessionTags.k")]
    [InlineData("k", "a\nb", "spec.sessionTags.k")]
    [InlineData("k", "a\n", "spec.sessionTags.k")]
    [InlineData("k\n", "a", "spec.sessionTags")]
    public void Tags_that_are_refused(string key, string value, string field) => Read((key, value)).ShouldBe([field]);

    [Fact]
    public void Tags_have_limits()
    {
        Read((new string('k', 128), new string('v', 256))).ShouldBe([]);
        Read((new string('k', 129), "v")).ShouldBe(["spec.sessionTags"]);
        Read(("k", new string('v', 257))).ShouldBe(["spec.sessionTags.k"]);
        Read(Tags(50)).ShouldBe([]);
        Read(Tags(51)).ShouldBe(["spec.sessionTags"]);
    }

    [Fact]
    public void Keys_that_differ_in_case_only_are_the_same_to_AWS() => Read(("Project", "a"), ("project", "b")).ShouldBe(["spec.sessionTags"]);

    private static (string, string)[] Tags(int count) => [.. Enumerable.Range(0, count).Select(i => ($"k{i}", "v"))];

    private static IEnumerable<string> Read(params (string Key, string Value)[] tags) =>
        Sessions.Read(Sessions.Minimal with { SessionTags = tags.ToDictionary(tag => tag.Key, tag => tag.Value) }).Errors.Select(error => error.Field);
}
