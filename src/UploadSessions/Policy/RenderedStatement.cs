namespace UploadSessions.Policy;

/// <summary>A statement about to be written.</summary>
internal sealed record RenderedStatement(string Effect, IReadOnlyList<string> Actions, string Resource, IReadOnlyList<RenderedCondition> Conditions);

/// <summary>One key of a condition block about to be written.</summary>
internal sealed record RenderedCondition(string Operator, string Key, IReadOnlyList<string> Values);
