using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Errors;

/// <summary>A Kubernetes <c>Status</c> object (API Reference, "Status"), worded as the real server words it.</summary>
internal sealed record ApiStatus(int Code, string Reason, string Message)
{
    public string Name { get; init; } = "";

    public string Group { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Uid { get; init; } = "";

    public int RetryAfterSeconds { get; init; }

    public IReadOnlyList<FieldError> Causes { get; init; } = [];

    public bool IsSuccess => Code < 300;

    public static ApiStatus Unauthorized { get; } = new(401, "Unauthorized", "Unauthorized");

    public static ApiStatus UnknownPath { get; } = new(404, "NotFound", "the server could not find the requested resource");

    public static ApiStatus UnsupportedMediaType(string message = "415: Unsupported Media Type") => new(415, "UnsupportedMediaType", message);

    public static ApiStatus BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiStatus Internal(string message) => new(500, "", message);

    public static ApiStatus Forbidden(string message) => new(403, "Forbidden", message);

    public static ApiStatus TooLarge { get; } = new(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");

    public static ApiStatus MethodNotAllowed { get; } = new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static ApiStatus Expired(string message) => new(410, "Expired", message);

    public static ApiStatus NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found") { Name = name, Group = type.Group, Kind = type.Plural };

    public static ApiStatus AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists") { Name = name, Group = type.Group, Kind = type.Plural };

    public static ApiStatus Conflict(ResourceType type, string name, string detail) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {detail}") { Name = name, Group = type.Group, Kind = type.Plural };

    public static ApiStatus Modified(ResourceType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatus Invalid(ResourceType type, string name, IReadOnlyList<FieldError> errors) => Invalid(type.ErrorGroup ?? type.Group, type.Kind, name, errors);

    public static ApiStatus Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        var list = string.Join(", ", errors.Select(error => error.ToString()).Distinct());
        var shown = errors.Select(error => error.ToString()).Distinct().Count() == 1 ? list : $"[{list}]";
        return new(422, "Invalid", $"{qualified} \"{name}\" is invalid: {shown}") { Name = name, Group = group, Kind = kind, Causes = errors };
    }

    public JsonObject ToJson()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = IsSuccess ? "Success" : "Failure",
        };
        Add(status, "message", Message);
        Add(status, "reason", Reason);
        if (Details() is { Count: > 0 } details)
        {
            status["details"] = details;
        }

        if (!IsSuccess)
        {
            status["code"] = Code;
        }

        return status;
    }

    private JsonObject Details()
    {
        var details = new JsonObject();
        Add(details, "name", Name);
        Add(details, "group", Group);
        Add(details, "kind", Kind);
        Add(details, "uid", Uid);
        if (Causes.Count > 0)
        {
            details["causes"] = new JsonArray([.. Causes.Select(CauseJson)]);
        }

        if (RetryAfterSeconds > 0)
        {
            details["retryAfterSeconds"] = RetryAfterSeconds;
        }

        return details;
    }

    private static JsonObject CauseJson(FieldError cause)
    {
        var json = new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message };
        Add(json, "field", cause.Field);
        return json;
    }

    private static void Add(JsonObject to, string name, string value)
    {
        if (value.Length > 0)
        {
            to[name] = value;
        }
    }
}
