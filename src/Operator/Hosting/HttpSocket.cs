using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace UploadSessions.Operator.Hosting;

/// <summary>The socket of health and metrics. It is there before anything else of the operator: an address that cannot be had is an option to change, and no lease is taken in vain.</summary>
public static class HttpSocket
{
    /// <summary>Listens as Kestrel would.</summary>
    /// <returns>The socket, or what is wrong with the address.</returns>
    public static (Socket? Listening, string? Problem) Listen(IPEndPoint address)
    {
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
            socket.Listen();
            return (socket, null);
        }
        catch (SocketException refused)
        {
            socket?.Dispose();
            return (null, Problem(refused));
        }
    }

    /// <summary>In words that are the same on every system.</summary>
    public static string Problem(SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "address already in use",
        SocketError.AddressNotAvailable => "not an address of this host",
        SocketError.AccessDenied => "no permission to listen there",
        _ => refused.Message,
    };
}
