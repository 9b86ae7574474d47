using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TestServers.Running;

/// <summary>What a <see cref="TcpGate"/> does with a connection.</summary>
public enum GateState
{
    /// <summary>Takes it and never says a word: over https no handshake ends, over http no answer comes.</summary>
    Mute,

    /// <summary>Takes it and ends it.</summary>
    Shut,

    /// <summary>Leads to the server behind.</summary>
    Open,
}

/// <summary>Stands before a server, or before none, and can be shut.</summary>
public sealed class TcpGate : IAsyncDisposable
{
    private readonly Uri? _behind;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly Task _taking;
    private int _connections;

    public TcpGate(GateState state, Uri? behind = null)
    {
        (State, _behind) = (state, behind);
        _listener.Start();
        _taking = TakeAllAsync();
    }

    /// <summary>What becomes of connections from now on.</summary>
    public GateState State { get; set; }

    /// <summary>How many there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <param name="scheme">http or https.</param>
    public Uri Address(string scheme = "http") => new($"{scheme}://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _taking;
        _listener.Dispose();
        foreach (var connection in _open)
            connection.Dispose();
        _closing.Dispose();
    }

    private async Task TakeAllAsync()
    {
        try
        {
            while (true)
                await TakeAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task TakeAsync(TcpClient taken)
    {
        Interlocked.Increment(ref _connections);
        if (State == GateState.Shut)
        {
            taken.Dispose();
            return;
        }

        _open.Add(taken);
        if (State == GateState.Mute)
            return;
        var onward = new TcpClient();
        _open.Add(onward);
        await onward.ConnectAsync(_behind!.Host, _behind.Port, _closing.Token);
        _ = PassAsync(taken.GetStream(), onward.GetStream());
        _ = PassAsync(onward.GetStream(), taken.GetStream());
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _closing.Token);
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side may end the connection.
        }
    }
}
