using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Selectors;

namespace Sandbox.Tests.KubernetesApi.Selectors;

public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["example.org/tier"] = "front", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData("app = web , example.org/tier=front", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("none!=db", true)]
    [InlineData("app!=web", false)]
    [InlineData("app", true)]
    [InlineData("none", false)]
    [InlineData("!none", true)]
    [InlineData("!app", false)]
    [InlineData("app in (db, web)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app notin (db),!none", true)]
    [InlineData("none notin (db)", true)]
    [InlineData("app notin (web,db)", false)]
    [InlineData("empty=", true)]
    [InlineData("app=", false)]
    public void A_selector_matches_as_documented(string selector, bool matches) => LabelSelector.Parse(selector).Matches(Labels).ShouldBe(matches);

    [Theory]
    [InlineData("app in web")]
    [InlineData("app=a=b")]
    [InlineData("a b")]
    [InlineData(",")]
    public void What_is_no_selector_is_a_bad_request(string text) =>
        Should.Throw<ApiException>(() => LabelSelector.Parse(text)).Status.Code.ShouldBe(400);
}
