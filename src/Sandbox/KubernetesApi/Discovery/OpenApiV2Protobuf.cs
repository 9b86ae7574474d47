using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Protobuf;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>The swagger document as kubectl asks for it: the messages of gnostic's OpenAPIv2.proto.</summary>
internal static class OpenApiV2Protobuf
{
    /// <summary>What clients accept; the answer itself is told as octets, since this is no valid media type.</summary>
    public const string Accepted = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    public static byte[] Write(JsonObject document)
    {
        var writer = new ProtoWriter();
        writer.Text(1, document.Text("swagger"));
        writer.Message(2, info =>
        {
            info.Text(1, document.Child("info").Text("title"));
            info.Text(2, document.Child("info").Text("version"));
        });
        writer.Message(8, paths => Paths(paths, document.Child("paths")));
        writer.Message(9, definitions => Named(definitions, document.Child("definitions")));
        return writer.ToArray();
    }

    private static void Paths(ProtoWriter writer, JsonObject? paths)
    {
        foreach (var (name, path) in paths ?? [])
        {
            writer.Message(2, named =>
            {
                named.Text(1, name);
                named.Message(2, item => item.Message(8, patch => Operation(patch, ((JsonObject)path!).Child("patch")!)));
            });
        }
    }

    private static void Operation(ProtoWriter writer, JsonObject operation)
    {
        foreach (var parameter in operation.List("parameters").Objects())
        {
            // ParametersItem holds a Parameter, that a NonBodyParameter, that a QueryParameterSubSchema.
            writer.Message(8, item => item.Message(1, any => any.Message(2, nonBody => nonBody.Message(3, query =>
            {
                query.Text(2, parameter.Text("in"));
                query.Text(4, parameter.Text("name"));
                query.Text(6, parameter.Text("type"));
            }))));
        }

        Extensions(writer, 13, operation);
    }

    private static void Extensions(ProtoWriter writer, int number, JsonObject holder)
    {
        foreach (var (name, value) in holder.Where(pair => pair.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            writer.Message(number, extension =>
            {
                extension.Text(1, name);
                // JSON is YAML.
                extension.Message(2, any => any.Text(2, value.ToText()));
            });
        }
    }

    private static void Named(ProtoWriter writer, JsonObject? schemas)
    {
        foreach (var (name, schema) in schemas ?? [])
        {
            writer.Message(1, named =>
            {
                named.Text(1, name);
                named.Message(2, message => Schema(message, (JsonObject)schema!));
            });
        }
    }

    private static void Schema(ProtoWriter writer, JsonObject schema)
    {
        writer.Text(2, schema.Text("format"));
        writer.Text(4, schema.Text("description"));
        foreach (var required in schema.List("required").Texts())
        {
            writer.Text(19, required);
        }

        if (schema.Child("additionalProperties") is { } values)
        {
            writer.Message(21, item => item.Message(1, message => Schema(message, values)));
        }

        if (schema.Text("type") is { } type)
        {
            writer.Message(22, item => item.Text(1, type));
        }

        if (schema.Child("items") is { } items)
        {
            writer.Message(23, item => item.Message(1, message => Schema(message, items)));
        }

        if (schema.Child("properties") is { } properties)
        {
            writer.Message(25, message => Named(message, properties));
        }

        Extensions(writer, 31, schema);
    }
}
