using Sandbox.Demo;

namespace Sandbox.Tests.Demo;

public sealed class DemoOptionsTests
{
    [Fact]
    public void Without_arguments_the_defaults_hold() =>
        DemoOptions.Parse([]).ShouldBe((new DemoOptions(OperatorPath: null, Wait: true, Keep: false), null));

    [Fact]
    public void Every_argument_is_understood() =>
        DemoOptions.Parse(["--no-wait", "--operator", "/o", "--keep"]).ShouldBe((new DemoOptions("/o", Wait: false, Keep: true), null));

    [Theory]
    [InlineData("--nonsense", "unknown argument '--nonsense'")]
    [InlineData("--operator", "--operator needs a path")]
    public void What_is_wrong_is_said(string argument, string error) => DemoOptions.Parse([argument]).ShouldBe((null, error));

    [Fact]
    public void Asking_for_help_is_no_error() => DemoOptions.Parse(["--help"]).ShouldBe((null, null));
}
