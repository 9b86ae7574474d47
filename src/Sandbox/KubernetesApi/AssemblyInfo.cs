using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sandbox.Tests")]
