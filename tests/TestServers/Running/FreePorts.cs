using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TestServers.Running;

/// <summary>Finds TCP ports on loopback for servers that cannot choose one themselves.</summary>
public static class FreePorts
{
    // Below the range from which Linux takes the ports of outgoing connections (ip_local_port_range, 32768 and up): no
    // client can take one between the look and the server's start.
    private const int First = 15_000;
    private const int End = 32_000;

    /// <summary>Ports that are free now, all different.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
                ports.Add(port);
        }

        return [.. ports];
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
