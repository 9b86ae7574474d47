using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>Lists: selectors, pages, versions.</summary>
public abstract class ListTests(IApiServer server) : ConformanceTests(server)
{
    /// <summary>The resources that the operator lists, and every list of which is tested.</summary>
    public static TheoryData<string, string> Resources => new() { { "secrets", "v1" }, { "uploadsessions", "uploadsession.io/v1alpha1" } };

    [Theory]
    [InlineData("labelSelector=n%3Da", "a")]
    [InlineData("labelSelector=n!%3Da", "b,c")]
    [InlineData("labelSelector=n%20in%20(a,b)", "a,b")]
    [InlineData("labelSelector=n%20notin%20(a,b)", "c")]
    [InlineData("labelSelector=n", "a,b")]
    [InlineData("labelSelector=!n", "c")]
    [InlineData("labelSelector=all%3D1,n%3Db", "b")]
    [InlineData("fieldSelector=metadata.name%3Da", "a")]
    [InlineData("fieldSelector=metadata.name!%3Da", "b,c")]
    [InlineData("labelSelector=n%3Da&fieldSelector=metadata.name%3Db", "")]
    public async Task A_selector_chooses(string query, string names)
    {
        foreach (var (all, _) in await ThreeAsync())
            string.Join(",", (await Api.GetAsync($"{all}?{query}")).Expect(200).Names).ShouldBe(names);
    }

    [Theory]
    [InlineData("labelSelector=n%3D%3D%3D")]
    [InlineData("labelSelector=n%20in%20a")]
    [InlineData("fieldSelector=spec.nope%3Da")]
    [InlineData("fieldSelector=metadata.name")]
    [InlineData("limit=many")]
    [InlineData("timeoutSeconds=long")]
    [InlineData("continue=xx")]
    public async Task A_question_that_makes_no_sense_is_a_bad_request(string query)
    {
        (await Api.GetAsync($"{Api.Secrets}?{query}")).Expect(400, "BadRequest");
        (await Api.GetAsync($"{Api.Sessions}?{query}")).Expect(400, "BadRequest");
    }

    [Fact]
    public async Task Built_in_kinds_have_fields_of_their_own_to_select_by()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.GetAsync(Api.Secrets + "?fieldSelector=type%3DOpaque")).Expect(200).Names.ShouldBe(["a"]);
        (await Api.GetAsync(Api.Secrets + "?fieldSelector=type%3Dother")).Expect(200).Names.ShouldBeEmpty();

        // How kubectl describe finds the events of an object.
        await Api.PostAsync(Api.Events, Event("e", Api.Namespace));
        (await Api.GetAsync(Api.In("events") + "?fieldSelector=involvedObject.name%3Dexport,involvedObject.kind%3DUploadSession")).Expect(200).Names.ShouldBe(["e"]);
        (await Api.GetAsync(Api.In("events") + "?fieldSelector=involvedObject.name%3Dother")).Expect(200).Names.ShouldBeEmpty();
        (await Api.GetAsync(Api.Events + "?fieldSelector=reason%3DIssued")).Expect(200).Names.ShouldBe(["e"]);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Pages_are_all_of_the_first_ones_version(string resource, string groupVersion)
    {
        var all = Api.In(resource, groupVersion);
        var (_, make) = (await ThreeAsync()).Single(made => made.All == all);
        // A ServiceAccount's Secret would be one too many.
        var first = (await Api.GetAsync(all + "?limit=2")).Expect(200);
        first.Names.ShouldBe(["a", "b"]);
        first.Metadata["remainingItemCount"]!.GetValue<int>().ShouldBe(1);
        await Api.DeleteAsync(all + "/c");
        await Api.PostAsync(all, make("d"));

        var second = (await Api.GetAsync($"{all}?limit=2&continue={Uri.EscapeDataString(first.Metadata["continue"]!.ToString())}")).Expect(200);

        second.Names.ShouldBe(["c"]);
        second.Version.ShouldBe(first.Version);
        (second.Metadata["continue"]?.ToString() ?? "").ShouldBe("");
        (await Api.GetAsync(all)).Names.ShouldBe(["a", "b", "d"]);
    }

    [Fact]
    public async Task A_page_of_a_selection_does_not_count_what_is_left()
    {
        await ThreeAsync();
        var page = (await Api.GetAsync(Api.Secrets + "?limit=2&labelSelector=all")).Expect(200);
        page.Metadata["continue"].ShouldNotBeNull();
        page.Metadata["remainingItemCount"].ShouldBeNull();
    }

    [Fact]
    public async Task A_page_names_no_version_of_its_own()
    {
        await ThreeAsync();
        var next = Uri.EscapeDataString((await Api.GetAsync(Api.Secrets + "?limit=2")).Metadata["continue"]!.ToString());
        (await Api.GetAsync($"{Api.Secrets}?limit=2&continue={next}&resourceVersion=5")).Expect(400, "BadRequest");
    }

    [Theory]
    [InlineData("resourceVersion=0")]
    [InlineData("resourceVersion=0&resourceVersionMatch=NotOlderThan")]
    [InlineData("resourceVersion=1")]
    [InlineData("resourceVersion=0&limit=500")]
    public async Task A_list_may_come_from_a_cache_that_is_new_enough(string query)
    {
        foreach (var (all, make) in await ThreeAsync())
            await Eventually.HoldsAsync(async () => (await Api.GetAsync($"{all}?{query}")).Expect(200).Names.SequenceEqual(["a", "b", "c"]), "the cache catches up");
    }

    [Fact]
    public async Task A_list_not_older_than_a_write_holds_it()
    {
        foreach (var (all, make) in await ThreeAsync())
        {
            var written = (await Api.PostAsync(all, make("d"))).Version;
            (await Api.GetAsync($"{all}?resourceVersion={written}&resourceVersionMatch=NotOlderThan")).Expect(200).Names.ShouldBe(["a", "b", "c", "d"]);
        }
    }

    [Fact]
    public async Task A_version_to_come_is_waited_for_in_vain()
    {
        var refused = (await Api.GetAsync($"{Api.Secrets}?resourceVersion=999999999&resourceVersionMatch=NotOlderThan")).Expect(504, "Timeout");
        refused.Message.ShouldStartWith("Timeout: Too large resource version: 999999999, current: ");
        refused["details"]!["retryAfterSeconds"]!.GetValue<int>().ShouldBe(1);
        refused["details"]!["causes"]![0]!["reason"]!.ToString().ShouldBe("ResourceVersionTooLarge");
    }

    [Theory]
    [InlineData("resourceVersionMatch=Exact")]
    [InlineData("resourceVersion=0&resourceVersionMatch=Exact")]
    [InlineData("resourceVersion=1&resourceVersionMatch=Nope")]
    [InlineData("watch=true&resourceVersion=1&resourceVersionMatch=Exact")]
    public async Task A_match_that_cannot_be_is_refused(string query) =>
        (await Api.GetAsync($"{Api.Secrets}?{query}")).Expect(422, "Invalid").CauseFields.ShouldContain("resourceVersionMatch");

    [Fact]
    public async Task A_namespace_that_is_not_there_is_empty() =>
        (await Api.GetAsync("/api/v1/namespaces/nowhere-at-all/secrets")).Expect(200).Items.ShouldBeEmpty();

    private async Task<IReadOnlyList<(string All, Func<string, string> Make)>> ThreeAsync()
    {
        (string All, Func<string, string> Make)[] resources = [(Api.Secrets, name => Secret(name, Labels(name))), (Api.Sessions, name => Session(name, Labels(name)))];
        foreach (var (all, make) in resources)
        {
            foreach (var name in new[] { "a", "b", "c" })
                (await Api.PostAsync(all, make(name))).Expect(201);
        }

        return resources;
    }

    private static string Labels(string name) => name == "c" ? ",\"labels\":{\"all\":\"1\"}" : $$""","labels":{"all":"1","n":"{{name}}"}""";
}

public sealed class EmbeddedListTests(EmbeddedServer server) : ListTests(server);

public sealed class EnvtestListTests(EnvtestServer server) : ListTests(server);
