using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Policy;

public sealed class PolicyRendererTests
{
    [Fact]
    public void The_simplest_session_gets_the_textbook_policy_byte_for_byte() =>
        Render(Sessions.Minimal with { Access = ["Put"] }).ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/*"}]}""");

    [Fact]
    public void A_reader_sees_every_character_of_a_prefix_and_those_of_Latin_1_as_they_are() =>
        Render(Sessions.Minimal with { Prefix = "\u00a0\u00ad\u202e\u00e9/", Access = ["Put"] }).ShouldContain("""landing/\u00A0\u00AD\u202Eé/*""");

    private static string Render(UploadSessionSpec spec) => PolicyRenderer.Render(Sessions.Terms(spec)).Json;
}
