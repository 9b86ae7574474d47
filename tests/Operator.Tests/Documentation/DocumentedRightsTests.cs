using System.Text.Json.Nodes;

namespace Operator.Tests.Documentation;

/// <summary>What the documents ask with <c>kubectl auth can-i</c> is answered with yes where the operator has the rights of docs/install.</summary>
public sealed class DocumentedRightsTests
{
    private const string Operator = "system:serviceaccount:upload-sessions:upload-session-operator";

    [Fact]
    public void Every_right_that_is_asked_for_is_one_that_the_operator_has()
    {
        var questions = Document.All.SelectMany(page => page.Commands.Select(command => (page.Path, Words: command.Split(' '))))
            .Where(question => question.Words is ["kubectl", "auth", "can-i", ..] && !question.Words[4].Contains('$', StringComparison.Ordinal)).ToList();

        questions.ShouldNotBeEmpty();
        foreach (var (page, words) in questions)
        {
            words[^2..].ShouldBe(["--as", Operator], page);
            IsGranted(words[3], words[4], words[Array.IndexOf(words, "-n") + 1]).ShouldBeTrue($"{page}: {string.Join(' ', words)}");
        }
    }

    /// <summary>As RBAC decides: a rule with names allows nothing on a resource as a whole.</summary>
    private static bool IsGranted(string verb, string asked, string ns)
    {
        var (resource, name) = asked.Split('/', 2) is [var type, var named] ? (type, named) : (asked, null);
        return OperatorManifests.Read("operator.yaml")
            .Where(manifest => OperatorManifests.Kind(manifest) == "ClusterRole" || (OperatorManifests.Kind(manifest) == "Role" && manifest["metadata"]!["namespace"]!.GetValue<string>() == ns))
            .SelectMany(role => role["rules"]!.AsArray())
            .Any(rule => Texts(rule!["verbs"]).Contains(verb)
                && Texts(rule["resources"]).SelectMany(one => Texts(rule["apiGroups"]).Select(group => $"{one}.{group}".TrimEnd('.'))).Contains(resource)
                && (rule["resourceNames"] is not { } names || (name is not null && Texts(names).Contains(name))));
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => text!.GetValue<string>());
}
