using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>Events as events.k8s.io/v1 demands them (API Reference, "Event"); core/v1 ones only where they carry an eventTime, as on the real server.</summary>
internal sealed class EventRules(bool isCore) : ObjectRules
{
    private const int MaxNote = 1024;
    private const int MaxField = 128;

    private static readonly string[] Unchangeable = ["regarding", "related", "reason", "action", "type", "eventTime", "reportingController", "reportingInstance"];

    private readonly string _regarding = isCore ? "involvedObject" : "regarding";
    private readonly string _note = isCore ? "message" : "note";
    private readonly string _controller = isCore ? "reportingComponent" : "reportingController";

    public override IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? before)
    {
        if (before is not null && !isCore)
        {
            return Unchangeable.Where(name => !obj[name].SameAs(before[name])).Select(name => FieldError.Invalid(name, obj[name], "field is immutable"));
        }

        var old = IsLegacy(obj) ? ValidateLegacy(obj) : ValidateNew(obj);
        return isCore ? old : old.Concat(ValidateStrictly(obj));
    }

    private static bool IsLegacy(JsonObject obj) => string.IsNullOrEmpty(obj.Text("eventTime"));

    private IEnumerable<FieldError> ValidateLegacy(JsonObject obj)
    {
        var about = About(obj);
        if (about.Length == 0 ? obj.Namespace() != "default" : about != obj.Namespace())
        {
            yield return WrongNamespace(about);
        }
    }

    private IEnumerable<FieldError> ValidateNew(JsonObject obj)
    {
        if (About(obj).Length == 0 && obj.Namespace() is not ("default" or "kube-system"))
        {
            yield return WrongNamespace("");
        }

        FieldError?[] errors =
        [
            Limited(obj, _controller, int.MaxValue),
            Names.IsQualified(obj.Text(_controller) ?? "") ? null : FieldError.Invalid(_controller, obj.Text(_controller) ?? "", Names.QualifiedMessage),
            Limited(obj, "reportingInstance", MaxField),
            Limited(obj, "action", MaxField),
            Limited(obj, "reason", MaxField),
        ];
        foreach (var error in errors.OfType<FieldError>())
        {
            yield return error;
        }

        if (obj.Text(_note) is { } note && System.Text.Encoding.UTF8.GetByteCount(note) > MaxNote)
        {
            yield return FieldError.Invalid("message", "", $"can have at most {MaxNote} characters");
        }
    }

    private static IEnumerable<FieldError> ValidateStrictly(JsonObject obj)
    {
        if (IsLegacy(obj))
        {
            yield return FieldError.Required("eventTime");
        }

        if (obj.Text("type") is not ("Normal" or "Warning"))
        {
            yield return FieldError.Invalid("type", "", $"has invalid value: {obj.Text("type")}");
        }
    }

    private string About(JsonObject obj) => obj.Child(_regarding).Text("namespace") ?? "";

    private static FieldError WrongNamespace(string stated) => FieldError.Invalid("involvedObject.namespace", stated, "does not match event.namespace");

    private static FieldError? Limited(JsonObject obj, string field, int limit)
    {
        var value = obj.Text(field) ?? "";
        return value.Length == 0 ? FieldError.Required(field) : value.Length > limit ? FieldError.Invalid(field, "", $"can have at most {limit} characters") : null;
    }
}
