using ControllerRuntime.Connection;
using UploadSessions.Operator.Kubernetes;

namespace Operator.Tests.Kubernetes;

public sealed class SecretRefusalTests
{
    [Theory]
    [InlineData(403, "Forbidden", "secrets \"export\" is forbidden: exceeded quota: small, requested: count/secrets=1")]
    [InlineData(403, "Forbidden", "secrets \"export\" is forbidden: User \"u\" cannot patch resource \"secrets\" in API group \"\"")]
    [InlineData(403, "Forbidden", "secrets \"export\" is forbidden: unable to create new content in namespace a because it is being terminated")]
    public void What_the_API_server_says_itself_is_told(int status, string reason, string words) =>
        SecretRefusal.Tell(new(status, reason, words, null)).Message.ShouldBe($"{status} {reason}: {words}");

    [Theory]
    [InlineData("admission webhook \"w\" denied the request: s3cr3t")]
    [InlineData("admission webhook \"w\" denied the request: exceeded quota s3cr3t")]
    [InlineData("secrets \"export\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: field is immutable s3cr3t")]
    [InlineData("s3cr3t")]
    public void What_others_say_is_not_repeated(string words)
    {
        var told = SecretRefusal.Tell(new(422, "Invalid", words, TimeSpan.FromSeconds(3)));
        told.Message.ShouldNotContain("s3cr3t");
        told.Message.ShouldStartWith("422 Invalid: ");
        told.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
        SecretRefusal.MeansImmutable(told).ShouldBeFalse();
    }

    [Fact]
    public void Only_an_immutable_field_means_immutable()
    {
        var immutable = new ApiException(422, "Invalid", "Secret \"export\" is invalid: data: Forbidden: field is immutable when `immutable` is set", null);
        SecretRefusal.MeansImmutable(SecretRefusal.Tell(immutable)).ShouldBeTrue();
        SecretRefusal.MeansImmutable(new ApiException(403, "Forbidden", "field is immutable", null)).ShouldBeFalse();
    }
}
