using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ControllerRuntime.Connection;

namespace ControllerRuntime.Tests.Connection;

public sealed class ApiExceptionTests
{
    private const string Conflict = """{"kind":"Status","status":"Failure","message":"the object has been modified","reason":"Conflict","details":{"name":"x"},"code":409}""";

    [Fact]
    public async Task The_reason_and_message_of_a_status_are_told()
    {
        var failure = await FromAsync(HttpMethod.Patch, HttpStatusCode.Conflict, Conflict);
        (failure.StatusCode, failure.Reason, failure.RetryAfter).ShouldBe((409, "Conflict", null));
        failure.Words.ShouldBe("the object has been modified");
        failure.Message.ShouldBe("409 Conflict: the object has been modified");
    }

    [Theory]
    [InlineData("text/plain", "hunter2")]
    [InlineData("application/json", "{\"message\":[\"hunter2\"]}")]
    [InlineData("application/json", "\"hunter2\"")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "null")]
    public async Task What_is_not_a_status_is_not_told(string contentType, string body)
    {
        var failure = await FromAsync(HttpMethod.Get, HttpStatusCode.BadGateway, body, contentType);
        failure.Reason.ShouldBe("BadGateway");
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_400_to_a_write_may_quote_what_was_written_and_tells_its_reason_only()
    {
        const string quoting = """{"message":"error found in #10 byte of ...|hunter2|...","reason":"BadRequest","code":400}""";
        (await FromAsync(HttpMethod.Patch, HttpStatusCode.BadRequest, quoting)).ToString().ShouldNotContain("hunter2");
        (await FromAsync(HttpMethod.Get, HttpStatusCode.BadRequest, quoting)).Message.ShouldContain("hunter2");
    }

    [Fact]
    public async Task The_wait_the_server_asks_for_is_in_the_header_or_in_the_details()
    {
        (await FromAsync(HttpMethod.Get, HttpStatusCode.TooManyRequests, "{}", retryAfter: 7)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        (await FromAsync(HttpMethod.Get, HttpStatusCode.TooManyRequests, """{"details":{"retryAfterSeconds":3}}""")).RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
        (await FromAsync(HttpMethod.Get, HttpStatusCode.TooManyRequests, "{}")).RetryAfter.ShouldBeNull();
        (await FromAsync(HttpMethod.Get, HttpStatusCode.TooManyRequests, "{}", retryAfter: 0)).RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task A_long_message_is_cut() =>
        (await FromAsync(HttpMethod.Get, HttpStatusCode.InternalServerError, $$"""{"message":"{{new string('x', 100_000)}}"}""")).Message.Length.ShouldBeLessThan(1100);

    [Fact]
    public async Task No_character_is_cut_in_half() =>
        (await FromAsync(HttpMethod.Get, HttpStatusCode.InternalServerError, $$"""{"message":"{{new string('x', 1023)}}😀"}""")).Words.ShouldEndWith("x…");

    private static async Task<ApiException> FromAsync(HttpMethod method, HttpStatusCode status, string body, string contentType = "application/json", int? retryAfter = null)
    {
        using var response = new HttpResponseMessage(status);
        response.RequestMessage = new HttpRequestMessage(method, "http://localhost/");
        response.Content = new StringContent(body, Encoding.UTF8, contentType);
        if (retryAfter is { } seconds) response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return await ApiException.FromAsync(response, TestContext.Current.CancellationToken);
    }
}
