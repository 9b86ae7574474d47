namespace EndToEnd.Tests.Requests;

/// <summary>What each kind of access allows, tried with requests of every kind: that, under the prefix, and nothing else anywhere.</summary>
public sealed class AccessTests(AccessStage stage) : IClassFixture<AccessStage>
{
    /// <summary>Kinds of access and the requests that each allows under the prefix.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Put"] = ["PutObject", "Multipart"],
        ["Upload"] = ["PutObject", "Multipart", "ListParts"],
        ["Download"] = ["GetObject", "HeadObject"],
        ["List"] = ["ListFolder"],
        ["Delete"] = ["DeleteObject"],
        ["Tag"] = ["PutTagging"],
        ["Acl"] = ["PutAcl"],
        ["Retain"] = ["PutRetention", "PutLegalHold"],
    };

    public static TheoryData<string> Kinds => [.. Allowed.Keys];

    public static MatrixTheoryData<string, string> Outside => new(Allowed.Keys, ["outside", "sibling", "parent", "other bucket"]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Under_the_prefix_a_session_may_do_what_its_access_says_and_nothing_else(string access)
    {
        stage.Store.Server.Require();
        (await S3Requests.NotDeniedAsync(stage.Client(access), stage.Place("prefix"), TestContext.Current.CancellationToken))
            .ShouldBe(Allowed[access]);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Elsewhere_a_session_may_do_nothing(string access, string place)
    {
        stage.Store.Server.Require();
        (await S3Requests.NotDeniedAsync(stage.Client(access), stage.Place(place), TestContext.Current.CancellationToken))
            .ShouldBeEmpty();
    }
}
