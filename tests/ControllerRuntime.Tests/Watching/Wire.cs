namespace ControllerRuntime.Tests.Watching;

/// <summary>What an API server writes.</summary>
public static class Wire
{
    public static string Thing(string name, int version, string spec = "\"size\":1") =>
        $$$"""{"kind":"Thing","apiVersion":"example.io/v1","metadata":{"name":"{{{name}}}","namespace":"team","resourceVersion":"{{{version}}}","labels":{"a":"b"}},"spec":{{{{spec}}}}}""";

    public static string List(int version, string continuation, params string[] objects) =>
        $$"""{"kind":"ThingList","apiVersion":"example.io/v1","metadata":{"resourceVersion":"{{version}}","continue":"{{continuation}}"},"items":[{{string.Join(',', objects)}}]}""";

    public static string Event(string type, string item) => $$"""{"type":"{{type}}","object":{{item}}}""" + "\n";

    public static string Bookmark(int version) =>
        Event("BOOKMARK", $$$"""{"kind":"Thing","apiVersion":"example.io/v1","metadata":{"resourceVersion":"{{{version}}}","creationTimestamp":null},"spec":{}}""");

    public static string Error(int code, string reason) =>
        Event("ERROR", $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"no","reason":"{{reason}}","code":{{code}}}""");

    public static string BareError(int code) => Event("ERROR", $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":{{code}}}""");
}
