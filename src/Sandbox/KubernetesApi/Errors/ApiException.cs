namespace Sandbox.KubernetesApi.Errors;

/// <summary>A request that ends in an error <see cref="ApiStatus"/>.</summary>
internal sealed class ApiException(ApiStatus status) : Exception(status.Message)
{
    public ApiStatus Status => status;
}
