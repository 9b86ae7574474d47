using UploadSessions.Grants;

namespace UploadSessions.Tests.Grants;

public sealed class RoleArnPatternTests
{
    [Theory]
    [InlineData("role/uploads", "role/uploads", true)]
    [InlineData("role/uploads", "role/uploads2", false)]
    [InlineData("role/uploads", "role/Uploads", false)]
    [InlineData("role/uploads", "role/team/uploads", false)]
    [InlineData("role/*", "role/uploads", true)]
    [InlineData("role/*", "role/team/uploads", false)]
    [InlineData("role/uploads-*", "role/uploads-", true)]
    [InlineData("role/uploads-*", "role/uploads-a", true)]
    [InlineData("role/uploads-*", "role/uploads", false)]
    [InlineData("role/*-uploads", "role/a-b-uploads", true)]
    [InlineData("role/*-uploads", "role/a-uploads-b", false)]
    [InlineData("role/a*b*c", "role/abbcbc", true)]
    [InlineData("role/a*b*c", "role/acb", false)]
    [InlineData("role/**", "role/x", true)]
    [InlineData("role/team/*", "role/team/uploads", true)]
    [InlineData("role/team/*", "role/teams/uploads", false)]
    [InlineData("role/team/*", "role/team/sub/uploads", false)]
    [InlineData("role/*/uploads", "role/team/uploads", true)]
    [InlineData("role/*/uploads", "role/a/b/uploads", false)]
    [InlineData("role/uploads", "role/*", false)]
    public void A_star_stands_for_anything_but_a_slash(string pattern, string role, bool matches) =>
        new RoleArnPattern("arn:aws:iam::123456789012:" + pattern).Matches("arn:aws:iam::123456789012:" + role).ShouldBe(matches);

    [Theory]
    [InlineData("arn:aws:iam::210987654321:role/x")]
    [InlineData("arn:aws-cn:iam::123456789012:role/x")]
    [InlineData("arn:aws:iam:::role/x")]
    public void Never_another_account_or_partition(string role) => new RoleArnPattern("arn:aws:iam::123456789012:role/*").Matches(role).ShouldBeFalse();
}
