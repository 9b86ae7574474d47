namespace Sandbox.KubernetesApi.Patching;

/// <summary>A patch that cannot be applied. The message quotes paths, never values.</summary>
internal sealed class PatchException(string message) : Exception(message);
