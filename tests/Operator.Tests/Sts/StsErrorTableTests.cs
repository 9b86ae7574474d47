using UploadSessions.Operator.Sts;
using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace Operator.Tests.Sts;

public sealed class StsErrorTableTests
{
    [Theory]
    [InlineData("MalformedPolicyDocument", 400, Reasons.InvalidSpec, FailureKind.Terminal)]
    [InlineData("PackedPolicyTooLarge", 400, Reasons.PolicyTooLarge, FailureKind.Terminal)]
    [InlineData("InvalidParameterValue", 400, Reasons.InvalidSpec, FailureKind.Terminal)]
    [InlineData("InvalidArgument", 400, Reasons.InvalidSpec, FailureKind.Terminal)]
    [InlineData("ValidationError", 400, Reasons.InvalidSpec, FailureKind.SlowRecheck)]
    [InlineData("ValidationException", 400, Reasons.InvalidSpec, FailureKind.SlowRecheck)]
    [InlineData("RegionDisabledException", 403, Reasons.AssumeRoleDenied, FailureKind.SlowRecheck)]
    [InlineData("AccessDenied", 403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("AccessDeniedException", 400, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("NoSuchEntity", 404, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("ExpiredToken", 403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("ExpiredTokenException", 400, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("InvalidIdentityToken", 400, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("IDPRejectedClaim", 403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("IDPCommunicationError", 400, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData("InvalidClientTokenId", 403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("SignatureDoesNotMatch", 403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("NoCredentials", 0, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData("Throttling", 400, Reasons.Throttled, FailureKind.Throttled)]
    [InlineData("ThrottlingException", 400, Reasons.Throttled, FailureKind.Throttled)]
    [InlineData("RequestLimitExceeded", 503, Reasons.Throttled, FailureKind.Throttled)]
    [InlineData("SlowDown", 503, Reasons.Throttled, FailureKind.Throttled)]
    [InlineData("STSNotInitialized", 503, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData("InternalFailure", 500, Reasons.StsUnavailable, FailureKind.Transient)]
    public void Each_code_has_a_row(string code, int httpStatus, string reason, FailureKind kind)
    {
        var error = StsErrorTable.Classify(code, httpStatus, "said");
        (error.Reason, error.Kind, error.Code).ShouldBe((reason, kind, code));
        error.Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("AccessDenied", Reasons.AssumeRoleDenied)]
    [InlineData("Throttling", Reasons.Throttled)]
    [InlineData("PackedPolicyTooLarge", Reasons.PolicyTooLarge)]
    public void The_code_counts_more_than_the_status(string code, string reason) =>
        StsErrorTable.Classify(code, 500, "said").Reason.ShouldBe(reason);

    [Theory]
    [InlineData(0, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData(400, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData(403, Reasons.AssumeRoleDenied, FailureKind.Propagation)]
    [InlineData(408, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData(429, Reasons.Throttled, FailureKind.Throttled)]
    [InlineData(500, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData(502, Reasons.StsUnavailable, FailureKind.Transient)]
    [InlineData(503, Reasons.StsUnavailable, FailureKind.Transient)]
    public void An_unknown_code_is_judged_by_the_status(int httpStatus, string reason, FailureKind kind)
    {
        foreach (var code in new[] { "OfAnotherDay", "", null })
        {
            var error = StsErrorTable.Classify(code, httpStatus, "said");
            (error.Reason, error.Kind).ShouldBe((reason, kind));
            error.Code.ShouldBe(string.IsNullOrEmpty(code) ? StsErrorTable.NoCode : code);
        }
    }

    [Theory]
    [InlineData("504 Gateway Timeout")]
    [InlineData("<html>")]
    [InlineData("a\nb")]
    [InlineData("Sender.")]
    [InlineData("Überlast")]
    [InlineData("AVeryVeryVeryVeryVeryVeryVeryVeryVeryVeryVeryVeryVeryVeryLongWord1")]
    public void What_cannot_be_the_reason_of_a_condition_is_no_code(string code) => StsErrorTable.Classify(code, 502, "said").Code.ShouldBe(StsErrorTable.NoCode);

    [Theory]
    [InlineData("SignatureDoesNotMatch")]
    [InlineData("IncompleteSignature")]
    public void What_STS_says_of_a_signature_is_never_passed_on(string code) =>
        StsErrorTable.Classify(code, 403, "The Canonical String for this request should have been 'x-amz-security-token:TOKEN'").Message.ShouldNotContain("TOKEN");

    [Fact]
    public void A_message_is_one_line_without_control_characters() =>
        StsErrorTable.Unreachable("X", "\u001b[31m one\r\n\ttwo \u0000 three\u0085 ").Message.ShouldBe("[31m one two three");

    [Fact]
    public void A_message_is_cut_at_512_characters_and_never_inside_one()
    {
        StsErrorTable.Unreachable("X", new string('a', 512)).Message.ShouldBe(new string('a', 512));
        StsErrorTable.Unreachable("X", new string('a', 513)).Message.ShouldBe(new string('a', 511) + "…");
        StsErrorTable.Unreachable("X", new string('a', 510) + "😀😀").Message.ShouldBe(new string('a', 510) + "…");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Silence_is_told_as_such(string? message)
    {
        StsErrorTable.Classify("OfAnotherDay", 400, message).Message.ShouldBe("STS gave no reason");
        StsErrorTable.Classify("NoSuchEntity", 404, message).Message.ShouldBe("the role does not exist");
    }

    [Fact]
    public void A_hint_follows_what_was_said() => StsErrorTable.Classify("NoSuchEntity", 404, "no role x").Message.ShouldBe("no role x (the role does not exist)");

    [Fact]
    public void Only_expired_credentials_of_the_caller_are_fetched_anew()
    {
        StsErrorTable.MeansStaleCallerCredentials("ExpiredToken").ShouldBeTrue();
        StsErrorTable.MeansStaleCallerCredentials("ExpiredTokenException").ShouldBeTrue();
        StsErrorTable.MeansStaleCallerCredentials("AccessDenied").ShouldBeFalse();
        StsErrorTable.MeansStaleCallerCredentials(null).ShouldBeFalse();
    }
}
