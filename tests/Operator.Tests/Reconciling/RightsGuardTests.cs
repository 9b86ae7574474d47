using ControllerRuntime;
using ControllerRuntime.Connection;
using Microsoft.Extensions.Logging.Testing;
using UploadSessions.Operator.Reconciling;

namespace Operator.Tests.Reconciling;

public sealed class RightsGuardTests : IReconciler
{
    private static readonly ObjectKey One = new("team-a", "one");
    private static readonly ObjectKey Two = new("team-a", "two");
    private static readonly ObjectKey Other = new("team-b", "one");

    private readonly RightsGuard _guard;
    private readonly FakeLogger<RightsGuard> _log = new();
    private ApiException? _refusal;

    public RightsGuardTests() => _guard = new RightsGuard(this, _log);

    [Fact]
    public async Task A_missing_right_isTold_once_for_a_namespace_and_each_session_is_retried()
    {
        _refusal = MayNot("get", "one");
        (await _guard.ReconcileAsync(One, Token)).ShouldBe(ReconcileResult.Retry);
        (await _guard.ReconcileAsync(One, Token)).ShouldBe(ReconcileResult.Retry);
        _refusal = MayNot("get", "two");
        (await _guard.ReconcileAsync(Two, Token)).ShouldBe(ReconcileResult.Retry);
        Told.ShouldBe(["Warning: Sessions of team-a wait: the operator cannot get resource \"secrets\" in API group \"\" there. See that its Role and RoleBinding are as docs/install has them"]);

        await _guard.ReconcileAsync(Other, Token);
        Told.Count.ShouldBe(2);
        Told[1].ShouldContain("team-b");
    }

    [Fact]
    public async Task Another_missing_right_isTold_too()
    {
        _refusal = MayNot("get", "one");
        await _guard.ReconcileAsync(One, Token);
        _refusal = MayNot("patch", "one");
        await _guard.ReconcileAsync(One, Token);
        await _guard.ReconcileAsync(Two, Token);
        Told.Select(line => line.Split(' ')[8]).ShouldBe(["get", "patch"]);
    }

    [Fact]
    public async Task When_the_last_session_waits_no_more_that_isTold_and_the_next_time_is_the_first_again()
    {
        _refusal = MayNot("get", "one");
        await _guard.ReconcileAsync(One, Token);
        await _guard.ReconcileAsync(Two, Token);
        _refusal = null;
        (await _guard.ReconcileAsync(One, Token)).ShouldBe(ReconcileResult.Done);
        Told.Count.ShouldBe(1);
        await _guard.ReconcileAsync(Two, Token);
        await _guard.ReconcileAsync(Two, Token);
        Told.Skip(1).ShouldBe(["Information: Sessions of team-a wait no more: the operator has its rights there again"]);

        _refusal = MayNot("get", "one");
        await _guard.ReconcileAsync(One, Token);
        Told.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(403, "secrets \"one\" is forbidden: exceeded quota: objects, requested: count/secrets=1")]
    [InlineData(403, "admission webhook \"guard.example\" denied the request: no")]
    [InlineData(409, "cannot get resource \"secrets\" in API group \"\"")]
    public async Task Every_other_refusal_is_the_controllers_to_tell(int status, string message)
    {
        _refusal = new ApiException(status, "Forbidden", message, retryAfter: null);
        await Should.ThrowAsync<ApiException>(() => _guard.ReconcileAsync(One, Token));
        Told.ShouldBeEmpty();
    }

    private IReadOnlyList<string> Told => [.. _log.Collector.GetSnapshot().Select(record => $"{record.Level}: {record.Message}")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    Task<ReconcileResult> IReconciler.ReconcileAsync(ObjectKey key, CancellationToken cancellationToken) =>
        _refusal is null ? Task.FromResult(ReconcileResult.Done) : Task.FromException<ReconcileResult>(_refusal);

    /// <summary>As Kubernetes 1.20 and later word it.</summary>
    private static ApiException MayNot(string verb, string name) => new(
        403,
        "Forbidden",
        $"secrets \"{name}\" is forbidden: User \"system:serviceaccount:upload-sessions:upload-session-operator\" cannot {verb} resource \"secrets\" in API group \"\" in the namespace \"team-a\"",
        retryAfter: null);
}
