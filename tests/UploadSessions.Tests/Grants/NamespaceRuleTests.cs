using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

public sealed class NamespaceRuleTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["tier"] = "gold", ["team"] = "a", ["empty"] = "" };

    public static TheoryData<GrantNamespaces, bool> Rules => new()
    {
        { new(), false },
        { new() { Names = [] }, false },
        { new() { Names = ["team-a"] }, true },
        { new() { Names = ["team-b", "team-a"] }, true },
        { new() { Names = ["team"] }, false },
        { new() { Names = ["team-ab"] }, false },
        { Having("tier", "gold"), true },
        { Having("tier", "silver"), false },
        { Having("tier", ""), false },
        { Having("empty", ""), true },
        { Having("missing", ""), false },
        { new() { Selector = new() { MatchLabels = new Dictionary<string, string> { ["tier"] = "gold", ["team"] = "b" } } }, false },
        { Where("tier", "In", "silver", "gold"), true },
        { Where("tier", "In", "silver"), false },
        { Where("tier", "In", "Gold"), false },
        { Where("missing", "In", ""), false },
        { Where("tier", "NotIn", "silver"), true },
        { Where("tier", "NotIn", "gold"), false },
        { Where("tier", "NotIn", "Gold"), true },
        { Where("missing", "NotIn", "gold"), true },
        { Where("tier", "Exists"), true },
        { Where("missing", "Exists"), false },
        { Where("tier", "DoesNotExist"), false },
        { Where("missing", "DoesNotExist"), true },
        { new() { Selector = new() { MatchLabels = Having("tier", "gold").Selector!.MatchLabels, MatchExpressions = Where("team", "DoesNotExist").Selector!.MatchExpressions } }, false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void As_Kubernetes_selects(GrantNamespaces rule, bool matches) =>
        TestGrants.Read(TestGrants.Minimal with { Namespaces = rule }).Namespaces!.Matches("team-a", Labels).ShouldBe(matches);

    [Theory]
    [InlineData("DoesNotExist")]
    [InlineData("Exists")]
    public void Labels_that_are_not_known_fit_no_selector(string operation) =>
        TestGrants.Read(TestGrants.Minimal with { Namespaces = Where("missing", operation) }).Namespaces!.Matches("team-a", null).ShouldBeFalse();

    private static GrantNamespaces Having(string key, string value) => new() { Selector = new() { MatchLabels = new Dictionary<string, string> { [key] = value } } };

    private static GrantNamespaces Where(string key, string operation, params string[] values) =>
        new() { Selector = new() { MatchExpressions = [new() { Key = key, Operator = operation, Values = values.Length == 0 ? null : values }] } };
}
