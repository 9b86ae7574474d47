using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Policy;

public sealed class PolicyRendererTests
{
    [Fact]
    public void The_simplest_session_gets_the_textbook_policy_byte_for_byte() =>
        Render(Sessions.Minimal with { Access = ["Put"] }).ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/*"}]}""");

    private static string Render(UploadSessionSpec spec) => PolicyRenderer.Render(Sessions.Terms(spec)).Json;
}
