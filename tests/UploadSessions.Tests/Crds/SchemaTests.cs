using System.Text.Json.Serialization.Metadata;
using UploadSessions.Policy;
using UploadSessions.Resources;
using YamlDotNet.RepresentationModel;

namespace UploadSessions.Tests.Crds;

/// <summary>Holds the hand-written CRDs to the types that read and write it.</summary>
public sealed class SchemaTests
{
    private static readonly YamlMappingNode Status = Crd.Property(Crd.Sessions.Root, "status");

    public static TheoryData<string> Strings => [.. Paths(schema => Crd.Text(schema, "type") == "string")];

    public static TheoryData<string> All => [.. Paths(_ => true).Where(path => !path.EndsWith(".metadata", StringComparison.Ordinal))];

    [Fact]
    public void Spec_and_its_type_have_the_same_fields_of_the_same_kinds() =>
        Compare("spec", Crd.Sessions.Spec, ResourceJson.Default.UploadSessionSpec);

    [Fact]
    public void Status_and_its_type_have_the_same_fields_of_the_same_kinds() =>
        Compare("status", Status, ResourceJson.Default.UploadSessionStatus);

    [Fact]
    public void The_spec_of_a_grant_and_its_type_have_the_same_fields_of_the_same_kinds() =>
        Compare("spec", Crd.Grants.Spec, ResourceJson.Default.UploadGrantSpec);

    [Theory]
    [MemberData(nameof(Strings))]
    public void Every_text_has_a_longest_length(string path) => Limit(path, "maxLength").ShouldBeInRange(1, 32768);

    [Fact]
    public void Every_list_and_map_has_a_largest_size()
    {
        foreach (var (path, schema) in Crd.All.SelectMany(crd => crd.Walk()))
        {
            if (Crd.Text(schema, "type") == "array")
                Limit(path, "maxItems").ShouldBeInRange(1, 64);
            if (Crd.Child(schema, "additionalProperties") is not null)
                Limit(path, "maxProperties").ShouldBeInRange(1, 50);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_field_is_described(string path) => Crd.Text(Crd.Find(path), "description").ShouldNotBeNullOrWhiteSpace();

    [Fact]
    public void Only_status_has_a_default() => Paths(schema => Crd.Child(schema, "default") is not null).ShouldBe(["uploadsessions.status"]);

    [Fact]
    public void An_unseen_session_is_not_current_to_kstatus() => Crd.Text(Crd.Child(Status, "default")!, "observedGeneration").ShouldBe("-1");

    [Fact]
    public void A_grant_has_no_status() => (Crd.Child(Crd.Grants.Version, "subresources") ?? Crd.Child(Crd.Grants.Root["properties"], "status")).ShouldBeNull();

    [Fact]
    public void A_grant_belongs_to_no_namespace()
    {
        Crd.Text(Crd.Grants.Definition, "scope").ShouldBe("Cluster");
        Crd.Text(Crd.Grants.Definition["names"], "kind").ShouldBe(UploadGrant.KindName);
        Crd.Text(Crd.Grants.Definition["names"], "plural").ShouldBe(UploadGrant.Plural);
        Crd.Grants.Definition["names"]["shortNames"][0].ToString().ShouldBe("upg");
    }

    [Fact]
    public void Access_lists_what_the_type_knows()
    {
        var known = System.Enum.GetValues<Access>().Where(access => access != Access.None).Select(access => access.ToString()).ToArray();
        Enum(Crd.Property(Crd.Sessions.Spec, "access")).ShouldBe(known);
        Enum(Crd.Find("uploadgrants.spec.targets[].access")).ShouldBe(known);
    }

    [Fact]
    public void Kubectl_answers_at_a_glance()
    {
        Crd.Sessions.Columns(wide: false).ShouldBe(["Ready", "Reason", "Bucket", "Prefix", "Expires", "Renews", "Age"]);
        Crd.Sessions.Columns(wide: true).ShouldBe(["Role", "AccessKey", "Grant"]);
        Crd.Grants.Columns(wide: false).ShouldBe(["Namespaces", "Bucket", "Prefix", "Access", "MaxDuration", "MaxLifetime", "Age"]);
        Crd.Grants.Columns(wide: true).ShouldBe(["Selector", "Roles"]);
    }

    private static void Compare(string path, YamlMappingNode schema, JsonTypeInfo type)
    {
        Crd.PropertyNames(schema).ShouldBe(type.Properties.Select(property => property.Name), path);
        foreach (var property in type.Properties)
            CompareKind($"{path}.{property.Name}", Crd.Property(schema, property.Name), Info(property.PropertyType));
    }

    private static void CompareKind(string path, YamlMappingNode schema, JsonTypeInfo type)
    {
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        Crd.Text(schema, "type").ShouldBe(type.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "array",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "object",
            _ when value == typeof(bool) => "boolean",
            _ when value == typeof(int) || value == typeof(long) => "integer",
            _ => "string",
        }, path);
        if (value == typeof(DateTimeOffset))
            Crd.Text(schema, "format").ShouldBe("date-time", path);
        if (type.Kind == JsonTypeInfoKind.Object)
            Compare(path, schema, type);
        else if (type.Kind == JsonTypeInfoKind.Enumerable)
            CompareKind($"{path}[]", (YamlMappingNode)schema["items"], Info(type.ElementType!));
        else if (type.Kind == JsonTypeInfoKind.Dictionary)
            CompareKind($"{path}.*", (YamlMappingNode)schema["additionalProperties"], Info(type.ElementType!));
    }

    private static JsonTypeInfo Info(Type type) => ResourceJson.Default.GetTypeInfo(type).ShouldNotBeNull();

    private static IEnumerable<string> Enum(YamlMappingNode list) => ((YamlSequenceNode)list["items"]["enum"]).Select(name => name.ToString());

    private static IEnumerable<string> Paths(Func<YamlMappingNode, bool> selects) =>
        Crd.All.SelectMany(crd => crd.Walk()).Where(found => selects(found.Schema)).Select(found => found.Path);

    private static int Limit(string path, string name) => int.Parse(Crd.Text(Crd.Find(path), name).ShouldNotBeNull(path), System.Globalization.CultureInfo.InvariantCulture);
}
