using CsCheck;

namespace UploadSessions.Tests.Resources;

/// <summary>Generates JSON that is valid, and close to what the converters look for.</summary>
internal static class JsonGen
{
    private static readonly string[] Words =
        ["manager", "operation", "Apply", "upload-session-operator", "fieldsV1", "f:data", "f:metadata", "f:annotations", "f:AWS_ACCESS_KEY_ID", "f:", ".", "", "uploadsession.io/issued-at", "uploadsession.io/", "other", "\\u0066:data", "\\ud83d\\ude00"];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => $"\"{Words[i]}\"");

    private static readonly Gen<string> Scalar = Gen.OneOf(Word, SpecGen.Pick("null", "true", "false", "0", "-1.5e3", "[]", "{}"));

    public static readonly Gen<string> Values = Value(4);

    private static Gen<string> Value(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (1, Scalar),
        (2, Value(depth - 1).Array[0, 4].Select(values => $"[{string.Join(',', values)}]")),
        (3, Gen.Select(Word, Value(depth - 1), (name, value) => $"{name}:{value}").Array[0, 4].Select(members => $"{{{string.Join(',', members)}}}")));
}
