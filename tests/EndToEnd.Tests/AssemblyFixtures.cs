[assembly: AssemblyFixture(typeof(EndToEnd.Tests.Running.CephStore))]
[assembly: AssemblyFixture(typeof(EmbeddedServer))]
[assembly: AssemblyFixture(typeof(EnvtestServer))]
