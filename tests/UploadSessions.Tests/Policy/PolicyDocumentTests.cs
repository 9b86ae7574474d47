using UploadSessions.Policy;

namespace UploadSessions.Tests.Policy;

public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "the policy must be a JSON object")]
    [InlineData("""{"Statement":[]}""", "no Version")]
    [InlineData("""{"Version":"2008-10-17","Statement":[]}""", "2012-10-17")]
    [InlineData("""{"Version":3,"Statement":[]}""", "2012-10-17")]
    [InlineData("""{"Version":"\ud800","Statement":[]}""", "not valid Unicode")]
    [InlineData("""{"Version":"2012-10-17"}""", "no Statement")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""", "Statement is empty")]
    [InlineData("""{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}""", "not valid JSON")]
    [InlineData("""{"Version":"2012-10-17","Statements":[]}""", "Statements")]
    [InlineData("""{"Version":"2012-10-17","\ud800":1}""", "not valid Unicode")]
    [InlineData("""{"Version":"2012-10-17","Statement":"x"}""", "Statement[0] must be a JSON object")]
    public void A_document_of_the_wrong_shape_is_refused(string json, string says) => Refusal(json).ShouldContain(says);

    [Theory]
    [InlineData("""{"Action":"*","Resource":"*"}""", "Statement[0] has no Effect")]
    [InlineData("""{"Effect":"allow","Action":"*","Resource":"*"}""", "Statement[0].Effect")]
    [InlineData("""{"Effect":null,"Action":"*","Resource":"*"}""", "Statement[0].Effect")]
    [InlineData("""{"Effect":"\ud800","Action":"*","Resource":"*"}""", "not valid Unicode")]
    [InlineData("""{"Effect":"Allow","Resource":"*"}""", "no Action")]
    [InlineData("""{"Effect":"Allow","Action":"*"}""", "no Resource")]
    [InlineData("""{"Effect":"Allow","Action":[],"Resource":"*"}""", "Statement[0].Action is empty")]
    [InlineData("""{"Effect":"Allow","Action":{},"Resource":"*"}""", "Statement[0].Action must be text")]
    [InlineData("""{"Effect":"Allow","NotAction":"*","Resource":"*"}""", "NotAction")]
    [InlineData("""{"Effect":"Allow","Action":"*","NotResource":"*"}""", "NotResource")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}""", "Principal")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"a${b"}""", "not closed")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"${}"}""", "no name")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"${aws:username, 'x'}"}""", "aws:username, 'x'")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"\ud800"}""", "not valid Unicode")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","\ud800":"*"}""", "not valid Unicode")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"\ud800":{"k":"v"}}}""", "not valid Unicode")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"\ud800":"true"}}}""", "not valid Unicode")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":[]}""", "Condition must be a JSON object")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":"x"}}""", "Condition.Bool must be a JSON object")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringLike":{"k":"v"}}}""", "ForAnyValue:StringLike is not supported")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"k":"yes"}}}""", "Condition.Bool.k: 'yes'")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"k":"1.2.3"}}}""", "'1.2.3'")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"k":"1.2.3.4/33"}}}""", "'1.2.3.4/33'")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"k":"tomorrow"}}}""", "'tomorrow'")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"k":"253402300800"}}}""", "'253402300800'")]
    public void A_statement_of_the_wrong_shape_is_refused(string statement, string says) =>
        Refusal($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""").ShouldContain(says);

    [Fact]
    public void A_refusal_counts_the_statements_from_0() =>
        Refusal("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Allow","Action":"*"}]}""").ShouldContain("Statement[1] has no Resource");

    [Fact]
    public void Statements_keep_their_order_effect_and_text()
    {
        var policy = PolicyDocument.Parse("""{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"a","Effect":"Deny","Action":["a:b"],"Resource":"*"}, {"Effect":"Allow","Action":"*","Resource":["*"]}]}""");
        policy.Statements.Select(statement => statement.Effect).ShouldBe([PolicyEffect.Deny, PolicyEffect.Allow]);
        policy.Statements[1].Json.ShouldBe("""{"Effect":"Allow","Action":"*","Resource":["*"]}""");
    }

    private static string Refusal(string json) => Should.Throw<PolicyFormatException>(() => PolicyDocument.Parse(json)).Message;
}
