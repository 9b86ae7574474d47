using System.Text.Json.Nodes;
using Sandbox.Demo;
using Sandbox.Demo.Cluster;

namespace Sandbox.Tests.Demo.Cluster;

public sealed class ViewTests
{
    [Fact]
    public void A_table_is_laid_out_as_kubectl_does_without_the_wide_columns()
    {
        var table = JsonNode.Parse("""
            {
              "columnDefinitions": [{ "name": "Name", "priority": 0 }, { "name": "Role", "priority": 1 }, { "name": "Ready" }, { "name": "Renews" }],
              "rows": [{ "cells": ["nightly-export", "arn", "True", null] }, { "cells": ["b", "arn", "False", "soon"] }]
            }
            """)!;
        TableText.Of(table).ShouldBe("""
            NAME             READY   RENEWS
            nightly-export   True    <none>
            b                False   soon
            """);
    }

    [Fact]
    public void A_secret_is_shown_by_names_and_lengths_only()
    {
        var secret = JsonNode.Parse("""{"data":{"b":"c2VjcmV0","long-name":""}}""")!;
        SecretView.Redacted(secret).ShouldBe("b              6 bytes\nlong-name      0 bytes");
        SecretView.Text(secret, "b").ShouldBe("secret");
        Should.Throw<StoryException>(() => SecretView.Text(secret, "absent")).Message.ShouldContain("absent");
    }

    [Theory]
    [InlineData(3, "True", "Issued", true)]
    [InlineData(2, "True", "Issued", false)]
    [InlineData(3, "False", "Issued", false)]
    [InlineData(3, "True", "Suspended", false)]
    public void A_session_is_issued_when_its_status_says_so_of_the_current_spec(long observed, string status, string reason, bool issued)
    {
        var session = JsonNode.Parse($$"""
            { "metadata": { "generation": 3 }, "status": { "observedGeneration": {{observed}}, "conditions": [{ "type": "Ready", "status": "{{status}}", "reason": "{{reason}}" }] } }
            """)!;
        new SessionView(session).IsIssued.ShouldBe(issued);
    }

    [Fact]
    public void A_session_without_a_status_is_read_as_such()
    {
        var view = new SessionView(JsonNode.Parse("""{"metadata":{"generation":1}}""")!);
        view.ShouldSatisfyAllConditions(
            () => view.Ready.ShouldBe(("", "")),
            () => view.IsIssued.ShouldBeFalse(),
            () => view.Rotations.ShouldBe(0),
            () => view.AccessKeyId.ShouldBe(""));
    }
}
