namespace Sandbox.Aws.Identity;

/// <summary>One permission that a call needs.</summary>
/// <param name="Action">The IAM action, such as s3:PutObject.</param>
/// <param name="Resource">The ARN it is needed on.</param>
/// <param name="Context">Condition keys of this permission alone; null: none.</param>
internal sealed record RequiredPermission(string Action, string Resource, IReadOnlyDictionary<string, string>? Context = null);
