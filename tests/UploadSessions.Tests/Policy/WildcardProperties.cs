using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using UploadSessions.Policy;

namespace UploadSessions.Tests.Policy;

public sealed class WildcardProperties
{
    private const int Iterations = 5_000;

    private static readonly Gen<string> Pattern = Gen.Char["ab*?"].Array[0, 8].Select(chars => new string(chars));

    private static readonly Gen<string> Plain = Gen.Char["ab"].Array[0, 8].Select(chars => new string(chars));

    private static readonly Gen<string> Text = Gen.Char["ab*?$/"].Array[0, 10].Select(chars => new string(chars));

    [Fact]
    public void Matching_agrees_with_the_equivalent_regular_expression() => Gen.Select(Pattern, Plain).Sample(
        (pattern, text) =>
        {
            var expression = "\\A" + pattern.Replace("*", ".*", StringComparison.Ordinal).Replace('?', '.') + "\\z";
            Matches(pattern, text).ShouldBe(Regex.IsMatch(text, expression), $"{pattern} {text}");
        },
        iter: Iterations);

    [Fact]
    public void An_escaped_text_matches_itself_and_nothing_else() => Gen.Select(Text, Text).Sample((literal, text) =>
    {
        var escaped = Regex.Replace(literal, "[*?$]", "$${$&}");
        Matches(escaped, text).ShouldBe(text == literal, $"{literal} {text}");
        Matches(escaped, literal).ShouldBeTrue(literal);
    });

    private static bool Matches(string pattern, string text)
    {
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonObject { ["Effect"] = "Allow", ["Action"] = "*", ["Resource"] = pattern },
        };
        var request = new AccessRequest("s3:PutObject", text, new Dictionary<string, string>());
        return PolicyEvaluator.Evaluate(PolicyDocument.Parse(policy.ToJsonString()), request).Verdict == PolicyVerdict.Allowed;
    }
}
