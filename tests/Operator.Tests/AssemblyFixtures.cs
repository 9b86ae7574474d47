using Operator.Tests.Chart.Rendering;

[assembly: AssemblyFixture(typeof(ChartRenderer))]
[assembly: AssemblyFixture(typeof(EmbeddedServer))]
[assembly: AssemblyFixture(typeof(EnvtestServer))]
