using Sandbox.Demo;
using Sandbox.Demo.Stage;

namespace Sandbox.Tests.Demo.Stage;

public sealed class LaunchTests
{
    private static readonly OperatorLaunch Launch = new()
    {
        Path = "/build/upload-session-operator.dll",
        Kubeconfig = "/scratch/kubeconfig",
        Sts = new("http://127.0.0.1:1"),
        S3 = new("http://127.0.0.1:2"),
        AccessKeyId = "AKIA",
        SecretAccessKey = "the-secret",
        Home = "/scratch/home",
    };

    [Fact]
    public void A_dll_is_run_by_dotnet_and_a_binary_by_itself()
    {
        Launch.ToStartInfo().ArgumentList.Take(2).ShouldBe(["/build/upload-session-operator.dll", "run"]);
        var binary = (Launch with { Path = "/build/upload-session-operator" }).ToStartInfo();
        binary.FileName.ShouldBe("/build/upload-session-operator");
        binary.ArgumentList[0].ShouldBe("run");
    }

    [Fact]
    public void The_secret_goes_by_the_environment_never_by_the_command_line()
    {
        var start = Launch.ToStartInfo();
        start.ArgumentList.ShouldNotContain(argument => argument.Contains("the-secret"));
        start.Environment["AWS_SECRET_ACCESS_KEY"].ShouldBe("the-secret");
        Launch.ToString().ShouldNotContain("the-secret");
    }

    [Fact]
    public void Nothing_of_the_machines_configuration_reaches_the_operator()
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_PROFILE"] = "production",
            ["AWS_ACCESS_KEY_ID"] = "AKIAREAL",
            ["KUBECONFIG"] = "/home/me/.kube/config",
            ["https_proxy"] = "http://proxy",
            ["UPLOAD_SESSION_OPERATOR_REGION"] = "eu-west-1",
            ["HOME"] = "/home/me",
            ["PATH"] = "/bin",
        };
        CleanEnvironment.Apply(environment, "/scratch/home");
        environment.ShouldBe(
            new Dictionary<string, string?>
            {
                ["PATH"] = "/bin",
                ["HOME"] = "/scratch/home",
                ["USERPROFILE"] = "/scratch/home",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("/repo/src/Sandbox/bin/Debug/net10.0/", "Debug")]
    [InlineData("/repo/src/Sandbox/bin/Release/net10.0", "Release")]
    [InlineData("/somewhere/else/", "Release")]
    public void The_operator_of_the_same_configuration_is_taken(string directory, string configuration) =>
        RepositoryFiles.Configuration(directory).ShouldBe(configuration);

    [Fact]
    public void An_operator_that_is_not_there_is_named() =>
        Should.Throw<StoryException>(() => RepositoryFiles.OperatorPath("/nowhere/operator")).Message.ShouldContain("/nowhere/operator");

    [Fact]
    public void The_scratch_directory_is_its_owners_alone_and_goes()
    {
        var scratch = new ScratchDirectory(keep: false);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(scratch.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(scratch.File("f"), "");
        scratch.Dispose();
        Directory.Exists(scratch.Path).ShouldBeFalse();
    }
}
