using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>A session of a file whose spec is valid.</summary>
/// <param name="Name"><c>namespace/name</c>.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Terms">The checked spec.</param>
/// <param name="RoleSessionName">What CloudTrail would show.</param>
internal sealed record CheckedSession(string Name, int Line, SessionTerms Terms, string RoleSessionName);
