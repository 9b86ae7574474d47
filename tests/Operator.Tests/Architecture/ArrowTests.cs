using System.Reflection;
using System.Runtime.CompilerServices;
using UploadSessions.Planning;

namespace Operator.Tests.Architecture;

/// <summary>Which part may know which.</summary>
public sealed class ArrowTests
{
    private const string Domain = "UploadSessions";
    private const string Runtime = "ControllerRuntime";
    private const string Executable = "upload-session-operator";
    private const string SandboxName = "upload-session-sandbox";

    private static readonly AssemblyArrows OfDomain = new(Domain);
    private static readonly AssemblyArrows OfRuntime = new(Runtime);
    private static readonly AssemblyArrows OfExecutable = new(Executable);
    private static readonly AssemblyArrows OfSandbox = new(SandboxName);

    [Fact]
    public void The_runtime_knows_nothing_of_uploads() => OfRuntime.References.ShouldNotContain(Domain);

    [Fact]
    public void The_domain_needs_nothing_but_the_framework_s_base() => OfDomain.References.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_domain_has_no_clock_and_does_no_input_or_output() => OfDomain.UsedTypes
        .Where(type => type is { Namespace: "System.Net.Http" }
            or { Namespace: "System.Net.Sockets", Name: "Socket" or "TcpClient" or "TcpListener" or "UdpClient" or "NetworkStream" }
            or { Namespace: "System.Diagnostics", Name: "Process" or "Stopwatch" or "Activity" or "ActivitySource" }
            or { Namespace: "System.IO", Name: "File" or "Directory" or "FileStream" or "FileInfo" }
            or { Namespace: "System", Name: "TimeProvider" or "Console" or "Random" })
        .Select(type => $"{type.Namespace}.{type.Name}")
        .ShouldBeEmpty();

    [Fact]
    public void The_operator_stands_on_both_and_not_on_the_sandbox()
    {
        OfExecutable.References.ShouldContain(Domain);
        OfExecutable.References.ShouldContain(Runtime);
        OfExecutable.References.ShouldNotContain(SandboxName);
    }

    [Fact]
    public void The_sandbox_uses_the_policy_evaluator_and_nothing_else_of_the_operator()
    {
        OfSandbox.References.ShouldNotContain(Executable);
        OfSandbox.References.ShouldNotContain(Runtime);
        OfSandbox.UsedTypes.Where(type => type.Assembly == Domain).ShouldNotBeEmpty();
        OfSandbox.UsedTypes.Where(type => type.Assembly == Domain).ShouldAllBe(type => type.Namespace == "UploadSessions.Policy");
    }

    [Fact]
    public void The_domain_has_no_state_of_its_own() => typeof(SessionPlanner).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => !field.IsInitOnly && !field.IsLiteral)
        .Select(field => $"{field.DeclaringType}.{field.Name}")
        .ShouldBeEmpty();
}
