using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TestServers.Running;

/// <summary>Takes every connection and never says a word: over https no handshake ends, over http no answer comes.</summary>
public sealed class MuteServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<TcpClient> _taken = new();
    private readonly Task _taking;

    public MuteServer()
    {
        _listener.Start();
        _taking = TakeAsync();
    }

    /// <summary>The connections so far.</summary>
    public int Connections => _taken.Count;

    /// <param name="scheme">http or https.</param>
    public Uri Address(string scheme) => new($"{scheme}://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _taking;
        _listener.Dispose();
        foreach (var connection in _taken)
            connection.Dispose();
        _closing.Dispose();
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
                _taken.Enqueue(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
