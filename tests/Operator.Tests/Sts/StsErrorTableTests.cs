using UploadSessions.Operator.Sts;
using UploadSessions.Planning;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace Operator.Tests.Sts;

public sealed class StsErrorTableTests
{
    private static readonly ServiceAccountIdentity Account = new("team-a", "exporter", "store");

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
    [InlineData("Throttling", 400, Reasons.Throttled, FailureKind.Transient)]
    [InlineData("ThrottlingException", 400, Reasons.Throttled, FailureKind.Transient)]
    [InlineData("RequestLimitExceeded", 503, Reasons.Throttled, FailureKind.Transient)]
    [InlineData("SlowDown", 503, Reasons.Throttled, FailureKind.Transient)]
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
    [InlineData(429, Reasons.Throttled, FailureKind.Transient)]
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

    [Theory]
    [InlineData("The service returned an error with HTTP Body: SECRET")]
    [InlineData("The service returned an error with Error Code NoSuchEntity and HTTP Body: SECRET")]
    [InlineData("Error unmarshalling. Request ID: 1, Response Body: SECRET, Last Parsed Path: x")]
    public void A_body_that_the_SDK_quotes_is_never_passed_on(string message) =>
        StsErrorTable.Classify("NoSuchEntity", 404, message).Message.ShouldBe("the role does not exist");

    [Fact]
    public void A_message_is_one_line_without_control_characters() =>
        StsErrorTable.Unavailable("X", "\u001b[31m one\r\n\ttwo \u0000 three\u0085 ").Message.ShouldBe("[31m one two three");

    [Fact]
    public void A_message_is_cut_at_512_characters_and_never_inside_one()
    {
        StsErrorTable.Unavailable("X", new string('a', 512)).Message.ShouldBe(new string('a', 512));
        StsErrorTable.Unavailable("X", new string('a', 513)).Message.ShouldBe(new string('a', 511) + "…");
        StsErrorTable.Unavailable("X", new string('a', 510) + "😀😀").Message.ShouldBe(new string('a', 510) + "…");
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

    [Theory]
    [InlineData("ExpiredToken", true, true)]
    [InlineData("ExpiredTokenException", true, true)]
    [InlineData("InvalidIdentityToken", false, true)]
    [InlineData("AccessDenied", false, false)]
    [InlineData(null, false, false)]
    public void What_may_only_be_an_old_proof_of_identity_is_tried_once_more_with_a_fresh_one(string? code, bool ofOperator, bool ofServiceAccount)
    {
        StsErrorTable.MeansStaleProof(code, null).ShouldBe(ofOperator);
        StsErrorTable.MeansStaleProof(code, Account).ShouldBe(ofServiceAccount);
    }

    [Fact]
    public void The_limit_of_role_chaining_is_told_with_what_it_comes_from()
    {
        var error = StsErrorTable.Classify("ValidationError", 400, "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        error.Reason.ShouldBe(Reasons.InvalidSpec);
        error.Message.ShouldContain("1 hour session limit");
        error.Message.ShouldContain("operator's own identity is a role");
        StsErrorTable.Classify("ValidationError", 400, "too long", Account).Message.ShouldNotContain("operator's own identity");
    }

    [Theory]
    [InlineData("AccessDenied", "sub system:serviceaccount:team-a:exporter and aud store")]
    [InlineData("IDPRejectedClaim", "sub system:serviceaccount:team-a:exporter and aud store")]
    [InlineData("InvalidIdentityToken", "store among its client ids")]
    [InlineData("ExpiredTokenException", "clocks")]
    [InlineData("IDPCommunicationError", "keys of the cluster's issuer")]
    public void With_the_identity_of_a_ServiceAccount_a_hint_speaks_of_it_and_not_of_the_operators(string code, string hint)
    {
        var (own, other) = (StsErrorTable.Classify(code, 400, "said", Account), StsErrorTable.Classify(code, 400, "said"));
        own.Message.ShouldContain(hint);
        own.Message.ShouldNotContain("operator");
        (own.Reason, own.Kind).ShouldBe((other.Reason, other.Kind));
    }

    [Fact]
    public void A_token_that_STS_repeats_is_not_passed_on() =>
        StsErrorTable.Classify("ValidationError", 400, "Value 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_x' at 'webIdentityToken' failed; eyJhbGciOi…", Account)
            .Message.ShouldStartWith("Value '(token)' at 'webIdentityToken' failed; (token)… (");
}
