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

    /// <summary>As <c>sha256sum</c> tells it of the file that STS would get.</summary>
    [Theory]
    [InlineData("", "1a03183d76452d45c938e350d3dcd3332d2a1af976d5272cc563484fa9fa556a")]
    [InlineData("é/", "41f116a33979258da28804274c4bf0cb7fdfd35fb85872e7f68265b1ee8ae4a2")]
    public void Its_hash_is_SHA_256_of_its_bytes_in_UTF_8(string prefix, string sha256) =>
        PolicyRenderer.Render(Sessions.Terms(Sessions.Minimal with { Prefix = prefix, Access = ["Put"] })).Sha256.ShouldBe(sha256);

    private static string Render(UploadSessionSpec spec) => PolicyRenderer.Render(Sessions.Terms(spec)).Json;
}
